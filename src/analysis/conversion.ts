import type { Interval } from './statistics/interval.ts';
import { wilson } from './statistics/wilson.ts';

/** How many of some leads bought; `low` and `high` are where their rate lies, with 95% certainty, given how few they are. */
export interface Conversion extends Interval {
  readonly leads: number;
  readonly buyers: number;
  /** The share of them that bought; 0 of nobody, with an interval that says that nothing is known. */
  readonly conversion: number;
}

export function conversionOf(buyers: number, leads: number): Conversion {
  return { leads, buyers, conversion: leads === 0 ? 0 : buyers / leads, ...wilson(buyers, leads) };
}

/** Whether one rate lies above another even at its lowest, with the other at its highest. */
export function isClearlyAbove(one: Interval, other: Interval): boolean {
  return one.low > other.high;
}
