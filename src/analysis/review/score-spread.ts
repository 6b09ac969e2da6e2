import { countScore, newHistogram, stepsOf } from '../histogram.ts';
import type { FreshLeads } from './snapshot.ts';

/** Scores from `from` to `to`, both inclusive, and how many of the leads that came in had one of them. */
export interface ScoreStep {
  readonly from: number;
  readonly to: number;
  readonly earlier: number;
  readonly now: number;
}

/** How the scores spread, in steps of equal width; none where nobody came in. */
export function scoreSpread(earlier: FreshLeads, now: FreshLeads): ScoreStep[] {
  if (earlier.leads + now.leads === 0) return [];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const scores of [earlier.scores, now.scores]) {
    for (const score of scores) {
      low = Math.min(low, score);
      high = Math.max(high, score);
    }
  }
  const histogram = newHistogram(low, high);
  for (const score of earlier.scores) countScore(histogram, 'before', score);
  for (const score of now.scores) countScore(histogram, 'after', score);
  return stepsOf(histogram).map(({ from, to, before, after }) => ({ from, to, earlier: before, now: after }));
}
