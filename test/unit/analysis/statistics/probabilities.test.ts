import { describe, expect, it } from 'vitest';
import { brier } from '../../../../src/analysis/statistics/brier.ts';
import { calibration } from '../../../../src/analysis/statistics/calibration.ts';
import { plattScaling, probabilities, scaled } from '../../../../src/analysis/statistics/platt-scaling.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';
import { smallLogistic } from '../../../../src/analysis/statistics/small-logistic.ts';
import { leadsWith, randomLeads } from '../random-leads.ts';

const fitted = (numbers: readonly (readonly number[])[], hits: readonly number[]) => {
  const { slopes, ...fit } = smallLogistic({
    numbers: numbers.map((number) => Float64Array.from(number)),
    leads: new Float64Array(hits.length).fill(1),
    hits: Float64Array.from(hits),
  });
  return { ...fit, slopes, slope: slopes[0] ?? Number.NaN };
};
const lineThrough = (points: readonly number[], hits: readonly number[]) => fitted([points], hits);

describe('a logistic line', () => {
  it('is that of the example of Wikipedia, "Logistic regression": hours of study and who passed', () => {
    const hours = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5];
    const passed = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1];
    const { intercept, slope, errors, converged } = lineThrough(hours, passed);
    expect(converged).toBe(true);
    expect(errors[0]).toBeCloseTo(0.6287, 4);
    expect(intercept).toBeCloseTo(-4.077713, 5);
    expect(slope).toBeCloseTo(1.504645, 5);
  });

  it('of two groups goes through their odds', () => {
    // One of four at 0, three of four at 10: odds from 1:3 to 3:1.
    const { intercept, slope } = lineThrough([0, 0, 0, 0, 10, 10, 10, 10], [1, 0, 0, 0, 1, 1, 1, 0]);
    expect(intercept).toBeCloseTo(-Math.log(3), 8);
    expect(slope).toBeCloseTo(Math.log(9) / 10, 8);
  });

  it('does not mind how large points are, nor where they begin', () => {
    const { scores, bought } = randomLeads(11);
    const plain = lineThrough([...scores], [...bought]);
    const stretched = lineThrough(
      [...scores].map((score) => 1_000_000 + 1_000 * score),
      [...bought],
    );
    expect(stretched.slope * 1_000).toBeCloseTo(plain.slope, 6);
    expect((stretched.errors[0] ?? 0) * 1_000).toBeCloseTo(plain.errors[0] ?? 0, 6);
  });

  it('is flat where all have the same points', () => {
    const { intercept, slope, converged } = lineThrough([5, 5, 5, 5], [1, 0, 0, 0]);
    expect([slope, converged]).toEqual([0, true]);
    expect(intercept).toBeCloseTo(-Math.log(3), 8);
  });

  it('says that there is none where points part buyers and others cleanly', () => {
    expect(lineThrough([1, 2, 3, 4], [0, 0, 1, 1]).converged).toBe(false);
  });

  it('agrees with a search that knows nothing of slopes, of one number and of two', () => {
    const { scores, bought } = randomLeads(13, { count: 120 });
    const random = seededRandom(14);
    const other = [...scores].map((score) => (random() < score / 20 ? 1 : 0));
    const one = lineThrough([...scores], [...bought]);
    const [intercept, slope] = climb(2, (at) => lossOf(at, [[...scores]], [...bought]));
    expect(one.intercept).toBeCloseTo(intercept ?? 0, 4);
    expect(one.slope).toBeCloseTo(slope ?? 0, 4);
    const two = fitted([[...scores], other], [...bought]);
    const found = climb(3, (at) => lossOf(at, [[...scores], other], [...bought]));
    expect(two.converged).toBe(true);
    for (const [place, each] of [two.intercept, ...two.slopes].entries())
      expect(each).toBeCloseTo(found[place] ?? 0, 3);
  });
});

function lossOf(
  [intercept = 0, ...slopes]: readonly number[],
  numbers: readonly (readonly number[])[],
  hits: readonly number[],
): number {
  return hits.reduce((sum, hit, row) => {
    const logOdds = slopes.reduce((total, slope, place) => total + slope * (numbers[place]?.[row] ?? 0), intercept);
    return sum + Math.log1p(Math.exp(hit === 1 ? -logOdds : logOdds));
  }, 0);
}

/** Goes wherever around it the loss is lower, in ever smaller steps. */
function climb(width: number, loss: (at: readonly number[]) => number): readonly number[] {
  const around = Array.from({ length: 3 ** width }, (_, code) =>
    Array.from({ length: width }, (__, place) => (Math.floor(code / 3 ** place) % 3) - 1),
  );
  let best = { at: Array.from({ length: width }, () => 0), loss: loss(new Array(width).fill(0)) };
  for (let step = 1; step > 1e-6; ) {
    const tried = around
      .map((way) => best.at.map((each, place) => each + step * (way[place] ?? 0)))
      .map((at) => ({ at, loss: loss(at) }));
    const better = tried.reduce((one, other) => (other.loss < one.loss ? other : one));
    if (better.loss < best.loss) best = better;
    else step /= 2;
  }
  return best.at;
}

