/**
 * Leads gathered by their score. Whatever rests on an order of leads is counted over these, so that leads with the same score are
 * never told apart by where they stand in a file.
 */
export interface ScoreBlocks {
  /** Each score that occurs, once, ascending. */
  readonly scores: Float64Array;
  /** By lead, the place of its score. */
  readonly blockOf: Uint32Array;
  /** By block, how many of its leads bought. */
  readonly buyers: Uint32Array;
  /** By block, how many did not. */
  readonly others: Uint32Array;
}

/** Throws where a lead has no score: NaN has no place in an order. */
export function scoreBlocks(scores: Float64Array, bought: Uint8Array): ScoreBlocks {
  if (scores.length !== bought.length) throw new Error(`${scores.length} scores for ${bought.length} leads`);
  const distinct = distinctOf(scores);
  const blockOf = new Uint32Array(scores.length);
  const buyers = new Uint32Array(distinct.length);
  const others = new Uint32Array(distinct.length);
  for (const [lead, score] of scores.entries()) {
    const block = placeOf(distinct, score);
    const counts = bought[lead] === 1 ? buyers : others;
    blockOf[lead] = block;
    counts[block] = (counts[block] ?? 0) + 1;
  }
  return { scores: distinct, blockOf, buyers, others };
}

export function totalOf(counts: Uint32Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

function distinctOf(scores: Float64Array): Float64Array {
  const sorted = Float64Array.from(scores).sort();
  if (Number.isNaN(sorted.at(-1))) throw new Error('A lead has no score');
  let count = 0;
  for (const score of sorted) {
    if (count > 0 && score === sorted[count - 1]) continue;
    sorted[count] = score;
    count += 1;
  }
  return sorted.slice(0, count);
}

/** Where a score stands among those that occur, of which it is one. */
function placeOf(distinct: Float64Array, score: number): number {
  let low = 0;
  let high = distinct.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((distinct[middle] ?? 0) < score) low = middle + 1;
    else high = middle;
  }
  return low;
}
