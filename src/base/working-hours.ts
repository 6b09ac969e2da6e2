import { DAY, MINUTE } from './clock.ts';
import { dateAt, dateOfDay, dayAt, dayOfDate, instantOf } from './local-time.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When somebody works, by the clocks of their time zone. Wherever there are none, it is around the clock. */
export interface WorkingHours {
  /** Such as Europe/Berlin. */
  readonly timeZone: string;
  /** At least one. */
  readonly days: ReadonlySet<Weekday>;
  /** Minutes of the day; `from` is below `to`, and 1440 is midnight at the end of it. */
  readonly from: number;
  readonly to: number;
  /** Dates, such as 2026-12-25. */
  readonly holidays: ReadonlySet<string>;
  readonly away: readonly Absence[];
}

/** Dates, such as 2026-12-21; both are part of it. */
export interface Absence {
  readonly from: string;
  readonly to: string;
}

/** Whether the instant lies within the hours. All instants and lengths here are in milliseconds. */
export function isWorking(at: number, hours: WorkingHours | undefined): boolean {
  return nextWorking(at, hours) === at;
}

/** The instant itself where it lies within the hours, else when they next begin. */
export function nextWorking(at: number, hours: WorkingHours | undefined): number {
  if (hours === undefined) return at;
  for (const { opens } of stretchesAfter(at, hours)) return Math.max(at, opens);
  throw neverCome();
}

/**
 * When so much working time has passed since `start`: the first such instant, so that it may be the very end of a day.
 * Of a length of time that config gives, such as 1d, take `dueAfter`.
 */
export function addWorkingTime(start: number, ms: number, hours: WorkingHours | undefined): number {
  if (hours === undefined || ms <= 0) return start + Math.max(0, ms);
  let left = ms;
  for (const { opens, closes } of stretchesAfter(start, hours)) {
    const from = Math.max(start, opens);
    if (closes - from >= left) return from + left;
    left -= closes - from;
  }
  throw neverCome();
}

/** How much working time lies between the two; none where `end` is not after `start`. */
export function workingTimeBetween(start: number, end: number, hours: WorkingHours | undefined): number {
  if (end <= start) return 0;
  if (hours === undefined) return end - start;
  let sum = 0;
  for (const { opens, closes } of stretchesAfter(start, hours)) {
    if (opens >= end) return sum;
    sum += Math.min(closes, end) - Math.max(opens, start);
  }
  throw neverCome();
}

/**
 * How much working time a length of time in config stands for: each whole day is a working day, from its first hour to its last, and
 * the rest is taken as it is. `1d` of people who work from 9 to 17 are eight hours: what comes at ten is due at ten on the next working day.
 */
export function workingTimeOf(ms: number, hours: WorkingHours | undefined): number {
  if (hours === undefined) return ms;
  const days = Math.floor(ms / DAY);
  return days * (hours.to - hours.from) * MINUTE + (ms - days * DAY);
}

/** When a length of time in config, such as 5m or 1d, is over within the hours. */
export function dueAfter(start: number, ms: number, hours: WorkingHours | undefined): number {
  return addWorkingTime(start, workingTimeOf(ms, hours), hours);
}

/** Whether somebody is away when they would next work, counted from the instant: on a Saturday it is the Monday that matters. */
export function isAway(at: number, { away, ...hours }: WorkingHours): boolean {
  if (away.length === 0) return false;
  const date = dateAt(nextWorking(at, { ...hours, away: [] }), hours.timeZone);
  return away.some(({ from, to }) => from <= date && date <= to);
}

/** Somebody's hours on one day; ordered, and none overlaps another. */
interface Stretch {
  readonly opens: number;
  readonly closes: number;
}

/** Hours that come so rarely never come. */
const MOST_DAYS = 100_000;

/** From the one that the instant lies in, or the next. */
function* stretchesAfter(at: number, hours: WorkingHours): Generator<Stretch, void> {
  const { timeZone, from, to } = hours;
  const today = dayAt(at, timeZone);
  let day = today;
  while (day - today < MOST_DAYS) {
    const away = awayUntil(day, hours);
    if (away !== undefined) {
      day = away + 1;
      continue;
    }
    if (worksOn(day, hours)) {
      const stretch = { opens: instantOf(day, from, timeZone), closes: instantOf(day, to, timeZone) };
      // Where the clocks skip it all, there is nothing of it.
      if (stretch.closes > at && stretch.closes > stretch.opens) yield stretch;
    }
    day += 1;
  }
}

function worksOn(day: number, { days, holidays }: WorkingHours): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = WEEKDAYS[(((day + 3) % 7) + 7) % 7];
  return weekday !== undefined && days.has(weekday) && !(holidays.size > 0 && holidays.has(dateOfDay(day)));
}

/** The last day of an absence that the day is part of. */
function awayUntil(day: number, { away }: WorkingHours): number | undefined {
  if (away.length === 0) return undefined;
  const date = dateOfDay(day);
  const found = away.find(({ from, to }) => from <= date && date <= to);
  return found === undefined ? undefined : dayOfDate(found.to);
}

function neverCome(): RangeError {
  return new RangeError('these working hours never come');
}
