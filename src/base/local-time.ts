import { DAY, HOUR, MINUTE, SECOND } from './clock.ts';

/** How far the clocks of a time zone are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(at: number, timeZone: string): number {
  const text = zoneOf(timeZone).format.format(at);
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = OFFSET.exec(text) ?? [];
  const size = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
  return sign === undefined || sign === '+' ? size : -size;
}

/** `GMT`, `GMT+02:00` or, of long ago, `GMT+00:53:28`. */
const OFFSET = /GMT(?:([+\-\u2212])(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** What takes long is done once for each time zone, and for each time of a day of it. */
interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** By day and minute. */
  readonly instants: Map<number, number>;
}

const zones = new Map<string, Zone>();
const MOST_INSTANTS = 10_000;

/** @throws RangeError where there is no such time zone. */
function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const zone = { format, instants: new Map() };
  zones.set(timeZone, zone);
  return zone;
}

/** Whether there is a time zone of this name, such as Europe/Berlin. A mere offset, such as +01:00, is none. */
export function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    return zoneOf(name) !== undefined;
  } catch {
    return false;
  }
}

/** The day that the clocks show, counted from 1970-01-01. */
export function dayAt(at: number, timeZone: string): number {
  return Math.floor((at + offsetAt(at, timeZone)) / DAY);
}

/** The date that the clocks show, such as 2026-12-25. */
export function dateAt(at: number, timeZone: string): string {
  return dateOfDay(dayAt(at, timeZone));
}

/** Day 0 is 1970-01-01. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Of a date as `2026-12-25`; NaN of any other text, and of a day that the calendar does not have. */
export function dayOfDate(date: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return Number.NaN;
  const day = Date.parse(`${date}T00:00:00Z`) / DAY;
  return Number.isNaN(day) || dateOfDay(day) !== date ? Number.NaN : day;
}

/**
 * The first instant at which the clocks show so many minutes of a day, or a later time: where they are put forward, some times are
 * never shown, and where they are put back, some are shown twice. 1440 minutes are midnight of the next day.
 */
export function instantOf(day: number, minutes: number, timeZone: string): number {
  const { instants } = zoneOf(timeZone);
  const key = day * (MINUTES_OF_DAY + 1) + minutes;
  const known = instants.get(key);
  if (known !== undefined) return known;
  const instant = findInstant(day, minutes, timeZone);
  if (instants.size >= MOST_INSTANTS) instants.clear();
  instants.set(key, instant);
  return instant;
}

const MINUTES_OF_DAY = DAY / MINUTE;

function findInstant(day: number, minutes: number, timeZone: string): number {
  const shown = day * DAY + minutes * MINUTE;
  // No clock is a day ahead of UTC or behind it.
  const before = offsetAt(shown - DAY, timeZone);
  const after = offsetAt(shown + DAY, timeZone);
  if (before === after) return shown - before;
  const changes = changeBetween(shown - DAY, shown + DAY, timeZone);
  return shown - before < changes ? shown - before : Math.max(changes, shown - after);
}

/** The first instant with another offset than at the first; they differ at the last. */
function changeBetween(first: number, last: number, timeZone: string): number {
  const offset = offsetAt(first, timeZone);
  let same = first;
  let other = last;
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(middle, timeZone) === offset) same = middle;
    else other = middle;
  }
  return other;
}
