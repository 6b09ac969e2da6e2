import { describe, expect, it } from 'vitest';
import { auc } from '../../../../src/analysis/statistics/auc.ts';
import { compareAucs } from '../../../../src/analysis/statistics/compare-aucs.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';
import { slowComparison } from '../../../support/slow-statistics.ts';
import { leadsWith, randomLeads } from '../random-leads.ts';

/**
 * Albumin, total protein, K-G score and outcome of the patients of DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988), as in SAS/STAT
 * 9.22, example 51.8 of PROC LOGISTIC, "Comparing Receiver Operating Characteristic Curves".
 */
const PATIENTS = `
3.0 5.8 10 0   3.2 6.3  5 1   3.9 6.8  3 1   2.8 4.8  6 0   3.2 5.8  3 1   0.9 4.0  5 0   2.5 5.7  8 0   1.6 5.6  5 1
3.8 5.7  5 1   3.7 6.7  6 1   3.2 5.4  4 1   3.8 6.6  6 1   4.1 6.6  5 1   3.6 5.7  5 1   4.3 7.0  4 1   3.6 6.7  4 0
2.3 4.4  6 1   4.2 7.6  4 0   4.0 6.6  6 0   3.5 5.8  6 1   3.8 6.8  7 1   3.0 4.7  8 0   4.5 7.4  5 1   3.7 7.4  5 1
3.1 6.6  6 1   4.1 8.2  6 1   4.3 7.0  5 1   4.3 6.5  4 1   3.2 5.1  5 1   2.6 4.7  6 1   3.3 6.8  6 0   1.7 4.0  7 0
3.7 6.1  5 1   3.3 6.3  7 1   4.2 7.7  6 1   3.5 6.2  5 1   2.9 5.7  9 0   2.1 4.8  7 1   2.8 6.2  8 0   4.0 7.0  7 1
3.3 5.7  6 1   3.7 6.9  5 1   3.6 6.6  5 1`;
const cells = PATIENTS.trim().split(/\s+/).map(Number);
const column = (place: number) => Float64Array.from(cells.filter((_, cell) => cell % 4 === place));
const albumin = column(0);
const protein = column(1);
const kg = column(2).map((score) => 10 - score);
const outcome = Uint8Array.from(column(3));

describe('comparing two scores on the same leads', () => {
  it('is what can be reckoned by hand of two buyers and two others', () => {
    // Buyers with 4 and 2, others with 3 and 1: the one beats both, the other one of two; AUC 3/4. The second score ties all: AUC 1/2.
    // By buyer 1 and 1/2 against 1/2 and 1/2, by other 1/2 and 1 likewise: gaps 1/2 and 0, twice, with a variance of 1/8 each.
    const { scores, bought } = leadsWith([4, 2], [3, 1]);
    const { difference, low, high, p } = compareAucs(scores, new Float64Array(4), bought);
    const error = Math.sqrt(1 / 8 / 2 + 1 / 8 / 2);
    expect(difference).toBe(0.25);
    expect(low).toBeCloseTo(0.25 - 1.959964 * error, 6);
    expect(high).toBeCloseTo(0.25 + 1.959964 * error, 6);
    // The difference is 0.7071 errors: 0.4795 by any table of the normal distribution.
    expect(p).toBeCloseTo(0.4795, 4);
  });

  it('finds what DeLong and SAS find for albumin against the K-G score', () => {
    expect(auc(albumin, outcome)).toBeCloseTo(0.7366, 4);
    expect(auc(kg, outcome)).toBeCloseTo(0.7258, 4);
    const { difference, low, high, p } = compareAucs(albumin, kg, outcome);
    expect(difference).toBeCloseTo(0.0108, 4);
    expect(low).toBeCloseTo(-0.1761, 4);
    expect(high).toBeCloseTo(0.1976, 4);
    expect(p).toBeCloseTo(0.9102, 4);
  });

  it('finds what they find for total protein against the K-G score', () => {
    expect(auc(protein, outcome)).toBeCloseTo(0.6478, 4);
    const { difference, low, high, p } = compareAucs(protein, kg, outcome);
    expect(difference).toBeCloseTo(-0.078, 3);
    expect(low).toBeCloseTo(-0.283, 3);
    expect(high).toBeCloseTo(0.1271, 4);
    expect(p).toBeCloseTo(0.4561, 4);
  });

  it('agrees with the formula of the paper taken pair by pair', () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const { scores, bought } = randomLeads(seed, { count: 60 + seed });
      const random = seededRandom(seed + 100);
      const other = scores.map((score) => Math.round(score + random() * 8));
      const { difference, error } = slowComparison(scores, other, bought);
      const found = compareAucs(scores, other, bought);
      expect(found.difference).toBeCloseTo(difference, 10);
      expect(found.high - found.low).toBeCloseTo(2 * 1.959963984540054 * error, 10);
    }
  });

  it('sees no difference between a score and itself, however it is stretched', () => {
    const { scores, bought } = randomLeads(4);
    const same = { difference: 0, low: 0, high: 0, p: 1 };
    expect(compareAucs(scores, scores, bought)).toEqual(same);
    expect(
      compareAucs(
        scores,
        scores.map((score) => Math.exp(score)),
        bought,
      ),
    ).toEqual(same);
  });

  it('turns round with the order of the two', () => {
    const there = compareAucs(albumin, protein, outcome);
    const back = compareAucs(protein, albumin, outcome);
    expect(back.difference).toBeCloseTo(-there.difference, 12);
    expect(back.low).toBeCloseTo(-there.high, 12);
    expect(back.p).toBeCloseTo(there.p, 12);
  });

  it('calls a difference where there is none in about 5 of 100 histories', () => {
    let called = 0;
    const random = seededRandom(21);
    for (let history = 0; history < 400; history += 1) {
      const truth = Float64Array.from({ length: 200 }, () => random());
      const bought = Uint8Array.from(truth, (each) => (random() < each / 2 ? 1 : 0));
      const one = truth.map((each) => each + random());
      const other = truth.map((each) => each + random());
      if (compareAucs(one, other, bought).p < 0.05) called += 1;
    }
    expect(called).toBeGreaterThan(8);
    expect(called).toBeLessThan(36);
  });
});
