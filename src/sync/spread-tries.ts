import { addWorkingTime, type WorkingHours, workingTimeOf } from '../base/working-hours.ts';

interface Spread {
  /** How many tries, the first among them. */
  readonly attempts: number;
  /** As config has it: a day of it is a working day. */
  readonly over: number;
}

/** What sales did so far; times in milliseconds since 1970. */
interface Made {
  readonly attempts: number;
  readonly firstAt: number;
  /** The first again where nobody knows. */
  readonly lastAt: number;
}

interface Due {
  /** By when the next try is due, in milliseconds since 1970. */
  readonly dueBy: number;
  /** When all of it is over. */
  readonly endsAt: number;
  /** The distance of two tries, in milliseconds of working time. */
  readonly share: number;
}

/**
 * All tries have the same share of the time, from the first one on: of 4 over 10 days the second is due after 2.5 days, and the last
 * has as much again before it is over. One that came late moves on what follows, so that they keep that distance.
 */
export function triesOver({ attempts, over }: Spread, made: Made, hours: WorkingHours | undefined): Due {
  const time = workingTimeOf(over, hours);
  const share = Math.round(time / attempts);
  const planned = addWorkingTime(made.firstAt, Math.round((time * made.attempts) / attempts), hours);
  const dueBy = Math.max(planned, addWorkingTime(made.lastAt, share, hours));
  const endsAt = Math.max(addWorkingTime(made.firstAt, time, hours), addWorkingTime(dueBy, share, hours));
  return { dueBy, endsAt, share };
}
