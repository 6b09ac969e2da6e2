import { factorOf, solve } from './cholesky.ts';

/** A smooth function near a point: its slope there, and its second derivatives as a lower triangle. */
export interface Surroundings {
  readonly at: Float64Array;
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
}

export interface Step {
  /** To be added to the point. */
  readonly step: Float64Array;
  /** 1 for what its sign holds at 0. */
  readonly isHeld: Uint8Array;
}

/**
 * The step to the lowest point of the parabola through these surroundings at which every number still has its sign: a primal
 * active-set method. Where it ends, what is held at 0 would go further the wrong way.
 * @param signs 1 for at least 0, -1 for at most 0, 0 for any; the point itself must fit them.
 */
export function boundedStep(near: Surroundings, signs: Int8Array): Step {
  const { at, gradient } = near;
  const width = at.length;
  const step = new Float64Array(width);
  const isHeld = new Uint8Array(width);
  for (let index = 0; index < width; index++) {
    const sign = signs[index] ?? 0;
    if (sign !== 0 && at[index] === 0 && sign * (gradient[index] ?? 0) >= 0) isHeld[index] = 1;
  }
  // Each turn holds or frees one number, and the parabola falls; rounding alone could make it turn for ever.
  for (let turn = 0; turn < 10 * width; turn++) {
    const wanted = lowestWith(near, isHeld);
    const { share, first } = furthest(at, step, wanted, signs, isHeld);
    for (let index = 0; index < width; index++) {
      step[index] = (step[index] ?? 0) + share * ((wanted[index] ?? 0) - (step[index] ?? 0));
    }
    if (first !== undefined) {
      isHeld[first] = 1;
      step[first] = -(at[first] ?? 0);
      continue;
    }
    const wrong = wronglyHeld(near, step, signs, isHeld);
    if (wrong === undefined) break;
    isHeld[wrong] = 0;
  }
  return { step, isHeld };
}

/** The lowest point of the parabola where what is held ends at 0. */
function lowestWith({ at, gradient, curvature }: Surroundings, isHeld: Uint8Array): Float64Array {
  const width = at.length;
  const free: number[] = [];
  const wanted = new Float64Array(width);
  for (let index = 0; index < width; index++) {
    if (isHeld[index] === 1) wanted[index] = -(at[index] ?? 0);
    else free.push(index);
  }
  const small = new Float64Array(free.length * free.length);
  const side = new Float64Array(free.length);
  for (const [row, one] of free.entries()) {
    let sum = -(gradient[one] ?? 0);
    for (let other = 0; other < width; other++) {
      if (isHeld[other] === 1) sum -= cell(curvature, width, one, other) * (wanted[other] ?? 0);
    }
    side[row] = sum;
    for (let column = 0; column <= row; column++) {
      small[row * free.length + column] = cell(curvature, width, one, free[column] ?? 0);
    }
  }
  solve(factorOf(small, free.length), free.length, side);
  for (const [row, index] of free.entries()) wanted[index] = side[row] ?? 0;
  return wanted;
}

/** How much of the way can be gone before a number changes its sign, and which one would. */
function furthest(
  at: Float64Array,
  step: Float64Array,
  wanted: Float64Array,
  signs: Int8Array,
  isHeld: Uint8Array,
): { share: number; first: number | undefined } {
  let share = 1;
  let first: number | undefined;
  for (let index = 0; index < at.length; index++) {
    const sign = signs[index] ?? 0;
    if (sign === 0 || isHeld[index] === 1) continue;
    const from = sign * ((at[index] ?? 0) + (step[index] ?? 0));
    const to = sign * ((at[index] ?? 0) + (wanted[index] ?? 0));
    if (to >= 0) continue;
    const part = Math.max(from, 0) / (Math.max(from, 0) - to);
    if (first === undefined || part < share) {
      share = part;
      first = index;
    }
  }
  return { share, first };
}

/** What is held at 0 although the parabola falls on its own side of it; the steepest of them. */
function wronglyHeld(
  { at, gradient, curvature }: Surroundings,
  step: Float64Array,
  signs: Int8Array,
  isHeld: Uint8Array,
): number | undefined {
  const width = at.length;
  let found: number | undefined;
  let steepest = -1e-9;
  for (let index = 0; index < width; index++) {
    if (isHeld[index] !== 1) continue;
    let slope = gradient[index] ?? 0;
    for (let other = 0; other < width; other++) slope += cell(curvature, width, index, other) * (step[other] ?? 0);
    const outward = (signs[index] ?? 0) * slope;
    if (outward < steepest) {
      steepest = outward;
      found = index;
    }
  }
  return found;
}

function cell(lower: Float64Array, width: number, one: number, other: number): number {
  return (one >= other ? lower[one * width + other] : lower[other * width + one]) ?? 0;
}
