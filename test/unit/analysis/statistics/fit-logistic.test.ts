import { describe, expect, it } from 'vitest';
import { type Design, designOf, restrict } from '../../../../src/analysis/statistics/design.ts';
import { standardErrors } from '../../../../src/analysis/statistics/eliminate.ts';
import { fitLogistic } from '../../../../src/analysis/statistics/fit-logistic.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';

/** Leads by what holds for them and whether they bought, so many of each. */
function design(features: number, ...rows: (readonly [holding: number[], bought: 0 | 1, times: number])[]): Design {
  const leads = rows.flatMap(([holding, bought, times]) => Array.from({ length: times }, () => ({ holding, bought })));
  return designOf({
    bought: Uint8Array.from(leads, ({ bought }) => bought),
    leadsOf: Array.from({ length: features }, (_, feature) =>
      Uint32Array.from(leads.flatMap(({ holding }, lead) => (holding.includes(feature) ? lead : []))),
    ),
  });
}

/** The rows of zeros and ones, whole. */
function tableOf({ bought, features, starts, holding }: Design): number[][] {
  return [...bought].map((_, lead) => {
    const row = Array.from({ length: features }, () => 0);
    for (const feature of holding.subarray(starts[lead], starts[lead + 1])) row[feature] = 1;
    return row;
  });
}

function randomDesign(random: () => number, leads: number, features: number): Design {
  const bought = new Uint8Array(leads).map(() => (random() < 0.4 ? 1 : 0));
  const leadsOf = Array.from({ length: features }, () => {
    const share = 0.1 + 0.6 * random();
    const pull = 0.5 * (random() - 0.5);
    return Uint32Array.from([...bought].flatMap((one, lead) => (random() < share + pull * one ? lead : [])));
  });
  return designOf({ bought, leadsOf });
}

interface SlowOptions {
  readonly l2: number;
  readonly signs?: Int8Array;
  readonly offset?: Float64Array;
}

/** The same by small steps up the slope of the likelihood, from a table: slow and obvious. */
function climb(given: Design, { l2, signs, offset }: SlowOptions): { intercept: number; weights: number[] } {
  const table = tableOf(given);
  let intercept = 0;
  let weights = Array.from({ length: given.features }, () => 0);
  const size = 4 / (table.length * (given.features + 1) + 4 * l2);
  for (let step = 0; step < 40_000; step++) {
    const slopes = weights.map((weight) => -l2 * weight);
    let slope = 0;
    for (const [lead, row] of table.entries()) {
      const logOdds = row.reduce((sum, one, at) => sum + one * weights[at]!, intercept + (offset?.[lead] ?? 0));
      const missing = given.bought[lead]! - 1 / (1 + Math.exp(-logOdds));
      slope += missing;
      for (const [at, one] of row.entries()) slopes[at]! += one * missing;
    }
    intercept += size * slope;
    weights = weights.map((weight, at) => {
      const next = weight + size * slopes[at]!;
      return (signs?.[at] ?? 0) * next < 0 ? 0 : next;
    });
    if (Math.abs(slope) + slopes.reduce((sum, one, at) => sum + (weights[at] === 0 ? 0 : Math.abs(one)), 0) < 1e-7)
      break;
  }
  return { intercept, weights };
}

/** Admission to Berkeley in 1973, by department and sex (Bickel, Hammel and O'Connell, Science 187, 1975; `UCBAdmissions` in R). */
const BERKELEY = [
  ['A', 512, 313, 89, 19],
  ['B', 353, 207, 17, 8],
  ['C', 120, 205, 202, 391],
  ['D', 138, 279, 131, 244],
  ['E', 53, 138, 94, 299],
  ['F', 22, 351, 24, 317],
] as const;
const FEMALE = 0;
const berkeley = design(
  6,
  ...BERKELEY.flatMap(([, men, menOut, women, womenOut], place) => {
    const department = place === 0 ? [] : [place];
    return [
      [department, 1, men],
      [department, 0, menOut],
      [[FEMALE, ...department], 1, women],
      [[FEMALE, ...department], 0, womenOut],
    ] as const satisfies (readonly [number[], 0 | 1, number])[];
  }),
);

