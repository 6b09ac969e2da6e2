import type { Activity } from '../leads/activity.ts';
import { coldSince } from './cold-since.ts';
import type { Recycle } from './compiled-model.ts';
import { doneBy, engagementThen, type Past } from './engagement-then.ts';
import type { Cold } from './score.ts';

interface Found {
  readonly cold: Cold | undefined;
  /** When that differs or the lead is to be recycled, where it does so before `end`; infinite else. */
  readonly next: number;
}

/**
 * Since when a lead whose engagement is below that of `recycle` at a time has been so. `end` is when the score next changes
 * for other reasons.
 */
export function coldOf(past: Past, { below, for: length }: Recycle, at: number, end: number): Found {
  const done = doneBy(past.activities, at);
  const hasFuture = done < past.activities.length;
  // Something bad that is yet to come may be all that holds the engagement down.
  const isCold = !hasFuture || engagementThen(past, at).engagement < below;
  const since = isCold ? coldSince(past, below, at) : undefined;
  const cold = since === undefined ? undefined : { since, recycleAt: since + length };
  const turn = hasFuture ? nextTurn(past, below, { at, isCold, end }) : Number.POSITIVE_INFINITY;
  return { cold, next: cold !== undefined && cold.recycleAt > at ? Math.min(cold.recycleAt, turn) : turn };
}

/** When the engagement comes to lie on the other side of the threshold by what has been done by then, before `end`. */
function nextTurn(
  past: Past,
  below: number,
  { at, isCold, end }: { readonly at: number; readonly isCold: boolean; readonly end: number },
): number {
  let time = at;
  let next = engagementThen(past, at).next;
  for (;;) {
    time = Math.min(next, nextDone(past.activities, time));
    if (time >= end) return Number.POSITIVE_INFINITY;
    const then = engagementThen(past, time);
    if (then.engagement < below !== isCold) return time;
    next = then.next;
  }
}

/** The first whole millisecond after a time at which more has been done; infinite where nothing is dated later. */
function nextDone(activities: readonly Activity[], time: number): number {
  const next = activities[doneBy(activities, time)];
  return next === undefined ? Number.POSITIVE_INFINITY : Math.ceil(next.at);
}
