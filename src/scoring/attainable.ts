import { DAY } from '../base/clock.ts';
import type { Counting, Criterion, Dimension } from './compiled-model.ts';

/** The most that anybody can score in a dimension, by its caps and by what its criteria can add up to. */
export function attainable(dimension: Dimension): number {
  const groups = dimension.groups.map(({ max, criteria }) => Math.min(max, sum(criteria.map(attainableBy))));
  return Math.min(dimension.max, sum(groups));
}

/** Infinite where a criterion counts each time without a cap. Bad signs may be absent, so they add nothing. */
export function attainableBy({ points, bands, max, counting }: Criterion): number {
  if (bands !== undefined) return Math.max(0, ...bands.bands.map((band) => band.points));
  if (points <= 0) return 0;
  return Math.min(max, counting === undefined ? points : Math.round(points * mostOccurrences(counting)));
}

/** How many occurrences can count at one moment, each taken for what is left of it after decay. */
function mostOccurrences({ per, window, decay }: Counting): number {
  if (per === 'each') return Number.POSITIVE_INFINITY;
  if (per === 'once') return 1;
  const period = per === 'day' ? DAY : 7 * DAY;
  // The window reaches back from the first moment of a period: one occurrence now, one just before, then one a period.
  const earlier = Math.ceil((window - 1) / period);
  switch (decay?.kind) {
    case undefined:
      return 1 + earlier;
    case 'half-life': {
      const left = 0.5 ** (period / decay.halfLife);
      return 1 + (1 - left ** earlier) / (1 - left);
    }
    case 'steps': {
      let most = 1;
      for (let back = 0; back < earlier; back++) {
        const left = 100 - decay.percent * Math.floor((back * period) / decay.every);
        if (left <= 0) break;
        most += left / 100;
      }
      return most;
    }
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
