import { MINUTE } from '../base/clock.ts';
import { readPolled } from '../ledger/polled-streams.ts';
import { readCursor, readProgress } from '../ledger/progress.ts';
import type { Queues } from '../queue/queues.ts';
import { nextTick } from '../queue/schedule-jobs.ts';
import type { Schedule } from '../settings/schedules.ts';
import type { Connection } from './connection.ts';

/** How fresh something is that is polled. */
export interface StreamStatus {
  readonly name: string;
  /** Up to where it was read, in milliseconds since 1970; absent where it never was. */
  readonly readTo?: number;
  readonly schedule: Schedule;
  /** Whether it should have been read since, by its schedule. */
  readonly late: boolean;
}

interface Scheduled {
  readonly queues: Queues;
  readonly jobs: readonly { readonly name: string; readonly schedule?: string }[];
  readonly schedules: Readonly<Record<string, Schedule>>;
}

/** Of everything that the worker polls, as it noted when it began; nothing where none has yet. */
export async function streamStatuses(
  { space, crm }: Connection,
  { queues, jobs, schedules }: Scheduled,
  now: number,
): Promise<StreamStatus[]> {
  const polled = (await readPolled(space)) ?? [];
  const baseline = await readProgress(space, 'baseline');
  return Promise.all(
    polled.map(async ({ name, schedule: key }): Promise<StreamStatus> => {
      const schedule = schedules[key] ?? 'off';
      const readTo = await readCursor(space, name, now);
      // Before the first backfill begins nothing is polled; from there on, everything is.
      const since = baseline === undefined ? undefined : (readTo ?? Number(baseline));
      const job = jobs.find((each) => each.schedule === key)?.name;
      const late = since !== undefined && (await isOverdue(schedule, now - since, job));
      return { name, ...(readTo !== undefined && { readTo }), schedule, late };
    }),
  );

  async function isOverdue(schedule: Schedule, age: number, job: string | undefined): Promise<boolean> {
    if (schedule === 'off') return false;
    if ('every' in schedule) return isLate(age, schedule.every);
    const next = job === undefined ? undefined : await nextTick(queues, job, crm.name);
    return next !== undefined && next < now - BORNE;
  }
}

/** What is read as often as it should be may still be some turns old: one was lost, or it took a while. */
const TURNS = 3;
const BORNE = 2 * MINUTE;

/** Whether something that is due every so often is older than that bears; both in milliseconds. */
export function isLate(age: number, every: number): boolean {
  return age > TURNS * every + BORNE;
}
