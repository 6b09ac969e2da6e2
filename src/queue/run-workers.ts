import { DelayedError, type Job as QueuedJob, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { type Clock, SECOND } from '../base/clock.ts';
import { LeadgaugeError, messageOf, RetryableError } from '../base/errors.ts';
import { type Log, redactText } from '../base/log.ts';
import type { AnyJob } from './define-job.ts';
import { queuePrefix } from './queues.ts';

export interface WorkersOptions<Context> {
  readonly redis: Redis;
  readonly namespace: string;
  readonly jobs: readonly AnyJob<Context>[];
  readonly context: Context;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Workers {
  /** Takes no more work, lets what runs come to a good stop, and gives the rest back undone. */
  close(): Promise<void>;
}

/** A worker for each kind of job, all alike in how they fail: waiting for a rate limit or a shutdown uses up no attempt. */
export function runWorkers<Context>({ redis, namespace, jobs, context, clock, log }: WorkersOptions<Context>): Workers {
  const stopping = new AbortController();
  const workers = jobs.map((job) => {
    const worker = new Worker(job.name, (queued, token) => runJob(job, queued, token), {
      connection: redis,
      prefix: queuePrefix(namespace),
      concurrency: 1,
      // A process that is killed leaves its job behind; however often that happens, the job is done in the end.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    });
    worker.on('error', (error) => log.debug('a worker lost its Redis', { job: job.name, error: error.message }));
    worker.on('stalled', () => log.warn('a job is taken up again after its process ended', { job: job.name }));
    worker.on('failed', (queued, error) => {
      log.warn('a job failed', { job: job.name, attempt: queued?.attemptsMade, error: error.message });
    });
    return worker;
  });

  async function runJob(job: AnyJob<Context>, queued: QueuedJob, token: string | undefined): Promise<void> {
    try {
      await job.run(queued.data, context, stopping.signal);
    } catch (error) {
      if (stopping.signal.aborted) return later(queued, token, clock.now());
      if (error instanceof RetryableError && error.retryAfter !== undefined) {
        log.info('a job waits', {
          job: job.name,
          seconds: Math.ceil(error.retryAfter / SECOND),
          reason: error.message,
        });
        return later(queued, token, clock.now() + error.retryAfter);
      }
      // BullMQ keeps the message and the stack in Redis: ours hold nothing private, others' may.
      throw error instanceof LeadgaugeError ? error : new Error(redactText(messageOf(error)));
    }
  }

  return {
    async close() {
      stopping.abort(new Error('the process is stopping'));
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

async function later(queued: QueuedJob, token: string | undefined, at: number): Promise<never> {
  await queued.moveToDelayed(at, token);
  throw new DelayedError();
}
