import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { HOUR, MINUTE, systemClock } from '../../../src/base/clock.ts';
import { FatalError, RateLimitedError, RetryableError } from '../../../src/base/errors.ts';
import { silentLog } from '../../../src/base/log.ts';
import { defineJob } from '../../../src/queue/define-job.ts';
import { backoff, createQueues } from '../../../src/queue/queues.ts';
import { runWorkers } from '../../../src/queue/run-workers.ts';
import { scheduleJob } from '../../../src/queue/schedule-jobs.ts';
import { startStoppableRedis } from '../../support/receiver-bench.ts';
import { createTestClock } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();

type Work = (turn: number, signal: AbortSignal) => Promise<void>;

/** A queue of one kind of job and a way to start workers for it; `log` holds what they said. */
function createBench(work: Work) {
  const log: string[] = [];
  const seen = createCounter();
  const queues = createQueues(redis.client(), 'test', ['score'], silentLog);
  onTestFinished(() => queues.close());
  const job = defineJob({
    name: 'score',
    data: z.object({ connection: z.string() }),
    async process(_data, _context: object, signal) {
      await work(seen.add(), signal);
    },
  });
  const failures = createCounter();
  function start() {
    const warn = (message: string, facts?: object) => {
      log.push(`${message} ${JSON.stringify(facts)}`);
      failures.add();
    };
    const info = (message: string, facts?: object) => log.push(`${message} ${JSON.stringify(facts)}`);
    const workers = runWorkers({
      redis: redis.client(),
      namespace: 'test',
      jobs: [job],
      context: {},
      clock: systemClock,
      log: { ...silentLog, warn, info },
    });
    onTestFinished(() => workers.close());
    return workers;
  }
  return {
    queue: queues.queue('score'),
    queues,
    wake: () => queues.wake('score', 'hubspot'),
    start,
    seen,
    failures,
    log,
  };
}

