import type { Schedule } from '../settings/schedules.ts';
import type { Queues } from './queues.ts';

/**
 * Registers a job's ticks for one connection. Every process that starts does it, which changes nothing: one tick a
 * period. Ticks missed while no process ran are not made up; the work resumes from its cursor.
 */
export async function scheduleJob(queues: Queues, job: string, connection: string, schedule: Schedule): Promise<void> {
  const queue = queues.queue(job);
  const id = schedulerId(job, connection);
  if (schedule === 'off') {
    await queue.removeJobScheduler(id);
    return;
  }
  const repeat = 'every' in schedule ? { every: schedule.every } : { pattern: schedule.cron, tz: schedule.tz };
  await queue.upsertJobScheduler(id, repeat, { name: job, data: { connection } });
}

/** When the next tick of a job is due, in milliseconds since 1970: in the past where no process is there to take it. Undefined where it has none. */
export async function nextTick(queues: Queues, job: string, connection: string): Promise<number | undefined> {
  return (await queues.queue(job).getJobScheduler(schedulerId(job, connection)))?.next;
}

const schedulerId = (job: string, connection: string) => `${job}-${connection}`;
