import type { Lead } from '../leads/lead.ts';
import { engagementThen, type Past } from './engagement-then.ts';
import { mostEver } from './most-ever.ts';

/**
 * Since when the engagement of a lead that is below a threshold at a time has been so without a break, in milliseconds since
 * 1970: since the lead was created where it never was above. Undefined where nobody knows, for lack of that.
 */
export function coldSince(past: Past, below: number, at: number): number | undefined {
  const { lead, activities, machines } = past;
  const start = startOf(lead);
  if (start !== undefined && (start >= at || mostEver(past, at) < below)) return start;
  // From one activity to the next, the latest first: mostly the last one was what warmed the lead.
  let end = at + 1;
  for (let place = activities.length - 1; place >= 0; place--) {
    const activity = activities[place];
    if (activity === undefined || machines?.[place] !== undefined) continue;
    const time = Math.ceil(activity.at);
    if (time >= end) continue;
    if (start !== undefined && time <= start) break;
    const since = lastWarm(past, below, time, end);
    if (since !== undefined) return since;
    end = time;
  }
  return start === undefined ? undefined : (lastWarm(past, below, start, end) ?? start);
}

/** The first whole millisecond at which the lead was known; undefined where its time of creation is none. */
function startOf({ createdAt }: Lead): number | undefined {
  return Number.isFinite(createdAt) ? Math.ceil(createdAt) : undefined;
}

/** The first millisecond after the last one in [`from`, `end`) that is not below; nothing is done in between. */
function lastWarm(past: Past, below: number, from: number, end: number): number | undefined {
  let since: number | undefined;
  for (let time = from; time < end; ) {
    const { engagement, next, rise } = engagementThen(past, time);
    const stop = Math.min(rise, end);
    if (engagement >= below) since = firstBelow(past, below, { warm: time, next, stop });
    time = stop;
  }
  return since;
}

interface Stretch {
  /** When it is not below. */
  readonly warm: number;
  /** Until when it stays as it is then. */
  readonly next: number;
  /** Until when it never rises. */
  readonly stop: number;
}

/** The first millisecond after `warm` that is below, or `stop`. It halves the time, and goes from change to change besides. */
function firstBelow(past: Past, below: number, { warm, next: change, stop }: Stretch): number {
  let low = warm;
  let next = change;
  let high = stop - 1;
  if (next > high || engagementThen(past, high).engagement >= below) return stop;
  while (next < high) {
    const then = engagementThen(past, next);
    if (then.engagement < below) return next;
    [low, next] = [next, then.next];
    const middle = Math.floor((low + high) / 2);
    if (middle < next) continue;
    const half = engagementThen(past, middle);
    if (half.engagement < below) high = middle;
    else [low, next] = [middle, half.next];
  }
  return high;
}
