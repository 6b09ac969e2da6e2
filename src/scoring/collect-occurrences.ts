import { DAY } from '../base/clock.ts';
import type { Activity } from '../leads/activity.ts';
import type { CompiledModel, Counting } from './compiled-model.ts';
import type { Facts } from './facts.ts';
import { countOf } from './order-activities.ts';
import type { FastTrack, LeftOut, LeftOutWhy, Nurture } from './score.ts';

/** The occurrences of one criterion that count at a time, oldest first. */
export interface Occurrences {
  readonly times: number[];
  readonly counts: number[];
}

export interface Collected {
  /** By the index of the criterion; nothing where none count for it: null where its questions about fields do not hold. */
  readonly tallies: readonly (Occurrences | undefined | null)[];
  readonly fastTracks: readonly FastTrack[];
  readonly nurture: readonly Nurture[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * What each activity counts for. They must come as `orderActivities` gives them; `machines` says, by their places, which of
 * them are left out.
 */
export function collectOccurrences(
  model: CompiledModel,
  facts: Facts,
  activities: readonly Activity[],
  machines: readonly (LeftOutWhy | undefined)[] | undefined,
  at: number,
): Collected {
  const tallies = new Array<Occurrences | undefined | null>(model.criteria.length).fill(undefined);
  const fastTracks: FastTrack[] = [];
  const nurture: Nurture[] = [];
  const leftOut: LeftOut[] = [];
  for (let place = 0; place < activities.length; place++) {
    const activity = activities[place];
    const rules = activity && model.rules.get(activity.type);
    if (activity === undefined || rules === undefined) continue;
    const why = machines?.[place];
    if (why !== undefined) {
      leftOut.push({ activity, why });
      continue;
    }
    const { counted, fastTracks: set, nurtures } = rules.matching(activity);
    const age = at - activity.at;
    for (const { counting, holds, index } of counted) {
      if (age >= counting.window) continue;
      const tally = tallies[index];
      if (tally === undefined) tallies[index] = holds?.(facts) === false ? null : firstOf(activity, counting);
      else if (tally !== null) add(tally, activity, counting);
    }
    for (const { id, holds, followUpWithin } of set) {
      if (holds?.(facts) !== false) fastTracks.push({ rule: id, activity, followUpWithin });
    }
    for (const { id, holds } of nurtures) if (holds?.(facts) !== false) nurture.push({ rule: id, activity });
  }
  return { tallies, fastTracks, nurture, leftOut };
}

function firstOf(activity: Activity, { per }: Counting): Occurrences {
  return { times: [activity.at], counts: [per === 'each' ? countOf(activity) : 1] };
}

/** Activities come oldest first, so that the latest of a period takes the place of the one before. */
function add({ times, counts }: Occurrences, activity: Activity, { per }: Counting): void {
  if (per === 'each') {
    times.push(activity.at);
    counts.push(countOf(activity));
    return;
  }
  const last = times.length - 1;
  if (periodOf(times[last] ?? 0, per) === periodOf(activity.at, per)) times[last] = activity.at;
  else {
    times.push(activity.at);
    counts.push(1);
  }
}

/** Days begin at midnight and weeks on Monday, both UTC; day 0, in 1970, was a Thursday. */
function periodOf(at: number, per: 'day' | 'week' | 'once'): number {
  if (per === 'once') return 0;
  const day = Math.floor(at / DAY);
  return per === 'day' ? day : Math.floor((day + 3) / 7);
}
