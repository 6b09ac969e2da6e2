import type { Occurrences } from './collect-occurrences.ts';

/** How points fade: what one occurrence is worth when it is new, and after how many milliseconds it is worth half. */
export interface Fading {
  readonly points: number;
  readonly halfLife: number;
}

/**
 * What occurrences are worth together at a time. The sum is taken in the order of time, because adding in another order
 * may differ in the last bit. What lies in the future has not begun to fade.
 */
export function exactPoints({ times, counts }: Occurrences, { points, halfLife }: Fading, at: number): number {
  let sum = 0;
  for (let index = 0; index < times.length; index++) {
    const age = at - (times[index] ?? 0);
    const count = counts[index] ?? 0;
    sum += age > 0 ? count * 0.5 ** (age / halfLife) : count;
  }
  return points * sum;
}

/** Halves go away from 0, so that a bad sign fades as a good one does. */
export function roundHalfAway(value: number): number {
  // Adding 0 turns -0 into 0.
  return value < 0 ? -Math.round(-value) + 0 : Math.round(value);
}

/**
 * The first millisecond after `at` at which the rounded points differ, or `end` where they do not before it.
 * Guessed from the formula, then corrected by the very code that scores. `exact` are the points at `at`.
 */
export function nextDecay(tally: Occurrences, fading: Fading, at: number, exact: number, end: number): number {
  const now = roundHalfAway(exact);
  // What has faded to nothing stays nothing.
  if (now === 0) return end;
  const same = (time: number): boolean => roundHalfAway(exactPoints(tally, fading, time)) === now;
  const guess = Math.ceil(at + fading.halfLife * Math.log2(exact / (now - Math.sign(now) * 0.5)));
  // The formula holds once everything has begun to fade.
  const sure = (tally.times.at(-1) ?? at) <= at;
  if (sure && guess > end + MARGIN) return end;
  if (!(sure && guess < end - MARGIN) && same(end - 1)) return end;
  return firstChange(same, at, Math.min(Math.max(guess, at + 1), end - 1), end - 1);
}

/** Far more than the guess can be wrong by, in milliseconds, with half-lives of up to ten years. */
const MARGIN = 60_000;

/** The first time in (`low`, `high`] that is not the same as `low`, which `high` is not; looks around the guess first. */
function firstChange(same: (time: number) => boolean, low: number, guess: number, high: number): number {
  let before = low;
  let after = high;
  if (same(guess)) {
    before = guess;
    for (let step = 1; before + step < after; step *= 2) {
      if (!same(before + step)) {
        after = before + step;
        break;
      }
      before += step;
    }
  } else {
    after = guess;
    for (let step = 1; after - step > before; step *= 2) {
      if (same(after - step)) {
        before = after - step;
        break;
      }
      after -= step;
    }
  }
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (same(middle)) before = middle;
    else after = middle;
  }
  return after;
}
