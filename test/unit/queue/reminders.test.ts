import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { HOUR, systemClock } from '../../../src/base/clock.ts';
import { silentLog } from '../../../src/base/log.ts';
import { defineJob } from '../../../src/queue/define-job.ts';
import { createQueues } from '../../../src/queue/queues.ts';
import { runWorkers } from '../../../src/queue/run-workers.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();

/** A queue of one kind of job, as one process has it; `ran` tells of every run, one after the other. */
function createBench(work: (turn: number) => Promise<void> = async () => {}) {
  const queues = createQueues(redis.client(), 'test', ['poll'], silentLog);
  onTestFinished(() => queues.close());
  const runs = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let turn = 0;
  const job = defineJob({
    name: 'poll',
    data: z.object({ connection: z.string() }),
    async process(_data, _context: object) {
      turn += 1;
      await work(turn);
      runs[turn - 1]?.resolve();
    },
  });
  return {
    queue: queues.queue('poll'),
    wake: (later?: { delay: number; turn?: string }) => queues.wake('poll', 'hubspot', later),
    ran: (count: number) => runs[count - 1]?.promise,
    count: () => turn,
    start() {
      const base = { namespace: 'test', context: {}, clock: systemClock, log: silentLog };
      const workers = runWorkers({ ...base, redis: redis.client(), jobs: [job] });
      onTestFinished(() => workers.close());
      return workers;
    },
  };
}

test('a job that is asked for later runs then, though no process was there when it was asked for', async () => {
  const bench = createBench();
  await bench.wake({ delay: 1 });
  bench.start();
  await bench.ran(1);
  expect(await bench.queue.getJobCountByTypes('delayed', 'wait')).toBe(0);
});

test('however often a job is asked for later, one reminder waits: that of the last delay', async () => {
  const bench = createBench();
  for (const delay of [HOUR, 2 * HOUR, HOUR]) await bench.wake({ delay });
  expect((await bench.queue.getDelayed()).map(({ delay }) => delay)).toEqual([HOUR]);
  await bench.wake({ delay: 1 });
  bench.start();
  await bench.ran(1);
  expect(await bench.queue.getDelayedCount()).toBe(0);
});

test('of those who wait for a turn the first has the reminder, and whoever waits for another puts off none of them', async () => {
  const bench = createBench();
  const waiting = async () => (await bench.queue.getDelayed()).map(({ delay }) => delay);
  for (const delay of [HOUR, 2 * HOUR]) await bench.wake({ delay, turn: 'forms' });
  expect(await waiting()).toEqual([HOUR]);
  await bench.wake({ delay: 3 * HOUR, turn: 'workflow' });
  await bench.wake({ delay: 4 * HOUR });
  expect(await waiting()).toEqual([HOUR, 3 * HOUR, 4 * HOUR]);
});

test('a turn that has come is followed by the next one', async () => {
  const bench = createBench();
  await bench.wake({ delay: 1, turn: 'forms' });
  bench.start();
  await bench.ran(1);
  await bench.wake({ delay: 1, turn: 'forms' });
  await bench.ran(2);
});

test('a reminder that waits for hours does not hold up a job that is asked for now', async () => {
  const bench = createBench();
  await bench.wake({ delay: HOUR });
  await bench.wake();
  bench.start();
  await bench.ran(1);
  expect(await bench.queue.getDelayedCount()).toBe(1);
});

test('a job that asks for itself again and again does not get lost', async () => {
  const bench = createBench(async (turn) => {
    if (turn < 3) await bench.wake({ delay: 1 });
  });
  await bench.wake({ delay: 1 });
  const workers = bench.start();
  await bench.ran(3);
  await workers.close();
  expect(bench.count()).toBe(3);
  expect(await bench.queue.getJobCountByTypes('delayed', 'wait')).toBe(0);
});

test('a reminder holds nothing but the name of the connection', async () => {
  const bench = createBench();
  await bench.wake({ delay: HOUR });
  expect((await bench.queue.getDelayed()).map(({ data }) => data)).toEqual([{ connection: 'hubspot' }]);
});
