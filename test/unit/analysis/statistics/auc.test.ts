import { describe, expect, it } from 'vitest';
import { auc } from '../../../../src/analysis/statistics/auc.ts';
import { slowAuc } from '../../../support/slow-statistics.ts';
import { leadsCounted, leadsWith, randomLeads, type ScoredLeads } from '../random-leads.ts';

const aucOf = ({ scores, bought }: ScoredLeads) => auc(scores, bought);

describe('the AUC', () => {
  it('is the share of pairs that stand in the right order', () => {
    expect(aucOf(leadsWith([30, 20], [10, 5]))).toBe(1);
    expect(aucOf(leadsWith([5, 10], [20, 30]))).toBe(0);
    expect(aucOf(leadsWith([30, 10], [20]))).toBe(0.5);
  });

  it('counts half a pair that is tied', () => {
    expect(aucOf(leadsWith([3, 2], [1, 2]))).toBe(3.5 / 4);
    expect(aucOf(leadsWith([7, 7, 7], [7, 7]))).toBe(0.5);
    expect(aucOf(leadsWith([0], [-0]))).toBe(0.5);
  });

  it('is that of the CT images of Hanley and McNeil (Radiology 143, 1982, table I): 0.893', () => {
    const images = leadsCounted([1, 2, 3, 4, 5], [3, 2, 2, 11, 33], [33, 6, 6, 11, 2]);
    expect(aucOf(images)).toBeCloseTo(0.893, 3);
  });

  it('follows from the rank sum of 999 that SAS gives in example 1 of PROC NPAR1WAY, ties and all', () => {
    const [active, placebo] = [27, 32];
    const arthritis = leadsCounted([1, 2, 3, 4, 5], [5, 1, 5, 11, 5], [12, 7, 7, 4, 2]);
    expect(aucOf(arthritis)).toBeCloseTo((999 - (active * (active + 1)) / 2) / (active * placebo), 12);
  });

  it('agrees with counting every pair, whatever the leads', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const leads = randomLeads(seed, { count: 10 + seed * 3, scores: 1 + (seed % 15) });
      expect(aucOf(leads)).toBeCloseTo(slowAuc(leads.scores, leads.bought), 12);
    }
  });

  it('does not depend on the order of the leads', () => {
    const { scores, bought } = randomLeads(7);
    expect(auc(scores.toReversed(), bought.toReversed())).toBe(auc(scores, bought));
  });

  it('is not known where nobody bought, or everybody did', () => {
    expect(aucOf(leadsWith([], [1, 2]))).toBeNaN();
    expect(aucOf(leadsWith([1, 2], []))).toBeNaN();
  });

  it('is refused for a lead without a score, which would have to stand somewhere', () => {
    expect(() => aucOf(leadsWith([1, Number.NaN], [0]))).toThrow('A lead has no score');
    expect(() => auc(new Float64Array(3), new Uint8Array(2))).toThrow('3 scores for 2 leads');
  });
});
