import { describe, expect, it } from 'vitest';
import { gatesFor } from '../../../src/analysis/gates.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';
import { thresholdFor } from '../../../src/analysis/thresholds.ts';

const WEEK = 7 * 86_400_000;
const FROM = Date.UTC(2026, 0, 5);

/** Ten leads over two weeks, the best last but one. */
const few = {
  scores: Float64Array.of(0, 10, 10, 20, 20, 20, 30, 30, 40, -5),
  bought: Uint8Array.of(0, 0, 1, 0, 1, 0, 1, 1, 1, 0),
  at: Float64Array.from({ length: 10 }, (_, lead) => FROM + (lead / 9) * 2 * WEEK),
};

describe('a threshold', () => {
  it('gives sales so many leads a week and no more, all of a score or none', () => {
    expect(thresholdFor({ leadsAWeek: 2 }, few.scores, few)).toEqual({
      from: 30,
      leads: 3,
      buyers: 3,
      shareOfBuyers: 0.6,
      leadsAWeek: 1.5,
      meetsAim: true,
    });
    expect(thresholdFor({ leadsAWeek: 3 }, few.scores, few)).toMatchObject({ from: 20, leads: 6, leadsAWeek: 3 });
  });

  it('finds so large a share of the buyers, with as few leads as it takes', () => {
    expect(thresholdFor({ shareOfBuyers: 0.6 }, few.scores, few)).toMatchObject({ from: 30, leads: 3, buyers: 3 });
    expect(thresholdFor({ shareOfBuyers: 0.7 }, few.scores, few)).toMatchObject({ from: 20, leads: 6, buyers: 4 });
    expect(thresholdFor({ shareOfBuyers: 1 }, few.scores, few)).toMatchObject({ from: 10, leads: 8, buyers: 5 });
  });

  it('comes as near as it can where the best score alone is too many', () => {
    expect(thresholdFor({ leadsAWeek: 0.25 }, few.scores, few)).toMatchObject({ from: 40, leads: 1, meetsAim: false });
  });

  it('may lie below 0', () => {
    const scores = Float64Array.of(-10, -5, -20, -20);
    const outcomes = { bought: Uint8Array.of(1, 1, 0, 0), at: new Float64Array(4) };
    expect(thresholdFor({ shareOfBuyers: 1 }, scores, outcomes)).toMatchObject({ from: -10, leads: 2 });
  });

  it('goes by how many leads come a week where that is known', () => {
    expect(thresholdFor({ leadsAWeek: 3 }, few.scores, { ...few, perWeek: 10 })).toMatchObject({
      from: 30,
      leads: 3,
      leadsAWeek: 3,
    });
  });

  it('cannot tell leads a week without times, and tells a share of buyers all the same', () => {
    const timeless = { ...few, at: new Float64Array(10).fill(Number.NaN) };
    expect(() => thresholdFor({ leadsAWeek: 2 }, few.scores, timeless)).toThrow('does not say when its leads were');
    expect(thresholdFor({ shareOfBuyers: 0.6 }, few.scores, timeless)).toMatchObject({
      from: 30,
      leadsAWeek: undefined,
    });
  });
});

describe('gates', () => {
  const random = seededRandom(1);
  const leads = 300;
  const points = () => new Float64Array(leads).map(() => 5 * Math.floor(random() * 14 - 5));
  const scores = { fit: points(), engagement: points() };
  const outOfFold = { fit: points(), engagement: points() };
  const history = {
    bought: Uint8Array.from(scores.fit, (fit, lead) =>
      random() < 0.1 + 0.006 * Math.max(0, fit + scores.engagement[lead]!) ? 1 : 0,
    ),
    at: Float64Array.from({ length: leads }, (_, lead) => FROM + (lead / (leads - 1)) * 10 * WEEK),
  };
  const buyers = history.bought.reduce((sum, one) => sum + one, 0);

  /** Every pair, tried one after the other. */
  function best(
    isAllowed: (leads: number, buyers: number) => boolean,
    isBetter: (one: number[], other: number[]) => boolean,
  ) {
    let found = [0, 0];
    let isFirst = true;
    for (let fit = -25; fit <= 40; fit += 5) {
      for (let engagement = -25; engagement <= 40; engagement += 5) {
        const passing = [...scores.fit.keys()].filter(
          (lead) => scores.fit[lead]! >= fit && scores.engagement[lead]! >= engagement,
        );
        const counts = [passing.length, passing.filter((lead) => history.bought[lead] === 1).length];
        if (!isAllowed(counts[0]!, counts[1]!)) continue;
        if (isFirst || isBetter(counts, found)) found = counts;
        isFirst = false;
      }
    }
    return { leads: found[0], buyers: found[1] };
  }

  it.each([2, 5, 12])('for %i leads a week find more buyers than any other pair', (leadsAWeek) => {
    const gates = gatesFor({ leadsAWeek }, { scores, outOfFold }, history);
    const wanted = best(
      (count) => count / 10 <= leadsAWeek,
      ([leads, bought], [most, mostBought]) => bought! > mostBought! || (bought === mostBought && leads! < most!),
    );
    expect(gates).toMatchObject({ ...wanted, meetsAim: true });
    expect(gates.leadsAWeek).toBeLessThanOrEqual(leadsAWeek);
  });

  it.each([0.2, 0.5, 0.9])('for %f of the buyers give sales fewer leads than any other pair', (shareOfBuyers) => {
    const gates = gatesFor({ shareOfBuyers }, { scores, outOfFold }, history);
    const wanted = best(
      (_, bought) => bought / buyers >= shareOfBuyers,
      ([leads, bought], [least, most]) => leads! < least! || (leads === least && bought! > most!),
    );
    expect(gates).toMatchObject({ ...wanted, meetsAim: true });
  });

  it('tell what to expect of leads that were not learnt from', () => {
    const { fit, engagement, base, expected } = gatesFor({ shareOfBuyers: 0.3 }, { scores, outOfFold }, history);
    const passing = [...outOfFold.fit.keys()].filter(
      (lead) => outOfFold.fit[lead]! + base.fit >= fit && outOfFold.engagement[lead]! + base.engagement >= engagement,
    );
    expect(expected.leads).toBe(passing.length);
  });

  it('say so where not even the best few are few enough', () => {
    expect(gatesFor({ leadsAWeek: 0.01 }, { scores, outOfFold }, history)).toMatchObject({ meetsAim: false });
  });

  it('leave a dimension open that does not help, with base points where leads lie below 0', () => {
    const none = new Float64Array(few.scores.length);
    const one = { fit: few.scores, engagement: none };
    const gates = gatesFor({ shareOfBuyers: 0.6 }, { scores: one, outOfFold: one }, few);
    expect(gates).toMatchObject({ fit: 30, engagement: 0, base: { fit: 0, engagement: 0 }, leads: 3, meetsAim: true });
    const other = { fit: few.scores, engagement: few.scores.map((_, lead) => (lead % 2 === 0 ? -10 : 0)) };
    const open = gatesFor({ shareOfBuyers: 1 }, { scores: other, outOfFold: other }, few);
    expect(open).toMatchObject({ fit: 10, engagement: 5, base: { fit: 0, engagement: 15 }, leads: 8, meetsAim: true });
  });
});
