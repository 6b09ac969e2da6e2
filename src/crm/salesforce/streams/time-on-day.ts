import { DAY, HOUR } from '../../../base/clock.ts';

/**
 * When something happened of which Salesforce keeps the day alone: the first of these instants that lies on that day, else its
 * noon. Whose day it was is not told, so that any time zone's will do. Noon, as midnight may be the day before for whoever did it.
 */
export function timeOnDay(day: string, ...instants: readonly (number | null | undefined)[]): number {
  const noon = Date.parse(`${day}T12:00:00Z`);
  return instants.find((at) => at != null && at >= noon - EARLIEST && at < noon + LATEST) ?? noon;
}

/** The day as SOQL wants it in which the earliest may be that is not before `at`: `2026-11-22`. */
export function dayBefore(at: number): string {
  return new Date(at - DAY).toISOString().slice(0, 10);
}

/** From UTC+14, where a day begins first, to UTC-12, where it ends last. */
const EARLIEST = 26 * HOUR;
const LATEST = 24 * HOUR;