describe('logistic regression', () => {
  it('agrees with R on who was admitted to Berkeley', () => {
    // summary(glm(Admit == "Admitted" ~ Gender + Dept, binomial, as.data.frame(UCBAdmissions), Freq)), as the manual of GLM.jl prints it.
    const fit = fitLogistic(berkeley, { l2: 0 });
    expect(fit.converged).toBe(true);
    expect(fit.intercept).toBeCloseTo(0.58205, 5);
    const published = [0.09987, -0.0434, -1.2626, -1.29461, -1.73931, -3.30648];
    for (const [feature, weight] of published.entries()) expect(fit.weights[feature]).toBeCloseTo(weight, 5);
    const errors = [0.08085, 0.10984, 0.10663, 0.10582, 0.12611, 0.16998, 0.06899];
    for (const [place, error] of standardErrors(fit).entries()) expect(error).toBeCloseTo(errors[place]!, 5);
  });

  it('gives a table of two by two its log odds, which can be reckoned by hand', () => {
    // 17 of 91 and 32 of 109: ln(17/74), and ln(32/77) - ln(17/74).
    const fit = fitLogistic(design(1, [[], 1, 17], [[], 0, 74], [[0], 1, 32], [[0], 0, 77]), { l2: 0 });
    expect(fit.intercept).toBeCloseTo(-1.470852, 6);
    expect(fit.weights[0]).toBeCloseTo(0.592782, 6);
    expect(standardErrors(fit)[0]).toBeCloseTo(Math.sqrt(1 / 17 + 1 / 74 + 1 / 32 + 1 / 77), 6);
  });

  it.each([1, 2, 3, 4, 5, 6])('ends where climbing by small steps ends (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const given = randomDesign(random, 60, 4);
    const l2 = [0.5, 2, 8][seed % 3]!;
    const signs = Int8Array.from({ length: 4 }, () => Math.floor(random() * 3) - 1);
    const offset = new Float64Array(60).map(() => random() - 0.5);
    for (const options of [{ l2 }, { l2, signs }, { l2, signs, offset }]) {
      const fit = fitLogistic(given, options);
      const slow = climb(given, options);
      expect(fit.converged).toBe(true);
      expect(fit.intercept).toBeCloseTo(slow.intercept, 4);
      for (const [at, weight] of slow.weights.entries()) expect(fit.weights[at]).toBeCloseTo(weight, 4);
    }
  });

  it.each([11, 12, 13, 14])('holds every sign, and holds at 0 only what would go the wrong way (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const given = randomDesign(random, 400, 20);
    const signs = Int8Array.from({ length: 20 }, () => Math.floor(random() * 3) - 1);
    const l2 = 0.1;
    const fit = fitLogistic(given, { l2, signs });
    expect(fit.converged).toBe(true);
    const slopes = slopesAt(given, fit, l2);
    for (const [at, weight] of fit.weights.entries()) {
      expect(signs[at]! * weight).toBeGreaterThanOrEqual(0);
      if (fit.free.includes(at)) expect(slopes[at]).toBeCloseTo(0, 6);
      else expect([weight, signs[at]! * slopes[at]! >= 0]).toEqual([0, true]);
    }
    expect(fit.free.length).toBeLessThan(20);
  });

  it('ends in the same place wherever it begins, to the last digit when it begins in the same', () => {
    const given = randomDesign(seededRandom(7), 300, 10);
    const fit = fitLogistic(given, { l2: 1 });
    const start = { intercept: 3, weights: new Float64Array(10).fill(-2) };
    const other = fitLogistic(given, { l2: 1, start });
    for (const [at, weight] of fit.weights.entries()) expect(other.weights[at]).toBeCloseTo(weight, 6);
    expect(fitLogistic(given, { l2: 1 })).toEqual(fit);
  });

  it('learns from the leads and features that it is given, and from nothing else', () => {
    const given = randomDesign(seededRandom(8), 300, 6);
    const leads = Uint32Array.from({ length: 150 }, (_, place) => 2 * place);
    const features = Uint32Array.of(1, 4);
    const small = fitLogistic(restrict(given, leads, features), { l2: 1 });
    const fit = fitLogistic(given, { l2: 1, leads, features });
    expect([...fit.weights]).toEqual([0, small.weights[0], 0, 0, small.weights[1], 0]);
    expect([...fit.free]).toEqual([1, 4]);
  });

  it('says so where there is no best fit, and finds one as soon as weights cost something', () => {
    const parted = design(1, [[], 0, 20], [[0], 1, 20]);
    expect(fitLogistic(parted, { l2: 0 }).converged).toBe(false);
    const fit = fitLogistic(parted, { l2: 1 });
    expect(fit.converged).toBe(true);
    expect(fit.weights[0]).toBeGreaterThan(2);
  });

  it('gives two features that always come together what one would get, half each', () => {
    const twice = design(2, [[], 1, 10], [[], 0, 30], [[0, 1], 1, 20], [[0, 1], 0, 10]);
    const fit = fitLogistic(twice, { l2: 1e-6 });
    expect(fit.converged).toBe(true);
    expect(fit.weights[0]).toBeCloseTo(Math.log(6) / 2, 4);
    expect(fit.weights[1]).toBeCloseTo(Math.log(6) / 2, 4);
    expect(fitLogistic(twice, { l2: 0 }).weights[0]! * 2).toBeCloseTo(Math.log(6), 2);
  });

  it('of nobody who bought makes a small chance and no error', () => {
    const fit = fitLogistic(design(1, [[], 0, 50], [[0], 0, 50]), { l2: 1 });
    expect(fit.intercept).toBeLessThan(-4);
    expect(Number.isFinite(fit.weights[0])).toBe(true);
  });
});

function slopesAt(
  given: Design,
  { intercept, weights }: { intercept: number; weights: Float64Array },
  l2: number,
): number[] {
  const slopes = [...weights].map((weight) => l2 * weight);
  for (const [lead, row] of tableOf(given).entries()) {
    const logOdds = row.reduce((sum, one, at) => sum + one * weights[at]!, intercept);
    for (const [at, one] of row.entries()) slopes[at]! += one * (1 / (1 + Math.exp(-logOdds)) - given.bought[lead]!);
  }
  return slopes;
}
