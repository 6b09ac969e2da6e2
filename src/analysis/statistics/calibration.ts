import { evenSlices } from './even-slices.ts';
import type { Interval } from './interval.ts';
import { type ScoreBlocks, scoreBlocks } from './score-blocks.ts';
import { wilson } from './wilson.ts';

/** Leads with much the same probability: how many of them should have bought, and how many did; `low` and `high` are of `observed`. */
export interface CalibrationRow extends Interval {
  readonly leads: number;
  readonly buyers: number;
  /** The mean of their probabilities. */
  readonly expected: number;
  /** The share that bought. */
  readonly observed: number;
}

/** Whether probabilities come true, in at most `bins` rows of about equally many leads, from the least likely up. */
export function calibration(probabilities: Float64Array, bought: Uint8Array, bins: number): CalibrationRow[] {
  const blocks = scoreBlocks(probabilities, bought);
  return evenSlices(blocks, bins).map(({ first, last, leads, buyers }) => ({
    leads,
    buyers,
    expected: sumOf(blocks, first, last) / leads,
    observed: buyers / leads,
    ...wilson(buyers, leads),
  }));
}

function sumOf({ scores, buyers, others }: ScoreBlocks, first: number, last: number): number {
  let sum = 0;
  for (let block = first; block <= last; block += 1) {
    sum += (scores[block] ?? 0) * ((buyers[block] ?? 0) + (others[block] ?? 0));
  }
  return sum;
}
