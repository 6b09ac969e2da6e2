import type { z } from 'zod';
import { FatalError } from '../base/errors.ts';

/**
 * One kind of background work. A job's data lies in Redis in clear, so it holds ids and names of connections only.
 * `Context` is what the processor works with, such as the connections.
 */
export interface Job<Data, Context> {
  /** Also the name of its queue: every kind waits in a line of its own. */
  readonly name: string;
  readonly data: z.ZodType<Data>;
  /** Its key in `config/schedules.yaml`, where it runs on a schedule. */
  readonly schedule?: string;
  /**
   * Does the work. `signal` is aborted when the process is to stop: end soon, and throw what the signal gives unless
   * all is done, so that the job goes on later.
   */
  process(data: Data, context: Context, signal: AbortSignal): Promise<void>;
}

/** Keeps the data's type out of the places that only hand jobs on. */
export interface AnyJob<Context> {
  readonly name: string;
  readonly schedule?: string;
  run(data: unknown, context: Context, signal: AbortSignal): Promise<void>;
}

export function defineJob<Data, Context>(job: Job<Data, Context>): AnyJob<Context> {
  return {
    name: job.name,
    schedule: job.schedule,
    async run(data, context, signal) {
      const parsed = job.data.safeParse(data);
      if (!parsed.success) throw new FatalError(`a job ${job.name} holds data that this version cannot read`);
      await job.process(parsed.data, context, signal);
    },
  };
}
