import { HOUR } from '../../src/base/clock.ts';

/** What was seen of something at one time. */
export interface Sample {
  /** In milliseconds, from any beginning. */
  readonly at: number;
  readonly value: number;
}

/** How something went over a stretch of time. */
export interface Growth {
  /** By the line that fits best. */
  readonly perHour: number;
  readonly mean: number;
  /** By how much it grew over the whole stretch, as a share of the mean. */
  readonly share: number;
  /** Milliseconds. */
  readonly stretch: number;
  readonly samples: number;
}

/** Fewer tell of no line, whatever they say. */
export const FEWEST = 8;

/**
 * Theil and Sen's line, the median of the slopes between all pairs: unlike least squares it does not care for a few samples that
 * are far off, as they are while a process has much to do after an outage. Undefined where there is too little to tell.
 */
export function growthOf(samples: readonly Sample[]): Growth | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || samples.length < FEWEST || last.at <= first.at) return undefined;
  const slopes: number[] = [];
  for (const [index, one] of samples.entries())
    for (const other of samples.slice(index + 1))
      if (other.at > one.at) slopes.push((other.value - one.value) / (other.at - one.at));
  const slope = median(slopes);
  const mean = samples.reduce((sum, { value }) => sum + value, 0) / samples.length;
  const stretch = last.at - first.at;
  const share = mean === 0 ? (slope === 0 ? 0 : Number.POSITIVE_INFINITY) : (slope * stretch) / mean;
  return { perHour: slope * HOUR, mean, share, stretch, samples: samples.length };
}

/** Without the first `warmUp` milliseconds: until then caches fill, and V8 compiles what is called most. */
export function afterWarmUp(samples: readonly Sample[], warmUp: number): Sample[] {
  const from = (samples[0]?.at ?? 0) + warmUp;
  return samples.filter(({ at }) => at >= from);
}

function median(values: number[]): number {
  values.sort((one, other) => one - other);
  const middle = values.length >> 1;
  const upper = values[middle] ?? 0;
  return values.length % 2 === 1 ? upper : ((values[middle - 1] ?? 0) + upper) / 2;
}
