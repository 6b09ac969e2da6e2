import { DAY } from '../../../base/clock.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day that it is in a time zone (IANA name) at a moment: `2026-11-22`. */
export function dayIn(timeZone: string, at: number): string {
  return new Date(at + offsetIn(timeZone, at)).toISOString().slice(0, 10);
}

/** When a day, `2026-11-22`, begins in a time zone, in milliseconds since 1970. */
export function startOfDay(timeZone: string, day: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // The offset is that of the moment sought, which is only known by it: the second look is right even around a change.
  const first = utc - offsetIn(timeZone, utc);
  return utc - offsetIn(timeZone, first);
}

/** So many days later; earlier where it is negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** How far clocks in the zone are ahead of UTC, in milliseconds. */
function offsetIn(timeZone: string, at: number): number {
  if (timeZone === 'UTC' || timeZone === 'GMT') return 0;
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}
