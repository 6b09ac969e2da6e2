import { z } from 'zod';
import { type Queues, REMINDER } from './queues.ts';

/** A job that a worker is at. */
export interface Work {
  readonly job: string;
  readonly connection: string;
  /** Since when, in milliseconds since 1970. */
  readonly since: number;
}

/** What workers are at now, of these jobs, whoever does it; the longest first. Of a process that was killed it is told for half a minute more. */
export async function workUnderWay(queues: Queues, jobs: readonly string[]): Promise<Work[]> {
  const work = jobs.map(async (name): Promise<Work[]> => {
    const active = await queues.queue(name).getActive();
    return active.flatMap((job) => {
      const { data } = dataSchema.safeParse(job.data);
      // A tick only asks for the work.
      const isTick = job.repeatJobKey !== undefined || job.name === REMINDER;
      if (data === undefined || job.processedOn === undefined || isTick) return [];
      return [{ job: name, connection: data.connection, since: job.processedOn }];
    });
  });
  return (await Promise.all(work)).flat().sort((one, other) => one.since - other.since);
}

const dataSchema = z.object({ connection: z.string() });
