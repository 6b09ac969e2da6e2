import { inverseOf } from './cholesky.ts';
import type { LogisticFit } from './fit-logistic.ts';

/** By feature of the fit's `free`, the standard error of its weight; last, that of the intercept. */
export function standardErrors({ free, information }: Pick<LogisticFit, 'free' | 'information'>): Float64Array {
  const width = free.length + 1;
  const covariance = inverseOf(information, width);
  return new Float64Array(width).map((_, index) => Math.sqrt(covariance[index * width + index] ?? 0));
}

/**
 * Takes out of a fit what it can do without: again and again the feature of which it is least sure, as long as its weight lies
 * within `cutOf` standard errors of 0. What the others then weigh is reckoned from the curvature at the fit, without fitting
 * anew (Lawless and Singhal, Biometrics 34, 1978): so take the result for a choice, and fit again.
 * @returns the features that stay, ascending.
 */
export function eliminate(fit: LogisticFit, cutOf: (feature: number) => number): Uint32Array {
  const { free } = fit;
  const width = free.length + 1;
  const covariance = inverseOf(fit.information, width);
  const weights = new Float64Array(free.length).map((_, place) => fit.weights[free[place] ?? 0] ?? 0);
  const cuts = new Float64Array(free.length).map((_, place) => cutOf(free[place] ?? 0));
  const isOut = new Uint8Array(width);
  const line = new Float64Array(width);

  for (;;) {
    const weakest = leastSure(weights, cuts, covariance, isOut);
    if (weakest === undefined) break;
    const variance = covariance[weakest * width + weakest] ?? 0;
    for (let place = 0; place < width; place++) line[place] = covariance[weakest * width + place] ?? 0;
    const lost = (weights[weakest] ?? 0) / variance;
    isOut[weakest] = 1;
    for (let row = 0; row < width; row++) {
      if (isOut[row] === 1) continue;
      const along = line[row] ?? 0;
      if (row < weights.length) weights[row] = (weights[row] ?? 0) - along * lost;
      const part = along / variance;
      for (let column = 0; column < width; column++) {
        const cell = row * width + column;
        covariance[cell] = (covariance[cell] ?? 0) - part * (line[column] ?? 0);
      }
    }
  }
  return free.filter((_, place) => isOut[place] === 0);
}

/** The feature with the smallest weight for its standard error, where that is too small. */
function leastSure(
  weights: Float64Array,
  cuts: Float64Array,
  covariance: Float64Array,
  isOut: Uint8Array,
): number | undefined {
  const width = weights.length + 1;
  let found: number | undefined;
  let least = 1;
  for (let place = 0; place < weights.length; place++) {
    if (isOut[place] === 1) continue;
    const error = Math.sqrt(Math.max(covariance[place * width + place] ?? 0, Number.MIN_VALUE));
    const sureness = Math.abs(weights[place] ?? 0) / (error * (cuts[place] ?? 1));
    if (sureness < least) {
      least = sureness;
      found = place;
    }
  }
  return found;
}
