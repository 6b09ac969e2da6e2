import { addWorkingTime, type WorkingHours, workingTimeOf } from '../base/working-hours.ts';

interface Spread {
  /** How many tries, the first among them. */
  readonly attempts: number;
  /** As config has it: a day of it is a working day. */
  readonly over: number;
}

interface Due {
  /** By when the next try is due, in milliseconds since 1970. */
  readonly dueBy: number;
  /** When all of it is over. */
  readonly endsAt: number;
}

/**
 * All tries have the same share of the time, from the first one on: of 4 over 10 days the second is due after 2.5 days, and the last
 * has as much again before it is over.
 */
export function triesOver(
  { attempts, over }: Spread,
  made: number,
  firstAt: number,
  hours: WorkingHours | undefined,
): Due {
  const time = workingTimeOf(over, hours);
  return {
    dueBy: addWorkingTime(firstAt, Math.round((time * made) / attempts), hours),
    endsAt: addWorkingTime(firstAt, time, hours),
  };
}
