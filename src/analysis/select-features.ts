import type { Feature } from './history.ts';
import type { Design } from './statistics/design.ts';
import { eliminate } from './statistics/eliminate.ts';
import { type FitOptions, fitLogistic, type LogisticFit } from './statistics/fit-logistic.ts';
import { Z_95 } from './statistics/interval.ts';

/** How a model is learnt. */
export interface Way {
  /** How strongly weights are drawn towards 0. */
  readonly l2: number;
  /** A feature that was found in the data stays where its weight is so many standard errors from 0. */
  readonly cut: number;
}

/** By feature, the sign that marketing holds. */
export function signsOf(features: readonly Feature[]): Int8Array {
  return Int8Array.from(features, ({ held }) => (held === undefined ? 0 : held === 'up' ? 1 : -1));
}

/** Fits, takes out what may as well be 0, and fits anew, until all that is left is sure; `free` of the fit is what stayed. */
export function selectFeatures(
  design: Design,
  features: readonly Feature[],
  { l2, cut }: Way,
  options: Omit<FitOptions, 'l2' | 'signs'>,
): LogisticFit {
  const shared = { ...options, l2, signs: signsOf(features) };
  return thinned(design, features, cut, shared, fitLogistic(design, shared));
}

/** The same from a fit that is there. */
export function thinned(
  design: Design,
  features: readonly Feature[],
  cut: number,
  options: FitOptions,
  from: LogisticFit,
): LogisticFit {
  let fit = from;
  for (;;) {
    // Marketing had a reason for what stands in the model: the usual interval is enough.
    const kept = eliminate(fit, (feature) => (features[feature]?.points === undefined ? cut : Z_95));
    if (kept.length === fit.free.length) return fit;
    fit = fitLogistic(design, { ...options, features: kept, start: fit });
  }
}
