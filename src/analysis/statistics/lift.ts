import { scoreBlocks, totalOf } from './score-blocks.ts';

/**
 * How many times as often the best of the leads bought as all of them: `share` is 0.1 for the best tenth. Where the cut falls among
 * leads with the same score, as many buyers count as would be among them if they were picked blindly, so that the order of a file
 * changes nothing. NaN where nobody bought.
 */
export function liftOfTop(scores: Float64Array, bought: Uint8Array, share: number): number {
  const { buyers, others } = scoreBlocks(scores, bought);
  let left = share * scores.length;
  let caught = 0;
  for (let block = buyers.length - 1; block >= 0 && left > 0; block -= 1) {
    const hits = buyers[block] ?? 0;
    const leads = hits + (others[block] ?? 0);
    caught += hits * Math.min(1, left / leads);
    left -= leads;
  }
  return caught / totalOf(buyers) / share;
}

/** The lift that nothing can beat: where 40% of all leads buy, even a best tenth of nothing but buyers has 2.5. */
export function bestLiftOfTop(baseRate: number, share: number): number {
  return Math.min(1 / share, 1 / baseRate);
}
