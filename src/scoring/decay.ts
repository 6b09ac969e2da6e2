import type { Occurrences } from './collect-occurrences.ts';
import { nextHalving } from './next-halving.ts';
import { nextStep } from './next-step.ts';
import { roundHalfAway } from './rounding.ts';
import { within } from './within.ts';

/** How points fade with time. */
export type Decay =
  /** They are worth half after so many milliseconds. */
  | { readonly kind: 'half-life'; readonly halfLife: number }
  /** They lose so many percent of what they were each so many milliseconds, until nothing is left. */
  | { readonly kind: 'steps'; readonly every: number; readonly percent: number };

/** What occurrences of so many points each are worth together at a time. What lies in the future has not begun to fade. */
export function exactPoints(tally: Occurrences, points: number, decay: Decay, at: number): number {
  return worthOf(tally, points, decay)(at);
}

/**
 * The first millisecond after `at` at which the points differ, rounded and then capped at `max` either way; or `end` where
 * they do not before it. `exact` are the points at `at`.
 */
export function nextDecay(
  tally: Occurrences,
  points: number,
  decay: Decay,
  { at, exact, max, end }: { readonly at: number; readonly exact: number; readonly max: number; readonly end: number },
): number {
  const now = within(max, roundHalfAway(exact));
  // What has faded to nothing stays nothing.
  if (now === 0) return end;
  const worth = worthOf(tally, points, decay);
  const same = (time: number): boolean => within(max, roundHalfAway(worth(time))) === now;
  return decay.kind === 'half-life'
    ? nextHalving({ same, now, latest: latestOf(tally), halfLife: decay.halfLife, at, exact, end })
    : nextStep({ same, times: tally.times, every: decay.every, percent: decay.percent, at, end });
}

/**
 * The worth by time, for the score and for its next change alike: both must come to the same last bit. Once everything has
 * begun to fade it does so together, so that the sum is taken once, as of the latest occurrence.
 */
function worthOf(tally: Occurrences, points: number, decay: Decay): (at: number) => number {
  if (decay.kind === 'steps') return (at) => (points * steppedSum(tally, decay, at)) / 100;
  const { halfLife } = decay;
  const latest = latestOf(tally);
  let atLatest: number | undefined;
  return (at) => {
    if (at < latest) return points * halvedSum(tally, halfLife, at);
    atLatest ??= points * halvedSum(tally, halfLife, latest);
    return atLatest * 0.5 ** ((at - latest) / halfLife);
  };
}

function latestOf({ times }: Occurrences): number {
  return times[times.length - 1] ?? 0;
}

/** In the order of time, because adding in another order may differ in the last bit. */
function halvedSum({ times, counts }: Occurrences, halfLife: number, at: number): number {
  let sum = 0;
  for (let index = 0; index < times.length; index++) {
    const age = at - (times[index] ?? 0);
    const count = counts[index] ?? 0;
    sum += age > 0 ? count * 0.5 ** (age / halfLife) : count;
  }
  return sum;
}

/** In percent, so that it is exact. */
function steppedSum(
  { times, counts }: Occurrences,
  { every, percent }: { readonly every: number; readonly percent: number },
  at: number,
): number {
  let sum = 0;
  for (let index = 0; index < times.length; index++) {
    const age = at - (times[index] ?? 0);
    const left = age > 0 ? 100 - percent * Math.floor(age / every) : 100;
    if (left > 0) sum += (counts[index] ?? 0) * left;
  }
  return sum;
}