test('with Redis away, a stop waits a while and then leaves the work to the next start', async () => {
  const server = await startStoppableRedis();
  const client = new Redis(server.url, { maxRetriesPerRequest: null });
  client.on('error', () => {});
  onTestFinished(() => client.disconnect());
  const said: string[] = [];
  const clock = createTestClock({ sleeps: 'on-demand' });
  const started = createCounter();
  const job = defineJob({
    name: 'score',
    data: z.object({ connection: z.string() }),
    async process(_data, _context: object, signal) {
      started.add();
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
  });
  const log = { ...silentLog, warn: (message: string) => said.push(message) };
  const workers = runWorkers({ redis: client, namespace: 'test', jobs: [job], context: {}, clock, log });
  const queues = createQueues(client, 'test', ['score'], silentLog);
  await queues.wake('score', 'hubspot');
  await started.reaches(1);
  await server.stop();
  const closed = workers.close();
  await clock.advance(MINUTE);
  await closed;
  expect(said).toEqual([expect.stringContaining('left to the next start')]);
});

/** Counts, and lets others await the count. */
function createCounter() {
  let count = 0;
  const waiting: { readonly from: number; readonly wake: () => void }[] = [];
  return {
    add() {
      count += 1;
      for (const { from, wake } of waiting) if (count >= from) wake();
      return count;
    },
    reaches: (from: number) =>
      new Promise<void>((resolve) => {
        if (count >= from) resolve();
        else waiting.push({ from, wake: resolve });
      }),
    get count() {
      return count;
    },
  };
}

test('a job runs with its data and is over', async () => {
  const bench = createBench(async () => {});
  bench.start();
  await bench.wake();
  await bench.seen.reaches(1);
  expect(bench.log).toEqual([]);
});

test('a rate-limited job waits without using up an attempt', async () => {
  const attempts: number[] = [];
  const bench = createBench(async (turn) => {
    const [job] = await bench.queue.getJobs(['active']);
    attempts.push(job?.attemptsMade ?? -1);
    if (turn < 4) throw new RateLimitedError('too many calls', { retryAfter: 1 });
  });
  bench.start();
  await bench.wake();
  await bench.seen.reaches(4);
  expect(attempts.slice(0, 3)).toEqual([0, 0, 0]);
  expect(bench.failures.count).toBe(0);
});

test('a job that was told to wait for hours looks again within a quarter of one', async () => {
  const bench = createBench(async () => {
    throw new RateLimitedError('the day is spent', { retryAfter: 20 * HOUR });
  });
  const workers = bench.start();
  await bench.wake();
  await bench.seen.reaches(1);
  await workers.close();
  const [delayed] = await bench.queue.getDelayed();
  expect(delayed?.attemptsMade).toBe(0);
  expect((delayed?.delay ?? 0) / HOUR).toBeLessThanOrEqual(0.25);
});

test('an error that passes is tried again, at most a minute apart', async () => {
  const bench = createBench(async (turn) => {
    if (turn === 1) throw new RetryableError('the CRM is away');
  });
  bench.start();
  await bench.wake();
  await bench.seen.reaches(2);
  expect(bench.log.join()).toContain('the CRM is away');
  expect([1, 2, 6, 7, 1_000].map(backoff)).toEqual([1_000, 2_000, 32_000, 60_000, 60_000]);
});

test('an error that only a person can mend is not tried again', async () => {
  const bench = createBench(async () => {
    throw new FatalError('the token was revoked');
  });
  bench.start();
  await bench.wake();
  await bench.failures.reaches(1);
  const [failed] = await bench.queue.getFailed();
  expect(failed?.failedReason).toBe('the token was revoked');
  expect(await bench.queue.getJobCounts('wait', 'delayed', 'active')).toEqual({ wait: 0, delayed: 0, active: 0 });
});

test('a job whose data this version cannot read fails with a plain message, without its data', async () => {
  const bench = createBench(async () => {});
  bench.start();
  await bench.queue.add('score', { canary: 'ada@example.com' });
  await bench.failures.reaches(1);
  expect(bench.log.join()).toMatch(/cannot read/);
  expect(bench.log.join()).not.toContain('ada');
  expect(bench.seen.count).toBe(0);
});

test('what others put into their errors is not kept in Redis', async () => {
  const bench = createBench(async () => {
    throw new Error('no such contact: ada@example.com with pat-na1-0123456789');
  });
  const workers = bench.start();
  await bench.wake();
  await bench.failures.reaches(1);
  await workers.close();
  const [delayed] = await bench.queue.getDelayed();
  expect(delayed?.failedReason).toBe('no such contact: [e-mail] with [token]');
  expect(delayed?.stacktrace?.join()).not.toMatch(/ada@|0123456789/);
});

test('a job that runs when the process stops is given back undone, and another process does it', async () => {
  const bench = createBench(async (turn, signal) => {
    if (turn === 1) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  const first = bench.start();
  await bench.wake();
  await bench.seen.reaches(1);
  await first.close();
  const [left] = await bench.queue.getJobs();
  expect([await left?.getState(), left?.attemptsMade]).toEqual(['delayed', 0]);
  bench.start();
  await bench.seen.reaches(2);
  expect(bench.failures.count).toBe(0);
});

test('however often a job is asked for while one runs, one more runs', async () => {
  const gate = Promise.withResolvers<void>();
  const bench = createBench(async (turn) => {
    if (turn === 1) await gate.promise;
  });
  const workers = bench.start();
  await bench.wake();
  await bench.seen.reaches(1);
  for (let time = 0; time < 5; time += 1) await bench.wake();
  gate.resolve();
  await bench.seen.reaches(2);
  await workers.close();
  expect(bench.seen.count).toBe(2);
  expect(await bench.queue.getJobCountByTypes('wait', 'delayed', 'active')).toBe(0);
});

test('a tick asks for a run, and waits for none: ticks of an outage do not pile up', async () => {
  const bench = createBench(async () => {
    throw new RateLimitedError('the day is spent', { retryAfter: HOUR });
  });
  const workers = bench.start();
  await bench.wake();
  await bench.seen.reaches(1);
  await scheduleJob(bench.queues, 'score', 'hubspot', { every: 1 });
  const [tick] = await bench.queue.getJobSchedulers();
  expect(tick?.key).toBe('score-hubspot');
  // Each look takes a turn of Redis, in which the ticks go on.
  while ((await bench.queue.getCompletedCount()) < 5);
  await scheduleJob(bench.queues, 'score', 'hubspot', 'off');
  await workers.close();
  expect(bench.seen.count).toBe(1);
  // The run that waits for its day, and at most the tick that was just under way.
  const waiting = await bench.queue.getJobCountByTypes('delayed', 'wait');
  expect(waiting).toBeGreaterThanOrEqual(1);
  expect(waiting).toBeLessThanOrEqual(2);
});
