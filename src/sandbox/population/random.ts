import { mix } from '../portal/uuid.ts';

/** Chance that is the same on every run: one source for each person, so that no draw disturbs another person's. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** True in that share of all draws. */
  chance(share: number): boolean;
  /** A whole number from 0 to below `below`. */
  whole(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** Picks by weight: pairs of weight and thing. */
  weighted<T>(from: readonly (readonly [number, T])[]): T;
  /** Normally distributed, mean 0, deviation 1. */
  normal(): number;
  /** How often something happens that happens `mean` times on average. */
  poisson(mean: number): number;
}

export function createRandom(seed: number, index: number): Random {
  let state = mix(seed, index);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    chance: (share) => next() < share,
    whole: (below) => Math.floor(next() * below),
    pick: (from) => at(from, Math.floor(next() * from.length)),
    weighted(from) {
      let left = next() * from.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, thing] of from) {
        left -= weight;
        if (left < 0) return thing;
      }
      return at(from, from.length - 1)[1];
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    poisson(mean) {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) count++;
      return count;
    },
  };
}

function at<T>(list: readonly T[], index: number): T {
  const thing = list[index];
  if (thing === undefined) throw new Error('Nothing to pick from');
  return thing;
}
