import { type Interval, Z_95 } from './interval.ts';

/**
 * The 95% interval of a share by Wilson's score (JASA 22, 1927): honest for few leads, and for shares near 0 and 1, where the usual
 * plus and minus ends below 0 or claims certainty. From 0 to 1 of nobody.
 */
export function wilson(hits: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = hits / of;
  const squared = Z_95 ** 2 / of;
  const middle = (share + squared / 2) / (1 + squared);
  const half = (Z_95 / (1 + squared)) * Math.sqrt((share * (1 - share)) / of + squared / (4 * of));
  return { low: hits === 0 ? 0 : middle - half, high: hits === of ? 1 : middle + half };
}
