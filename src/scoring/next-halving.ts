import { roundHalfAway } from './rounding.ts';

interface Halving {
  /** Whether the rounded points are at a time what they are now. */
  readonly same: (time: number) => boolean;
  /** When the last occurrence was. */
  readonly latest: number;
  readonly halfLife: number;
  readonly at: number;
  /** The points at `at`, not rounded. */
  readonly exact: number;
  readonly end: number;
}

/**
 * The first millisecond after `at` at which points with a half-life differ, or `end`. Guessed from the formula, then
 * corrected by the very code that scores.
 */
export function nextHalving({ same, latest, halfLife, at, exact, end }: Halving): number {
  const now = roundHalfAway(exact);
  const guess = Math.ceil(at + halfLife * Math.log2(exact / (now - Math.sign(now) * 0.5)));
  // The formula holds once everything has begun to fade.
  const sure = latest <= at;
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
