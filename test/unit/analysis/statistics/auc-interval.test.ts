import { describe, expect, it } from 'vitest';
import { auc } from '../../../../src/analysis/statistics/auc.ts';
import { aucInterval } from '../../../../src/analysis/statistics/auc-interval.ts';
import { compareAucs } from '../../../../src/analysis/statistics/compare-aucs.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';
import { leadsWith, randomLeads } from '../random-leads.ts';

describe('the interval of an AUC', () => {
  it('is the same for the same seed', () => {
    const { scores, bought } = randomLeads(3);
    const interval = () => aucInterval(scores, bought, seededRandom(1));
    expect(interval()).toEqual(interval());
  });

  it('lies around the AUC, and is as wide as the formula of DeLong says', () => {
    const { scores, bought } = randomLeads(5, { count: 600 });
    const { low, high } = aucInterval(scores, bought, seededRandom(2));
    // Against a score that says nothing, the difference has the error of the AUC itself.
    const formula = compareAucs(scores, new Float64Array(600), bought);
    expect(low).toBeLessThan(auc(scores, bought));
    expect(high).toBeGreaterThan(auc(scores, bought));
    expect((high - low) / (formula.high - formula.low)).toBeCloseTo(1, 1);
  });

  it('holds the true AUC in about 95 of 100 histories', () => {
    // Of scores 0 to 9 with these rates, the AUC of endlessly many leads is known.
    const rate = (score: number) => 0.1 + 0.05 * score;
    const all = Array.from({ length: 10 }, (_, score) => score);
    const pairs = all.flatMap((one) => all.map((other) => ({ one, other, weight: rate(one) * (1 - rate(other)) })));
    const sum = (of: typeof pairs) => of.reduce((total, { weight }) => total + weight, 0);
    const wins =
      sum(pairs.filter(({ one, other }) => one > other)) + sum(pairs.filter(({ one, other }) => one === other)) / 2;
    const truth = wins / sum(pairs);
    let held = 0;
    const random = seededRandom(9);
    for (let history = 0; history < 150; history += 1) {
      const scores = Float64Array.from({ length: 200 }, () => Math.floor(random() * 10));
      const bought = Uint8Array.from(scores, (score) => (random() < rate(score) ? 1 : 0));
      const { low, high } = aucInterval(scores, bought, random, { resamples: 150 });
      if (low <= truth && truth <= high) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(134);
    expect(held).toBeLessThanOrEqual(149);
  });

  it('is not known where nobody bought', () => {
    const { scores, bought } = leadsWith([], [1, 2, 3]);
    expect(aucInterval(scores, bought, seededRandom(1))).toEqual({ low: Number.NaN, high: Number.NaN });
  });
});
