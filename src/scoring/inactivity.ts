import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { LeftOutWhy } from './score.ts';

/** When a person last did something, as of a time, and when they will by what is dated in the future. */
export interface Doings {
  /** When the lead was created or last did something, whichever is later. */
  readonly last: number;
  /** Oldest first. */
  readonly later: readonly number[];
}

/** A stretch of time in which nothing was done for long: whole milliseconds, `until` not included. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** When something was done, whatever it was. Activities as `orderActivities` gives them; those of machines do not count. */
export function doingsOf(
  { createdAt }: Lead,
  activities: readonly Activity[],
  machines: readonly (LeftOutWhy | undefined)[] | undefined,
  at: number,
): Doings {
  const later: number[] = createdAt > at ? [createdAt] : [];
  // Latest first, so that the first in the past is the last.
  for (let place = activities.length - 1; place >= 0; place--) {
    const time = activities[place]?.at;
    if (time === undefined || machines?.[place] !== undefined) continue;
    if (time > at) later.push(time);
    else return { last: createdAt <= at ? Math.max(createdAt, time) : time, later: ascending(later) };
  }
  // A time of creation that is none is no time at all.
  return { last: createdAt <= at ? createdAt : Number.NEGATIVE_INFINITY, later: ascending(later) };
}

function ascending(times: number[]): readonly number[] {
  return times.length < 2 ? times : times.sort((one, other) => one - other);
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
