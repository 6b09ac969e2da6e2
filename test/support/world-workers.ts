import { expect, onTestFinished } from 'vitest';
import { jobs } from '../../jobs/index.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createQueues } from '../../src/queue/queues.ts';
import { runWorkers } from '../../src/queue/run-workers.ts';
import { scheduleJob } from '../../src/queue/schedule-jobs.ts';
import type { Connection } from '../../src/sync/connection.ts';
import type { TestRedis } from './test-redis.ts';
import type { World } from './world.ts';

export interface WorldWorkers {
  /** Asks for one run of a job, and waits until no job runs or is about to. */
  run(...names: readonly string[]): Promise<void>;
  /** The jobs that wait for their time: when that is, by the world's clock, and how many attempts they have used up. */
  waiting(): Promise<{ readonly job: string; readonly at: number; readonly attempts: number }[]>;
  /** Registers a job's schedule, as every process does that starts. */
  schedule(name: string, every: number): Promise<void>;
  /** Runs those whose time has come by the world's clock. */
  runDue(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The worker's queues on the world's connection, for real but for time: BullMQ waits by the machine's clock. So begin the
 * world's clock in the machine's future, where nothing comes due by itself, and call `runDue`.
 */
export function startWorldWorkers(redis: TestRedis, world: Pick<World, 'connection'>): WorldWorkers {
  const { clock, log, space, crm } = world.connection;
  const names = jobs.map(({ name }) => name);
  const queues = createQueues(redis.client(), 'test', names, log);
  const connection: Connection = {
    ...world.connection,
    wake: (job, later) => queues.wake(job, crm.name, later),
  };
  const context = { connection: () => connection };
  // A stop waits for work in the machine's time.
  const ownClock = { now: clock.now, sleep: systemClock.sleep };
  const workers = runWorkers({ redis: redis.client(), namespace: 'test', jobs, context, clock: ownClock, log });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= workers.close().then(() => queues.close());
    return closing;
  };
  onTestFinished(close);

  async function rest(): Promise<void> {
    const busy = async () => {
      const counts = await Promise.all(names.map((name) => queues.queue(name).getJobCountByTypes('wait', 'active')));
      return counts.reduce((sum, count) => sum + count, 0);
    };
    await expect.poll(busy, { timeout: 25_000, interval: 5 }).toBe(0);
  }

  async function delayed() {
    const all = [];
    for (const queue of names.map(queues.queue)) {
      for (const job of await queue.getDelayed()) {
        // BullMQ packs the time into the upper bits of the score.
        const score = await space.redis.zscore(queue.toKey('delayed'), job.id ?? '');
        all.push({ job, at: Math.floor(Number(score) / 4096) });
      }
    }
    return all;
  }

  return {
    close,
    async run(...asked) {
      for (const name of asked) await queues.wake(name, crm.name);
      await rest();
    },
    async schedule(name, every) {
      await scheduleJob(queues, name, crm.name, { every });
      await rest();
    },
    async waiting() {
      return (await delayed()).map(({ job, at }) => ({ job: job.name, at, attempts: job.attemptsMade }));
    },
    async runDue() {
      for (const { job, at } of await delayed()) if (at <= clock.now()) await job.promote();
      await rest();
    },
  };
}
