import { describe, expect, it } from 'vitest';
import { ks } from '../../../../src/analysis/statistics/ks.ts';
import { bestLiftOfTop, liftOfTop } from '../../../../src/analysis/statistics/lift.ts';
import { slowLift } from '../../../support/slow-statistics.ts';
import { leadsCounted, leadsWith, randomLeads, type ScoredLeads } from '../random-leads.ts';

const ksOf = ({ scores, bought }: ScoredLeads) => ks(scores, bought);
const liftOf = ({ scores, bought }: ScoredLeads, share: number) => liftOfTop(scores, bought, share);

/** Both distribution functions at every score, each counted anew. */
function slowKs({ scores, bought }: ScoredLeads): number {
  const shareUpTo = (outcome: number, score: number) => {
    const group = [...scores].filter((_, lead) => bought[lead] === outcome);
    return group.filter((each) => each <= score).length / group.length;
  };
  return Math.max(...[...scores].map((score) => Math.abs(shareUpTo(1, score) - shareUpTo(0, score))));
}

describe('the statistic of Kolmogorov and Smirnov', () => {
  it('is the widest gap between buyers and others', () => {
    expect(ksOf(leadsWith([3, 4], [1, 2]))).toBe(1);
    expect(ksOf(leadsWith([1, 3], [1, 3]))).toBe(0);
    // Up to 2: one of four buyers, three of four others.
    expect(ksOf(leadsWith([2, 3, 4, 5], [1, 1, 2, 5]))).toBe(0.5);
  });

  it('looks only between scores, never among leads with the same', () => {
    expect(ksOf(leadsWith([5, 5, 5], [5, 5]))).toBe(0);
  });

  it('is 350/864 for the arthritis patients of SAS, PROC NPAR1WAY, example 1 (D = 0.405093)', () => {
    const arthritis = leadsCounted([1, 2, 3, 4, 5], [5, 1, 5, 11, 5], [12, 7, 7, 4, 2]);
    expect(ksOf(arthritis)).toBeCloseTo(0.405093, 6);
  });

  it('agrees with counting at every score anew', () => {
    for (let seed = 1; seed <= 15; seed += 1) {
      const leads = randomLeads(seed, { count: 20 + seed * 5 });
      expect(ksOf(leads)).toBeCloseTo(slowKs(leads), 12);
    }
  });

  it('is not known where nobody bought', () => {
    expect(ksOf(leadsWith([], [1]))).toBeNaN();
  });
});

describe('the lift', () => {
  it('is the rate of the best against the rate of all', () => {
    // Of the best two of ten both bought, of all four: 100% against 40%.
    expect(liftOf(leadsWith([10, 9, 3, 1], [8, 7, 6, 5, 4, 2]), 0.2)).toBeCloseTo(2.5, 12);
  });

  it('is that of the mailing of the University of Regina, CS 831, "Cumulative Gains and Lift Charts", problem 1: 3 for the best tenth', () => {
    // There 100,000 people of whom 20,000 answer: by tenths 6,000, 4,000, 3,000 and so on.
    const answers = [2, 4, 6, 8, 10, 12, 28, 30, 40, 60];
    const mailing = leadsCounted(
      [...answers.keys()],
      answers,
      answers.map((count) => 100 - count),
    );
    expect(liftOf(mailing, 0.1)).toBeCloseTo(3, 12);
    expect(liftOf(mailing, 0.2)).toBeCloseTo(10_000 / 20_000 / 0.2, 12);
    expect(liftOf(mailing, 0.5)).toBeCloseTo(17_000 / 20_000 / 0.5, 12);
  });

  it('shares leads with the same score fairly', () => {
    // The best two of ten: the one with 9, who bought, and one of the four with 8, two of whom bought: 1.5 of 2 against 4 of 10.
    const leads = leadsWith([9, 8, 8, 1], [8, 8, 3, 3, 2, 1]);
    expect(liftOf(leads, 0.2)).toBeCloseTo(1.875, 12);
    expect(liftOfTop(leads.scores.toReversed(), leads.bought.toReversed(), 0.2)).toBeCloseTo(1.875, 12);
  });

  it('is 1 where all have the same score, and of all leads', () => {
    expect(liftOf(leadsWith([5, 5], [5, 5, 5, 5, 5, 5]), 0.1)).toBeCloseTo(1, 12);
    expect(liftOf(randomLeads(2), 1)).toBeCloseTo(1, 12);
  });

  it('takes a part of a lead where a tenth is no whole number of leads', () => {
    // Half a lead of five, and it bought; of all, one of five.
    expect(liftOf(leadsWith([9], [1, 2, 3, 4]), 0.1)).toBeCloseTo(5, 12);
  });

  it('agrees with taking leads one by one', () => {
    for (let seed = 1; seed <= 15; seed += 1) {
      const leads = randomLeads(seed, { count: 30 + seed * 7 });
      for (const share of [0.1, 0.2, 0.37])
        expect(liftOf(leads, share)).toBeCloseTo(slowLift(leads.scores, leads.bought, share), 10);
    }
  });

  it('cannot be better than the base rate lets it be', () => {
    expect(bestLiftOfTop(0.4, 0.1)).toBe(2.5);
    expect(bestLiftOfTop(0.02, 0.1)).toBe(10);
    const perfect = leadsWith([9, 9, 9, 9], [1, 1, 1, 1, 1, 1]);
    expect(liftOf(perfect, 0.1)).toBeCloseTo(bestLiftOfTop(0.4, 0.1), 12);
  });
});
