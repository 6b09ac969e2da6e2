import { aucOfCounts } from './auc.ts';
import type { Interval } from './interval.ts';
import { type ScoreBlocks, scoreBlocks } from './score-blocks.ts';

export interface ResampleOptions {
  /** Fewer are drawn where there are so many leads that these would take longer than seconds. */
  readonly resamples?: number;
}

/** A second or two. With so many leads the ends of the interval hardly move from one resample to the next. */
const MOST_DRAWS = 40_000_000;
const FEWEST_RESAMPLES = 200;

/**
 * The 95% interval of an AUC by the bootstrap: as many buyers are drawn from the buyers, and others from the others, as there are, each
 * of them any number of times, and the middle 95% of the AUCs of such draws is kept. Buyers are drawn apart so that no draw is without
 * them. NaN where there are no buyers, or nobody else.
 *
 * Where every buyer stands before every other lead, all draws say 1: an interval from 1 to 1 tells of no certainty.
 */
export function aucInterval(
  scores: Float64Array,
  bought: Uint8Array,
  random: () => number,
  { resamples = 1_000 }: ResampleOptions = {},
): Interval {
  const blocks = scoreBlocks(scores, bought);
  const buyers = blocksOf(blocks, bought, 1);
  const others = blocksOf(blocks, bought, 0);
  if (buyers.length === 0 || others.length === 0) return { low: Number.NaN, high: Number.NaN };
  const affordable = Math.max(Math.floor(MOST_DRAWS / scores.length), FEWEST_RESAMPLES);
  const areas = new Float64Array(Math.min(resamples, affordable));
  const drawnBuyers = new Uint32Array(blocks.scores.length);
  const drawnOthers = new Uint32Array(blocks.scores.length);
  for (const place of areas.keys()) {
    draw(buyers, drawnBuyers, random);
    draw(others, drawnOthers, random);
    areas[place] = aucOfCounts(drawnBuyers, drawnOthers);
  }
  areas.sort();
  return { low: quantile(areas, 0.025), high: quantile(areas, 0.975) };
}

/** The blocks of those who bought, or of those who did not, lead by lead. */
function blocksOf({ blockOf }: ScoreBlocks, bought: Uint8Array, outcome: 0 | 1): Uint32Array {
  return blockOf.filter((_, lead) => bought[lead] === outcome);
}

function draw(from: Uint32Array, counts: Uint32Array, random: () => number): void {
  counts.fill(0);
  for (let left = from.length; left > 0; left -= 1) {
    const block = from[Math.floor(random() * from.length)] ?? 0;
    counts[block] = (counts[block] ?? 0) + 1;
  }
}

/** Of ascending values; between two of them, in proportion. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}
