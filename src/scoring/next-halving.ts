import { firstChange } from './first-change.ts';

interface Halving {
  /** Whether the points are at a time what they are now, rounded and capped. */
  readonly same: (time: number) => boolean;
  /** Those. */
  readonly now: number;
  /** When the last occurrence was. */
  readonly latest: number;
  readonly halfLife: number;
  readonly at: number;
  /** The points at `at`, neither rounded nor capped. */
  readonly exact: number;
  readonly end: number;
}

/**
 * The first millisecond after `at` at which points with a half-life differ, or `end`. Guessed from the formula, then
 * corrected by the very code that scores.
 */
export function nextHalving({ same, now, latest, halfLife, at, exact, end }: Halving): number {
  const guess = Math.ceil(at + halfLife * Math.log2(exact / (now - Math.sign(now) * 0.5)));
  // The formula holds once everything has begun to fade.
  const sure = latest <= at;
  if (sure && guess > end + MARGIN) return end;
  if (!(sure && guess < end - MARGIN) && same(end - 1)) return end;
  return firstChange(same, at, Math.min(Math.max(guess, at + 1), end - 1), end - 1);
}

/** Far more than the guess can be wrong by, in milliseconds, with half-lives of up to ten years. */
const MARGIN = 60_000;
