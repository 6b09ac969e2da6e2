/** How likely a normally distributed figure is at least so many standard deviations away from its mean, on either side. */
export function twoSided(deviations: number): number {
  const x = Math.abs(deviations) / Math.SQRT2;
  return x < 2 ? 1 - errorSeries(x) : complementFraction(x);
}

/** The error function by its series, whose terms are all positive: Abramowitz and Stegun 7.1.6. */
function errorSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let step = 1; term > sum * Number.EPSILON; step += 1) {
    term *= (2 * x * x) / (2 * step + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** More changes nothing from 2 on. */
const DEPTH = 80;

/** What the error function lacks to 1, by its continued fraction, so that small figures stay exact: Abramowitz and Stegun 7.1.14. */
function complementFraction(x: number): number {
  let fraction = x;
  for (let step = DEPTH; step > 0; step -= 1) fraction = x + step / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
