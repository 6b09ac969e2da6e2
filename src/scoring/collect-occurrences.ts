import { DAY } from '../base/clock.ts';
import type { Activity } from '../leads/activity.ts';
import { normaliseText } from '../leads/text.ts';
import type { Subject } from './compile-activity.ts';
import type { CompiledModel, Counting } from './compiled-model.ts';
import type { Facts } from './facts.ts';
import { countOf } from './order-activities.ts';
import type { FastTrack } from './score.ts';
import { pathOf } from './url-pattern.ts';

/** The occurrences of one criterion that count at a time, oldest first. */
export interface Occurrences {
  readonly times: number[];
  readonly counts: number[];
}

export interface Collected {
  /** By the index of the criterion; nothing where none count for it. */
  readonly tallies: readonly (Occurrences | undefined)[];
  readonly fastTracks: readonly FastTrack[];
}

/** What each activity counts for. They must come as `orderActivities` gives them. */
export function collectOccurrences(
  model: CompiledModel,
  facts: Facts,
  activities: readonly Activity[],
  at: number,
): Collected {
  const tallies = new Array<Occurrences | undefined>(model.criteria.length).fill(undefined);
  const fastTracks: FastTrack[] = [];
  for (const activity of activities) {
    const rules = model.rules.get(activity.type);
    if (rules === undefined) continue;
    const subject = subjectOf(activity);
    const age = at - activity.at;
    for (const { counting, holds, index } of rules.counted) {
      if (age >= counting.window || !counting.matches(subject) || holds?.(facts) === false) continue;
      const tally = tallies[index];
      if (tally === undefined) tallies[index] = firstOf(activity, counting);
      else add(tally, activity, counting);
    }
    for (const { id, matches, holds, followUpWithin } of rules.fastTracks) {
      if (matches(subject) && holds?.(facts) !== false) fastTracks.push({ rule: id, activity, followUpWithin });
    }
  }
  return { tallies, fastTracks };
}

function subjectOf({ name, url }: Activity): Subject {
  return { name: normaliseText(name), path: url === undefined ? undefined : pathOf(url) };
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
