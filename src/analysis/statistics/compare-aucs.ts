import { type Interval, Z_95 } from './interval.ts';
import { twoSided } from './normal.ts';
import { scoreBlocks, totalOf } from './score-blocks.ts';

export interface AucComparison extends Interval {
  /** The AUC of the one less that of the other. */
  readonly difference: number;
  /** How likely chance alone makes as large a difference, either way, between two scores that are equally good. */
  readonly p: number;
}

/**
 * Whether one score tells buyers from others better than another does, on the same leads: the test of DeLong, DeLong and Clarke-Pearson
 * (Biometrics 44, 1988), over ranks as Sun and Xu do (IEEE Signal Processing Letters 21, 2014). That both scores judge the same leads is
 * taken into account, so that a small difference may be a certain one. NaN with fewer than two buyers or two others.
 */
export function compareAucs(one: Float64Array, other: Float64Array, bought: Uint8Array): AucComparison {
  const first = placements(one, bought);
  const second = placements(other, bought);
  const gaps = first.map((placement, lead) => placement - (second[lead] ?? 0));
  const buyers = spread(gaps.filter((_, lead) => bought[lead] === 1));
  const others = spread(gaps.filter((_, lead) => bought[lead] !== 1));
  const difference = buyers.mean;
  const error = Math.sqrt(buyers.variance / buyers.count + others.variance / others.count);
  const p = difference === 0 && error === 0 ? 1 : twoSided(difference / error);
  return { difference, low: difference - Z_95 * error, high: difference + Z_95 * error, p };
}

/** By lead: of a buyer, the share of others whom it stands before; of another lead, the share of buyers who stand before it. Ties count half. */
function placements(scores: Float64Array, bought: Uint8Array): Float64Array {
  const { blockOf, buyers, others } = scoreBlocks(scores, bought);
  const allBuyers = totalOf(buyers);
  const allOthers = totalOf(others);
  const ofBuyer = new Float64Array(buyers.length);
  const ofOther = new Float64Array(buyers.length);
  let buyersBelow = 0;
  let othersBelow = 0;
  for (const [block, tiedBuyers] of buyers.entries()) {
    const tiedOthers = others[block] ?? 0;
    ofBuyer[block] = (othersBelow + tiedOthers / 2) / allOthers;
    ofOther[block] = (allBuyers - buyersBelow - tiedBuyers / 2) / allBuyers;
    buyersBelow += tiedBuyers;
    othersBelow += tiedOthers;
  }
  return Float64Array.from(blockOf, (block, lead) => (bought[lead] === 1 ? ofBuyer[block] : ofOther[block]) ?? 0);
}

interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

function spread(values: Float64Array): Spread {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count, mean, variance: squares / (count - 1) };
}
