import { type JobsOptions, Queue } from 'bullmq';
import { DAY, MINUTE, SECOND } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { RedisClient } from '../ledger/redis-client.ts';

/** What all queues share: where they live, and how much of what is over they keep. */
export function queuePrefix(namespace: string): string {
  return `${namespace}:{queues}`;
}

const options: JobsOptions = {
  // A day of tries, once a minute; the work resumes from cursors and the dirty set, and a tick comes anyway.
  attempts: DAY / MINUTE,
  backoff: { type: 'backoff' },
  removeOnComplete: 10,
  removeOnFail: { age: DAY / SECOND, count: 50 },
};

/** How long a job waits after so many attempts, in milliseconds: twice as long each time, and at most a minute. */
export function backoff(attemptsMade: number): number {
  return Math.min(SECOND * 2 ** (attemptsMade - 1), MINUTE);
}

/** The name of a job that only asks for a run, as a tick does: once its time has come it wakes the job of its queue. */
export const REMINDER = 'reminder';

export type WakeRequest = { readonly model: string; readonly asked: number } | WakeLater;

export interface WakeLater {
  /** Milliseconds. */
  readonly delay: number;
  /** The name of the turn that is waited for: all that share it come before it, so that the first reminder does for all. */
  readonly turn?: string;
}

export interface Queues {
  /**
   * Asks for one run soon. However often it is asked, one runs at a time and one more waits at most; with a model's
   * version, one for each, which tells when it was asked for, in milliseconds since 1970. With `delay` it is asked for after that
   * time, whatever becomes of this process; a later delay takes the place of the one that still waits, but for one of a `turn`.
   */
  wake(job: string, connection: string, request?: WakeRequest): Promise<void>;
  queue(job: string): Queue;
  close(): Promise<void>;
}

export interface QueuesOptions {
  /** On a connection that fails fast: adding a job fails while Redis is away instead of waiting for it. */
  readonly producerOnly?: boolean;
}

export function createQueues(
  redis: RedisClient,
  namespace: string,
  jobs: readonly string[],
  log: Log,
  { producerOnly = false }: QueuesOptions = {},
): Queues {
  const queues = new Map(
    jobs.map((name) => {
      const queue = new Queue(name, {
        connection: redis,
        prefix: queuePrefix(namespace),
        defaultJobOptions: options,
        streams: { events: { maxLen: 50 } },
        skipWaitingForReady: producerOnly,
        // It asks Redis once, and a queue whose first question found no Redis is broken for good.
        skipVersionCheck: producerOnly,
      });
      queue.on('error', (error) => log.debug('a queue lost its Redis', { queue: name, error: error.message }));
      return [name, queue] as const;
    }),
  );
  const queue = (job: string): Queue => {
    const found = queues.get(job);
    if (found === undefined) throw new Error(`there is no job ${job}`);
    return found;
  };
  return {
    queue,
    async wake(job, connection, request) {
      if (request !== undefined && 'delay' in request) {
        const { delay, turn } = request;
        // While a worker is busy, a reminder waits beyond its time: whoever asks for the turn after it must not put it off.
        const replace = turn === undefined;
        const deduplication = { id: idOf(job, connection, turn, 'later'), replace, keepLastIfActive: true };
        await queue(job).add(REMINDER, { connection }, { delay, deduplication });
        return;
      }
      const id = idOf(job, connection, request?.model);
      await queue(job).add(job, { connection, ...request }, { deduplication: { id, keepLastIfActive: true } });
    },
    async close() {
      await Promise.all([...queues.values()].map((each) => each.close()));
    },
  };
}

function idOf(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('-');
}
