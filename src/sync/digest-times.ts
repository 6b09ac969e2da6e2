import { dayAt, instantOf } from '../base/local-time.ts';
import { type WorkingHours, workingTimeBetween } from '../base/working-hours.ts';

/** Who is away for longer gets none in between. */
const LONGEST_BREAK = 31;

/**
 * When a digest was last due: the last time, up to `until` (milliseconds since 1970), at which the clocks showed so many minutes of a
 * day on which somebody works. Undefined where that is a month ago.
 */
export function lastDigest(
  until: number,
  minutes: number,
  timeZone: string,
  hours: WorkingHours | undefined,
): number | undefined {
  const today = dayAt(until, timeZone);
  for (let day = today; day > today - LONGEST_BREAK; day -= 1) {
    const at = instantOf(day, minutes, timeZone);
    if (at <= until && worksOn(day, timeZone, hours)) return at;
  }
  return undefined;
}

function worksOn(day: number, timeZone: string, hours: WorkingHours | undefined): boolean {
  return workingTimeBetween(instantOf(day, 0, timeZone), instantOf(day + 1, 0, timeZone), hours) > 0;
}
