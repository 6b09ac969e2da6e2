import { DAY } from '../../base/clock.ts';

const WEEK = 7 * DAY;

/** Two spans of whole weeks, the one up to a time and the one before it. Times are milliseconds since 1970. */
export interface Periods {
  /** When the later one ends. */
  readonly at: number;
  /** How many weeks each has. */
  readonly weeks: number;
  /** When the later one begins, and the earlier one ends. */
  readonly middle: number;
  /** When the earlier one begins. */
  readonly begin: number;
}

export function periodsUpTo(at: number, weeks: number): Periods {
  return { at, weeks, middle: at - weeks * WEEK, begin: at - 2 * weeks * WEEK };
}

/** In which week of both periods something was, the first being 0; undefined where it was in neither. */
export function weekOf({ at, weeks }: Periods, time: number): number | undefined {
  const back = Math.floor((at - time) / WEEK);
  return back >= 0 && back < 2 * weeks ? 2 * weeks - 1 - back : undefined;
}

/** When each week of both periods begins, oldest first. */
export function weekBegins({ begin, weeks }: Periods): number[] {
  return Array.from({ length: 2 * weeks }, (_, week) => begin + week * WEEK);
}

/** Counts by week, with the sums of either period and what of it came in a week. */
export interface Weekly {
  readonly byWeek: readonly number[];
  readonly earlier: number;
  readonly now: number;
  readonly earlierAWeek: number;
  readonly nowAWeek: number;
}

export function weeklyOf({ weeks }: Pick<Periods, 'weeks'>, byWeek: readonly number[]): Weekly {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const [earlier, now] = [sum(byWeek.slice(0, weeks)), sum(byWeek.slice(weeks))];
  return { byWeek, earlier, now, earlierAWeek: earlier / weeks, nowAWeek: now / weeks };
}
