import { factorOf, inverseOf, solve } from './cholesky.ts';

/** What a logistic regression on a number or two is to fit: `hits` of `leads` in each row; hits need not be whole. */
export interface LogisticRows {
  /** One or two numbers of each row, number by number. */
  readonly numbers: readonly Float64Array[];
  readonly leads: Float64Array;
  readonly hits: Float64Array;
}

export interface SmallLogistic {
  /** Log odds where all numbers are 0. */
  readonly intercept: number;
  /** By number, log odds that one more of it adds, and the standard error of that. */
  readonly slopes: readonly number[];
  readonly errors: readonly number[];
  /** False where nothing is the most likely, as where all buyers have more points than all others. */
  readonly converged: boolean;
}

const MOST_STEPS = 60;
const MOST_HALVINGS = 30;
/** Twice the log likelihood that is left to gain; the last step squares it. */
const LITTLE = 1e-8;
/** Log odds that change by more than this from one standard deviation to the next are on their way to infinity. */
const STEEPEST = 20;

/**
 * The most likely regression, by Newton's method with steps halved until they help. Numbers are brought to mean 0 and deviation 1 first,
 * so that their size does not matter; one that is the same everywhere gets the slope 0. For whole histories of yes and no there is `fitLogistic`.
 */
export function smallLogistic({ numbers, leads, hits }: LogisticRows): SmallLogistic {
  const all = sumOf(leads);
  const scales = numbers.map((number) => scaleOf(number, leads, all));
  const rows = { leads, hits, numbers: numbers.map((number, place) => standardised(number, scales[place])) };
  const share = sumOf(hits) / all;
  const weights = new Float64Array(numbers.length + 1);
  weights[0] = Math.log(share / (1 - share));
  let now = measure(rows, weights);
  let converged = false;
  for (let count = 0; count < MOST_STEPS && !converged && Number.isFinite(now.likelihood); count += 1) {
    const step = now.gradient.slice();
    solve(factorOf(now.information, weights.length), weights.length, step);
    const gain = step.reduce((sum, each, place) => sum + each * (now.gradient[place] ?? 0), 0);
    const next = uphill(rows, now, step);
    converged = gain <= LITTLE;
    if (next === undefined || next.weights.some((weight, place) => place > 0 && Math.abs(weight) > STEEPEST)) break;
    now = next;
  }
  return { ...inOwnUnits(now, scales), converged };
}

/** The probability that has these odds, given as their logarithm. */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

interface Measured {
  /** The intercept first. */
  readonly weights: Float64Array;
  /** Its logarithm. */
  readonly likelihood: number;
  readonly gradient: Float64Array;
  /** A lower triangle. */
  readonly information: Float64Array;
}

function measure({ numbers, leads, hits }: LogisticRows, weights: Float64Array): Measured {
  const width = weights.length;
  const gradient = new Float64Array(width);
  const information = new Float64Array(width * width);
  const values = new Float64Array(width).fill(1);
  let likelihood = 0;
  for (const [row, count] of leads.entries()) {
    let logOdds = weights[0] ?? 0;
    for (let place = 1; place < width; place += 1) {
      const value = numbers[place - 1]?.[row] ?? 0;
      values[place] = value;
      logOdds += (weights[place] ?? 0) * value;
    }
    const hit = hits[row] ?? 0;
    const probability = logistic(logOdds);
    // The logarithm of 1 + e^x, without e^x where that is too large.
    likelihood += hit * logOdds - count * (Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds))));
    const missing = hit - count * probability;
    const weight = count * probability * (1 - probability);
    for (let place = 0; place < width; place += 1) {
      const value = values[place] ?? 0;
      gradient[place] = (gradient[place] ?? 0) + missing * value;
      for (let other = 0; other <= place; other += 1) {
        const cell = place * width + other;
        information[cell] = (information[cell] ?? 0) + weight * value * (values[other] ?? 0);
      }
    }
  }
  return { weights, likelihood, gradient, information };
}

/** The step, or the first half, quarter and so on of it that does not make it less likely; undefined where none does. */
function uphill(rows: LogisticRows, from: Measured, step: Float64Array): Measured | undefined {
  for (let size = 1; size > 0.5 ** MOST_HALVINGS; size /= 2) {
    const next = measure(
      rows,
      from.weights.map((weight, place) => weight + size * (step[place] ?? 0)),
    );
    if (next.likelihood >= from.likelihood - Math.abs(from.likelihood) * Number.EPSILON) return next;
  }
  return undefined;
}

interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

function scaleOf(number: Float64Array, leads: Float64Array, all: number): Scale {
  const mean = number.reduce((sum, value, row) => sum + value * (leads[row] ?? 0), 0) / all;
  const variance = number.reduce((sum, value, row) => sum + (value - mean) ** 2 * (leads[row] ?? 0), 0) / all;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

function standardised(number: Float64Array, { mean, deviation }: Scale = { mean: 0, deviation: 1 }): Float64Array {
  return number.map((value) => (value - mean) / deviation);
}

function inOwnUnits({ weights, information }: Measured, scales: readonly Scale[]): Omit<SmallLogistic, 'converged'> {
  const width = weights.length;
  const covariance = inverseOf(information, width);
  const slopes = scales.map(({ deviation }, place) => (weights[place + 1] ?? 0) / deviation);
  return {
    intercept: scales.reduce((sum, { mean }, place) => sum - mean * (slopes[place] ?? 0), weights[0] ?? 0),
    slopes,
    errors: scales.map(({ deviation }, place) => Math.sqrt(covariance[(place + 1) * (width + 1)] ?? 0) / deviation),
  };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