describe('points as probabilities', () => {
  it('are those of Platt as LibSVM computes them, by the example in the tests of scikit-learn', () => {
    // There the line is 1 / (1 + exp(A f + B)), with the signs turned round.
    const { scores, bought } = leadsWith([5], [-4, 1]);
    const { intercept, slope } = plattScaling(scores, bought);
    expect(slope).toBeCloseTo(0.20261354391187855, 5);
    expect(intercept).toBeCloseTo(-0.65236314980010512, 5);
  });

  it('claim no certainty, though points part a few leads cleanly', () => {
    const { scores, bought } = leadsWith([8, 9], [1, 2, 3]);
    const found = probabilities(scores, bought);
    expect(Math.max(...found)).toBeLessThan(0.95);
    expect(Math.min(...found)).toBeGreaterThan(0.05);
  });

  it('are learned from some leads and used on others', () => {
    const { scores, bought } = randomLeads(17);
    const line = plattScaling(scores, bought);
    expect([...scaled(line, Float64Array.of(0))]).toEqual([1 / (1 + Math.exp(-line.intercept))]);
    expect(probabilities(scores, bought)).toEqual(scaled(line, scores));
  });

  it('add up to about as many buyers as there are', () => {
    const { scores, bought } = randomLeads(19, { count: 1_000 });
    const expected = probabilities(scores, bought).reduce((sum, each) => sum + each, 0);
    expect(expected / bought.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 2);
  });
});

describe('the score of Brier', () => {
  it('is that of the example of Statology, "What is a Brier Score?": four days of rain', () => {
    expect(brier(Float64Array.of(0.27, 0.67, 0.83, 0.9), Uint8Array.of(1, 1, 0, 1))).toBeCloseTo(0.335175, 12);
  });

  it('is by hand a mean of squares', () => {
    // Sure and right, half sure, sure and wrong: 0, 0.25 and 1.
    expect(brier(Float64Array.of(1, 0.5, 0), Uint8Array.of(1, 0, 1))).toBeCloseTo(1.25 / 3, 12);
  });

  it('agrees on random leads with its three parts (Murphy, Journal of Applied Meteorology 12, 1973), forecast by forecast', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const { scores, bought } = randomLeads(seed, { count: 100 + seed });
      const given = scores.map((score) => (score + 1) / 14);
      const rateOf = (leads: readonly number[]) => leads.filter((lead) => bought[lead] === 1).length / leads.length;
      const all = [...bought.keys()];
      const baseRate = rateOf(all);
      const parts = [...new Set(given)].map((chance) => {
        const leads = all.filter((lead) => given[lead] === chance);
        const rate = rateOf(leads);
        return (leads.length * ((chance - rate) ** 2 - (rate - baseRate) ** 2)) / all.length;
      });
      const expected = parts.reduce((sum, part) => sum + part, baseRate * (1 - baseRate));
      expect(brier(given, bought)).toBeCloseTo(expected, 12);
    }
  });

  it('of the base rate is its variance', () => {
    const bought = Uint8Array.of(1, 0, 0, 0, 0);
    expect(brier(new Float64Array(5).fill(0.2), bought)).toBeCloseTo(0.2 * 0.8, 12);
  });
});

describe('a calibration table', () => {
  it('holds what was expected against what came', () => {
    const given = Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.8, 0.9);
    expect(calibration(given, Uint8Array.of(0, 0, 1, 0, 1, 1), 2)).toMatchObject([
      { leads: 4, buyers: 1, expected: expect.closeTo(0.1, 10), observed: 0.25 },
      { leads: 2, buyers: 2, expected: expect.closeTo(0.85, 10), observed: 1, high: 1 },
    ]);
  });

  it('never parts leads with the same probability, whatever their order', () => {
    const { scores, bought } = randomLeads(23, { count: 500, scores: 4 });
    const given = scores.map((score) => score / 10);
    const rows = calibration(given, bought, 10);
    expect(rows.map(({ leads }) => leads)).toEqual(
      [0, 1, 2, 3].map((score) => scores.filter((one) => one === score).length),
    );
    expect(calibration(given.toReversed(), bought.toReversed(), 10)).toEqual(rows);
  });

  it('has all leads once, in rows of about the same size', () => {
    const { scores, bought } = randomLeads(29, { count: 2_000, scores: 1_000 });
    const rows = calibration(
      scores.map((score) => score / 1_000),
      bought,
      10,
    );
    expect(rows).toHaveLength(10);
    expect(rows.reduce((sum, { leads }) => sum + leads, 0)).toBe(2_000);
    for (const { leads, low, high, observed } of rows) {
      expect(Math.abs(leads - 200)).toBeLessThan(10);
      expect(low).toBeLessThanOrEqual(observed);
      expect(high).toBeGreaterThanOrEqual(observed);
    }
  });
});
