import type { Activity, ActivityType } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { LeftOutWhy } from './score.ts';

/** When a person last did something, as of a time, and when they will by what is dated in the future. */
export interface Doings {
  /** When the lead was created, be it in the future, or last did something, whichever is later. */
  readonly last: number;
  /** Oldest first. */
  readonly later: readonly number[];
}

/** A stretch of time in which nothing was done for long: whole milliseconds, `until` not included. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** What others write or try, what becomes of a letter, or ends the letters, is no sign of life. */
const NO_DOING: ReadonlySet<ActivityType> = new Set([
  'sales-email',
  'call-attempt',
  'email-bounce',
  'email-unsubscribe',
]);

/** When something was done, whatever it was. Activities as `orderActivities` gives them; those of machines do not count. */
export function doingsOf(
  { createdAt }: Lead,
  activities: readonly Activity[],
  machines: readonly (LeftOutWhy | undefined)[] | undefined,
  at: number,
): Doings {
  // A time of creation that is none is no time at all.
  const start = Number.isNaN(createdAt) ? Number.NEGATIVE_INFINITY : createdAt;
  // Nobody is missed before they are known.
  const now = Math.max(at, start);
  const later: number[] = [];
  // Latest first, so that the first in the past is the last.
  for (let place = activities.length - 1; place >= 0; place--) {
    const activity = activities[place];
    if (activity === undefined || NO_DOING.has(activity.type) || machines?.[place] !== undefined) continue;
    const time = activity.at;
    if (time <= now) return { last: Math.max(start, time), later: later.reverse() };
    later.push(time);
  }
  return { last: start, later: later.reverse() };
}

/** When nothing will have been done for so long, from the last activity on. The first span may have begun. */
export function inactiveSpans({ last, later }: Doings, length: number): Span[] {
  const spans: Span[] = [];
  let since = last;
  for (const time of later) {
    const span = { from: Math.ceil(since + length), until: Math.ceil(time) };
    if (span.from < span.until) spans.push(span);
    since = time;
  }
  spans.push({ from: Math.ceil(since + length), until: Number.POSITIVE_INFINITY });
  return spans;
}
