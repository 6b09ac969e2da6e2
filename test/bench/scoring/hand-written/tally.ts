import { DAY } from '../../../../src/base/clock.ts';
import type { Activity } from '../../../../src/leads/activity.ts';
import { type Decay, exactPoints, nextDecay } from '../../../../src/scoring/decay.ts';
import { countOf } from '../../../../src/scoring/order-activities.ts';
import { roundHalfAway } from '../../../../src/scoring/rounding.ts';
import type { Notes } from './fit.ts';

/** When something that counts was done, oldest first, and how often it counts. */
export interface Tally {
  readonly times: number[];
  readonly counts: number[];
}

export function countEach(tally: Tally | undefined, activity: Activity): Tally {
  if (tally === undefined) return { times: [activity.at], counts: [countOf(activity)] };
  tally.times.push(activity.at);
  tally.counts.push(countOf(activity));
  return tally;
}

export function countOnce(tally: Tally | undefined, { at }: Activity): Tally {
  if (tally === undefined) return { times: [at], counts: [1] };
  tally.times[0] = at;
  return tally;
}

export function countDaily(tally: Tally | undefined, { at }: Activity): Tally {
  return countPeriodically(tally, at, dayOf);
}

export function countWeekly(tally: Tally | undefined, { at }: Activity): Tally {
  return countPeriodically(tally, at, weekOf);
}

function countPeriodically(tally: Tally | undefined, at: number, periodOf: (at: number) => number): Tally {
  if (tally === undefined) return { times: [at], counts: [1] };
  const { times, counts } = tally;
  const last = times.length - 1;
  if (periodOf(times[last] ?? 0) === periodOf(at)) times[last] = at;
  else {
    times.push(at);
    counts.push(1);
  }
  return tally;
}

function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

/** Weeks begin on a Monday; 1 January 1970 was a Thursday. */
function weekOf(at: number): number {
  return Math.floor((Math.floor(at / DAY) + 3) / 7);
}

export interface Worth {
  readonly id: string;
  readonly label: string;
  readonly points: number;
  /** Infinite where there is no cap. */
  readonly max: number;
  /** In milliseconds. */
  readonly window: number;
  readonly decay: Decay | undefined;
}

/** What a tally is worth, written down in up to three lines. */
export function scoreTally(tally: Tally | undefined, worth: Worth, at: number, notes: Notes): number {
  if (tally === undefined) return 0;
  const { id, label, points, max, window, decay } = worth;
  const { times, counts } = tally;
  const { reasons } = notes;
  let count = 0;
  for (const times of counts) count += times;
  let value = points * count;
  reasons.push({
    kind: 'criterion',
    dimension: 'engagement',
    id,
    label,
    points: value,
    count,
    last: times.at(-1) ?? 0,
  });
  notes.next = Math.min(notes.next, Math.ceil((times[0] ?? 0) + window));
  if (decay !== undefined) {
    const exact = exactPoints(tally, points, decay, at);
    const left = roundHalfAway(exact);
    const lost = left < max ? left - value : 0;
    if (lost !== 0) reasons.push({ kind: 'decay', dimension: 'engagement', id, label, points: lost });
    notes.next = nextDecay(tally, points, decay, { at, exact, max, end: notes.next });
    value += lost;
  }
  if (value > max) {
    reasons.push({ kind: 'criterion-cap', dimension: 'engagement', id, label, points: max - value, limit: max });
    return max;
  }
  return value;
}
