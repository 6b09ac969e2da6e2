import { boundedStep } from './bounded-step.ts';
import { type Design, restrict, upTo } from './design.ts';
import { logisticLoss } from './logistic-loss.ts';

export interface FitOptions {
  /** Half of it times the square of each weight is added to the loss; the intercept costs nothing. 0 for none. */
  readonly l2: number;
  /** By feature: 1 where the weight must not be below 0, -1 where not above. */
  readonly signs?: Int8Array;
  /** By lead, log odds that are added to its own. */
  readonly offset?: Float64Array;
  /** Those to learn from; all when absent. */
  readonly leads?: Uint32Array;
  /** Those that may get a weight, ascending; all when absent. */
  readonly features?: Uint32Array;
  /** Where to begin. The end is the same wherever that is; near to it, it is reached sooner. */
  readonly start?: Pick<LogisticFit, 'intercept' | 'weights'>;
}

export interface LogisticFit {
  /** Log odds of a lead for which nothing holds. */
  readonly intercept: number;
  /** By feature, log odds that it adds; 0 for those that may not have one. */
  readonly weights: Float64Array;
  /** False where there is no best fit, as with no penalty and a feature that only buyers have. */
  readonly converged: boolean;
  readonly iterations: number;
  /** The features that got a weight: neither left out nor held at 0 by their sign. Ascending. */
  readonly free: Uint32Array;
  /** Second derivatives of loss and penalty in the weights of `free` and last the intercept: a lower triangle. Its inverse is their covariance. */
  readonly information: Float64Array;
}

const MOST_ITERATIONS = 60;
/** Twice what is left to gain, in the loss of a lead or two that are well known: the next step squares it. */
const TOLERANCE = 1e-8;
/** A chance of one in a billion is no finding but a flight to infinity. */
const FARTHEST = 20;

/** L2 logistic regression by Newton's method, with signs held by an active set. Deterministic. */
export function fitLogistic(design: Design, options: FitOptions): LogisticFit {
  const { l2, leads, start } = options;
  const features = options.features ?? upTo(design.features);
  const rows = restrict(design, leads ?? upTo(design.bought.length), features);
  const offset = options.offset && (leads === undefined ? options.offset : pick(options.offset, leads));
  const width = features.length + 1;
  const signs = new Int8Array(width);
  for (const [place, feature] of features.entries()) signs[place] = options.signs?.[feature] ?? 0;

  const measure = (at: Float64Array): Measured => {
    const gradient = new Float64Array(width);
    const curvature = new Float64Array(width * width);
    let loss = logisticLoss(rows, at, offset, gradient, curvature);
    for (let place = 0; place < width - 1; place++) {
      const weight = at[place] ?? 0;
      loss += 0.5 * l2 * weight * weight;
      gradient[place] = (gradient[place] ?? 0) + l2 * weight;
      curvature[place * width + place] = (curvature[place * width + place] ?? 0) + l2;
    }
    return { at, loss, gradient, curvature };
  };

  const base = { intercept: baseLogOdds(rows.bought), weights: new Float64Array() };
  let now = measure(begin(features, signs, start ?? base));
  let isHeld: Uint8Array = new Uint8Array(width);
  let settled = false;
  let iterations = 0;
  while (!settled && iterations < MOST_ITERATIONS) {
    iterations += 1;
    const bounded = boundedStep(now, signs);
    isHeld = bounded.isHeld;
    const gain = -dot(now.gradient, bounded.step);
    settled = gain <= TOLERANCE;
    const next = settled
      ? { ...now, at: moved(now.at, bounded.step, 1, signs) }
      : descend(now, bounded.step, gain, signs, measure);
    if (next === undefined) break;
    now = next;
  }

  const weights = new Float64Array(design.features);
  for (const [place, feature] of features.entries()) weights[feature] = now.at[place] ?? 0;
  const intercept = now.at[width - 1] ?? 0;
  const places = upTo(features.length).filter((place) => isHeld[place] === 0);
  return {
    intercept,
    weights,
    converged: settled && now.at.every((value) => Math.abs(value) < FARTHEST),
    iterations,
    free: places.map((place) => features[place] ?? 0),
    information: within(now.curvature, width, [...places, width - 1]),
  };
}

interface Measured {
  readonly at: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
}

/** Goes as much of the step as makes the loss fall: all of it, a half, a quarter. Undefined where nothing does. */
function descend(
  now: Measured,
  step: Float64Array,
  gain: number,
  signs: Int8Array,
  measure: (at: Float64Array) => Measured,
): Measured | undefined {
  const noise = 1e-12 * Math.abs(now.loss);
  for (let share = 1; share > 1e-9; share /= 2) {
    const next = measure(moved(now.at, step, share, signs));
    if (next.loss <= now.loss - 1e-4 * share * gain + noise) return next;
  }
  return undefined;
}

/** What rounding would leave a hair beyond its sign is 0. */
function moved(at: Float64Array, step: Float64Array, share: number, signs: Int8Array): Float64Array {
  return at.map((value, index) => {
    const next = value + share * (step[index] ?? 0);
    return (signs[index] ?? 0) * next < 0 ? 0 : next;
  });
}

function begin(features: Uint32Array, signs: Int8Array, start: NonNullable<FitOptions['start']>): Float64Array {
  const at = new Float64Array(features.length + 1);
  for (const [place, feature] of features.entries()) {
    const weight = start.weights[feature] ?? 0;
    at[place] = (signs[place] ?? 0) * weight < 0 ? 0 : weight;
  }
  at[features.length] = start.intercept;
  return at;
}

/** Of the share that bought; half a lead is added to either side, so that it is a number. */
function baseLogOdds(bought: Uint8Array): number {
  let buyers = 0;
  for (let row = 0; row < bought.length; row++) buyers += bought[row] ?? 0;
  return Math.log((buyers + 0.5) / (bought.length - buyers + 0.5));
}

function pick(values: Float64Array, places: Uint32Array): Float64Array {
  return new Float64Array(places.length).map((_, index) => values[places[index] ?? 0] ?? 0);
}

function dot(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
}

/** The rows and columns at these places, ascending. */
function within(lower: Float64Array, width: number, places: readonly number[]): Float64Array {
  const small = new Float64Array(places.length * places.length);
  for (const [row, from] of places.entries()) {
    for (let column = 0; column <= row; column++) {
      small[row * places.length + column] = lower[from * width + (places[column] ?? 0)] ?? 0;
    }
  }
  return small;
}
