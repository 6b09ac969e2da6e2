/** How scores spread, in steps of equal width; what lies beyond either end is counted in the outermost step. */
export interface Histogram {
  /** The first score of the first step. */
  readonly low: number;
  readonly width: number;
  readonly before: number[];
  readonly after: number[];
}

/** A step of a histogram: scores from `from` to `to`, both inclusive, and how many leads had and get one of them. */
export interface HistogramStep {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

/** More would be too narrow to be seen. */
const MOST_STEPS = 25;

/** For whole scores from `low` to `high`. */
export function newHistogram(low: number, high: number): Histogram {
  const span = Math.max(high - low, 1);
  const width =
    [1, 2, 5, 10, 20, 25, 50, 100].find((each) => span / each <= MOST_STEPS) ?? Math.ceil(span / MOST_STEPS);
  const first = Math.floor(low / width) * width;
  const steps = Math.floor((high - first) / width) + 1;
  const empty = () => Array.from({ length: steps }, () => 0);
  return { low: first, width, before: empty(), after: empty() };
}

export function countScore(histogram: Histogram, when: 'before' | 'after', score: number): void {
  const counts = histogram[when];
  const step = Math.floor((score - histogram.low) / histogram.width);
  const place = Math.min(Math.max(step, 0), counts.length - 1);
  counts[place] = (counts[place] ?? 0) + 1;
}

export function stepsOf({ low, width, before, after }: Histogram): HistogramStep[] {
  return before.map((count, place) => {
    const from = low + place * width;
    return { from, to: from + width - 1, before: count, after: after[place] ?? 0 };
  });
}
