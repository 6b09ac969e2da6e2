/** A place at which numbers are parted into two sides. */
export interface NumberStep {
  /** Where the upper side begins. */
  readonly atLeast: number;
  /** Where the lower side ends: as the numbers are written, the one before `atLeast`. */
  readonly below: number;
  /** Whether the lower side has that one number alone. */
  readonly isLowest: boolean;
  /** The share of the numbers that lie on the upper side. */
  readonly share: number;
}

/**
 * Places at which to part numbers, ascending: about as many leads lie between each two of them, and each is at a round number where one is
 * near. It looks at no outcome, so that what is found by its steps may be judged on the same leads. Below and above a number that very
 * many have, such as 0, there is a step.
 * @param numbers none of them NaN. @param most how many steps at most. @param least how many leads between two of them at least.
 */
export function numberSteps(numbers: Float64Array, most: number, least: number): NumberStep[] {
  const sorted = numbers.toSorted();
  const parts = Math.min(most + 1, Math.floor(sorted.length / least));
  if (parts < 2) return [];
  const decimals = decimalsIn(sorted);
  const steps = withEnough(rounded(quantiles(sorted, parts), sorted, decimals), sorted, least);
  return steps.map((atLeast) => {
    const below = cut(atLeast - 10 ** -decimals);
    return { atLeast, below, isLowest: below === sorted[0], share: 1 - firstFrom(sorted, atLeast) / sorted.length };
  });
}

function quantiles(sorted: Float64Array, parts: number): number[] {
  const steps = new Set<number>();
  for (let part = 1; part < parts; part++) {
    const value = sorted[Math.floor((sorted.length * part) / parts)] ?? 0;
    steps.add(value);
    const above = firstAbove(sorted, value);
    const next = sorted[above];
    const isCommon = above - firstFrom(sorted, value) >= sorted.length / parts;
    if (isCommon && next !== undefined) steps.add(next);
  }
  const lowest = sorted[0] ?? 0;
  return [...steps].filter((step) => step > lowest).sort((one, other) => one - other);
}

/** Moves each to a round number, by an eighth of the way to its neighbours at most: 1,428 becomes 1,400, but 2019 stays. */
function rounded(steps: readonly number[], sorted: Float64Array, decimals: number): number[] {
  return steps.map((step, place) => {
    const below = steps[place - 1] ?? sorted[0] ?? step;
    const above = steps[place + 1] ?? sorted.at(-1) ?? step;
    const room = Math.min(step - below, above > step ? above - step : Number.POSITIVE_INFINITY) / 4;
    const power = 10 ** Math.floor(Math.log10(room));
    const grain = 5 * power <= room ? 5 * power : power;
    // With no more digits than they have.
    return grain < 10 ** -decimals ? step : cut(Math.round(step / grain) * grain);
  });
}

/** Leaves out steps between which too few leads lie. */
function withEnough(steps: readonly number[], sorted: Float64Array, least: number): number[] {
  const kept: number[] = [];
  let from = 0;
  for (const step of steps) {
    const place = firstFrom(sorted, step);
    if (place - from < least || sorted.length - place < least) continue;
    kept.push(step);
    from = place;
  }
  return kept;
}

/** The place of the first number that is this or more. */
function firstFrom(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? value) >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstAbove(sorted: Float64Array, value: number): number {
  let place = firstFrom(sorted, value);
  while (sorted[place] === value) place += 1;
  return place;
}

const MOST_DECIMALS = 6;

/** How many digits the numbers have behind the point. */
function decimalsIn(sorted: Float64Array): number {
  let decimals = 0;
  for (const value of sorted) {
    while (decimals < MOST_DECIMALS && Number(value.toFixed(decimals)) !== value) decimals += 1;
  }
  return decimals;
}

/** Without what a computer adds in the last digits. */
function cut(value: number): number {
  return Number(value.toPrecision(12));
}
