import type { ScoreBlocks } from './score-blocks.ts';

/** Leads whose scores follow on each other. */
export interface Slice {
  /** The places of its lowest and its highest score among those that occur. */
  readonly first: number;
  readonly last: number;
  readonly leads: number;
  readonly buyers: number;
}

/**
 * Leads in at most so many slices of about equal size, from the lowest scores up. Those with the same score stay together, in the slice
 * in which the middle one of them lies, so there may be fewer slices, and a large one where many have the same.
 */
export function evenSlices({ blockOf, buyers, others }: ScoreBlocks, most: number): Slice[] {
  const slices: Slice[] = [];
  let current = -1;
  let below = 0;
  for (const [block, hits] of buyers.entries()) {
    const leads = hits + (others[block] ?? 0);
    const place = Math.floor(((below + leads / 2) / blockOf.length) * most);
    const open = place === current ? slices.pop() : undefined;
    slices.push({
      first: open?.first ?? block,
      last: block,
      leads: (open?.leads ?? 0) + leads,
      buyers: (open?.buyers ?? 0) + hits,
    });
    current = place;
    below += leads;
  }
  return slices;
}

const BUYERS_IN_SLICE = 10;

/** So many slices that each may hold ten buyers and ten others, from 2 to 10: more would show chance. */
export function sensibleSlices(buyers: number, others: number): number {
  return Math.min(Math.max(Math.floor(Math.min(buyers, others) / BUYERS_IN_SLICE), 2), 10);
}
