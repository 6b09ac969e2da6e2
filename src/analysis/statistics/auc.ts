import { scoreBlocks } from './score-blocks.ts';

/**
 * How likely a buyer has a higher score than a lead that did not buy, each picked blindly; where both have the same, half of it counts.
 * 0.5 is chance, 1 is all buyers before all others. NaN where there are no buyers, or nobody else.
 */
export function auc(scores: Float64Array, bought: Uint8Array): number {
  const { buyers, others } = scoreBlocks(scores, bought);
  return aucOfCounts(buyers, others);
}

/** The same of counts by score, ascending. */
export function aucOfCounts(buyers: Uint32Array, others: Uint32Array): number {
  let wins = 0;
  let allBuyers = 0;
  let below = 0;
  for (const [block, count] of buyers.entries()) {
    const tied = others[block] ?? 0;
    wins += count * (below + tied / 2);
    allBuyers += count;
    below += tied;
  }
  return wins / (allBuyers * below);
}
