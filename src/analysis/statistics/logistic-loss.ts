import type { Design } from './design.ts';

/**
 * How far a logistic regression is off: the sum over all leads of -ln(chance that it gave to what happened).
 * @param at the weights of the features, and last the intercept: log odds.
 * @param gradient receives the slope of the loss in each of them.
 * @param curvature receives its second derivatives, as a lower triangle of `at.length` × `at.length`.
 * @param offset by lead, log odds that are added to its own.
 */
export function logisticLoss(
  { bought, starts, holding }: Design,
  at: Float64Array,
  offset: Float64Array | undefined,
  gradient: Float64Array,
  curvature: Float64Array,
): number {
  const width = at.length;
  const last = width - 1;
  const intercept = at[last] ?? 0;
  const lastRow = last * width;
  gradient.fill(0);
  curvature.fill(0);
  let loss = 0;
  for (let row = 0; row < bought.length; row++) {
    const from = starts[row] ?? 0;
    const to = starts[row + 1] ?? 0;
    let logOdds = intercept + (offset === undefined ? 0 : (offset[row] ?? 0));
    for (let place = from; place < to; place++) logOdds += at[holding[place] ?? 0] ?? 0;

    // Written so that no exponential overflows.
    const small = Math.exp(-Math.abs(logOdds));
    const chance = logOdds >= 0 ? 1 / (1 + small) : small / (1 + small);
    const outcome = bought[row] ?? 0;
    loss += Math.log1p(small) + (logOdds > 0 ? logOdds : 0) - outcome * logOdds;
    const off = chance - outcome;
    const bend = small / ((1 + small) * (1 + small));

    gradient[last] = (gradient[last] ?? 0) + off;
    curvature[lastRow + last] = (curvature[lastRow + last] ?? 0) + bend;
    for (let place = from; place < to; place++) {
      const feature = holding[place] ?? 0;
      gradient[feature] = (gradient[feature] ?? 0) + off;
      curvature[lastRow + feature] = (curvature[lastRow + feature] ?? 0) + bend;
      const line = feature * width;
      for (let other = from; other <= place; other++) {
        const cell = line + (holding[other] ?? 0);
        curvature[cell] = (curvature[cell] ?? 0) + bend;
      }
    }
  }
  return loss;
}

/** By lead, the same loss of one alone: -ln(chance that these log odds gave to what happened). */
export function lossOf(logOdds: number, bought: number): number {
  return Math.log1p(Math.exp(-Math.abs(logOdds))) + Math.max(logOdds, 0) - bought * logOdds;
}
