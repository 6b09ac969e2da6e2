import { scoreBlocks, totalOf } from './score-blocks.ts';

/**
 * The statistic of Kolmogorov and Smirnov: the most by which the share of buyers and the share of others up to some score differ, from
 * 0 to 1. It does not say which of the two is ahead: a score that is upside down has a high one as well. NaN where there are no buyers,
 * or nobody else.
 */
export function ks(scores: Float64Array, bought: Uint8Array): number {
  const { buyers, others } = scoreBlocks(scores, bought);
  const allBuyers = totalOf(buyers);
  const allOthers = totalOf(others);
  if (allBuyers === 0 || allOthers === 0) return Number.NaN;
  let buyersSoFar = 0;
  let othersSoFar = 0;
  let most = 0;
  for (const [block, count] of buyers.entries()) {
    buyersSoFar += count;
    othersSoFar += others[block] ?? 0;
    most = Math.max(most, Math.abs(buyersSoFar / allBuyers - othersSoFar / allOthers));
  }
  return most;
}
