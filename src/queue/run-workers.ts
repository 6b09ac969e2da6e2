import { DelayedError, type Job as QueuedJob, UnrecoverableError, Worker } from 'bullmq';
import { z } from 'zod';
import { type Clock, MINUTE, SECOND } from '../base/clock.ts';
import {
  ConfigError,
  FatalError,
  LeadgaugeError,
  messageOf,
  RateLimitedError,
  RetryableError,
} from '../base/errors.ts';
import { type Log, redactText } from '../base/log.ts';
import type { RedisClient } from '../ledger/redis-client.ts';
import type { AnyJob } from './define-job.ts';
import { backoff, createQueues, queuePrefix, REMINDER } from './queues.ts';

export interface WorkersOptions<Context> {
  readonly redis: RedisClient;
  readonly namespace: string;
  readonly jobs: readonly AnyJob<Context>[];
  readonly context: Context;
  readonly clock: Clock;
  readonly log: Log;
  /** How many jobs of one kind run at once: one for each connection; 1 when absent. */
  readonly atOnce?: number;
}

export interface Workers {
  /** Takes no more work, lets what runs come to a good stop, and gives the rest back undone. */
  close(): Promise<void>;
}

/** A job that was told to wait looks again after this time at the latest: the limit may have been raised. */
const LONGEST_WAIT = 15 * MINUTE;

/** How long work may take to come to a good stop, in milliseconds: less than a container platform waits before it kills. */
const GOOD_STOP = 25 * SECOND;

/** A worker for each kind of job, all alike in how they fail: waiting for a rate limit or a shutdown uses up no attempt. */
export function runWorkers<Context>(options: WorkersOptions<Context>): Workers {
  const { redis, namespace, jobs, context, clock, log, atOnce = 1 } = options;
  const stopping = new AbortController();
  const names = jobs.map(({ name }) => name);
  const queues = createQueues(redis, namespace, names, log);
  const workers = jobs.map((job) => {
    const worker = new Worker(job.name, (queued, token) => takeUp(job, queued, token), {
      connection: redis,
      prefix: queuePrefix(namespace),
      concurrency: atOnce,
      // A process that is killed leaves its job behind; however often that happens, the job is done in the end.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      settings: { backoffStrategy: backoff },
    });
    worker.on('error', (error) => log.debug('a worker lost its Redis', { job: job.name, error: error.message }));
    worker.on('stalled', () => log.warn('a job is taken up again after its process ended', { job: job.name }));
    worker.on('failed', (queued, error) => {
      log.warn('a job failed', { job: job.name, attempt: queued?.attemptsMade, error: error.message });
    });
    return worker;
  });

  /**
   * A tick and a reminder only ask for a run. Did they run themselves, every tick of an outage would wait for its own next
   * try, and two processes could do the same job at once.
   */
  async function takeUp(job: AnyJob<Context>, queued: QueuedJob, token: string | undefined): Promise<void> {
    const asks = queued.repeatJobKey !== undefined || queued.name === REMINDER;
    const tick = asks ? tickData.safeParse(queued.data).data : undefined;
    if (tick === undefined) await runJob(job, queued, token);
    else await queues.wake(job.name, tick.connection);
  }

  async function runJob(job: AnyJob<Context>, queued: QueuedJob, token: string | undefined): Promise<void> {
    try {
      await job.run(queued.data, context, stopping.signal);
    } catch (error) {
      if (stopping.signal.aborted) return later(queued, token, clock.now());
      if (error instanceof RetryableError && error.retryAfter !== undefined) {
        const wait = Math.min(error.retryAfter, LONGEST_WAIT);
        // Why calls are limited was said already, once for all the jobs that wait for it.
        const say = error instanceof RateLimitedError ? 'debug' : 'info';
        log[say]('a job waits', { job: job.name, seconds: Math.ceil(wait / SECOND), reason: error.message });
        return later(queued, token, clock.now() + wait);
      }
      throw asBullmq(error);
    }
  }

  return {
    async close() {
      stopping.abort(new Error('the process is stopping'));
      const closed = Promise.all(workers.map((worker) => worker.close())).then(() => queues.close());
      if (await isWithin(closed, GOOD_STOP, clock)) return;
      // Without Redis nothing can be given back: what was under way is taken up again once its lock runs out.
      log.warn('the work under way did not come to an end in time: it is left to the next start');
    },
  };
}

async function isWithin(work: Promise<unknown>, ms: number, clock: Clock): Promise<boolean> {
  const done = new AbortController();
  const late = clock.sleep(ms, done.signal).then(
    () => false,
    () => true,
  );
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    done.abort();
  }
}

const tickData = z.object({ connection: z.string() });

async function later(queued: QueuedJob, token: string | undefined, at: number): Promise<never> {
  await queued.moveToDelayed(at, token);
  throw new DelayedError();
}

/** BullMQ keeps the message and the stack in Redis: ours hold nothing private, others' may. */
function asBullmq(error: unknown): Error {
  // Trying again mends nothing that a person must mend.
  if (error instanceof FatalError || error instanceof ConfigError) return new UnrecoverableError(error.message);
  return error instanceof LeadgaugeError ? error : new Error(redactText(messageOf(error)));
}
