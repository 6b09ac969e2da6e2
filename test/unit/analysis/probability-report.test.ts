import { describe, expect, it } from 'vitest';
import { probabilityReport } from '../../../src/analysis/probability-report.ts';
import { splitToJudge } from '../../../src/analysis/split-to-judge.ts';
import { plattScaling } from '../../../src/analysis/statistics/platt-scaling.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';
import { timeCut } from '../../../src/analysis/time-cut.ts';
import { randomLeads } from './random-leads.ts';

const DAY = 86_400_000;
const timesOf = (count: number, at: (lead: number) => number) =>
  Float64Array.from({ length: count }, (_, lead) => at(lead));

describe('the time that parts earlier from later leads', () => {
  it('has 70 of 100 before it, in whatever order they come', () => {
    const times = timesOf(100, (lead) => ((lead * 37) % 100) * DAY);
    const cut = timeCut(times);
    expect(times.filter((time) => time < (cut ?? 0))).toHaveLength(70);
  });

  it('keeps leads of one time together', () => {
    // 40 of day 1, 35 of day 2, 25 of day 3: the cut nearest to 70 is after 75.
    const times = timesOf(100, (lead) => (lead < 40 ? 1 : lead < 75 ? 2 : 3) * DAY);
    expect(timeCut(times)).toBe(3 * DAY);
  });

  it('is none where most leads have the same time, or too many have none', () => {
    expect(timeCut(timesOf(100, () => DAY))).toBeUndefined();
    expect(timeCut(timesOf(100, (lead) => (lead < 96 ? DAY : lead * DAY)))).toBeUndefined();
    expect(timeCut(timesOf(100, (lead) => (lead < 20 ? Number.NaN : lead * DAY)))).toBeUndefined();
    expect(timeCut(timesOf(100, (lead) => (lead < 5 ? Number.NaN : lead * DAY)))).toBeDefined();
    expect(timeCut(new Float64Array(0))).toBeUndefined();
  });
});

describe('which leads judge a probability', () => {
  const { scores, bought } = randomLeads(71, { count: 1_000 });

  it('are the later ones, and those without a time do neither', () => {
    const at = timesOf(1_000, (lead) => (lead < 50 ? Number.NaN : lead * DAY));
    const split = splitToJudge({ bought, at }, seededRandom(1));
    expect(split).toMatchObject({ by: 'time', judgedFrom: 715 * DAY });
    expect([split.fitted[0], split.fitted.at(-1)]).toEqual([50, 714]);
    expect([split.judged[0], split.judged.at(-1)]).toEqual([715, 999]);
  });

  it('are picked blindly where no time is known, with their share of buyers', () => {
    const at = timesOf(1_000, () => Number.NaN);
    const { by, fitted, judged } = splitToJudge({ bought, at }, seededRandom(1));
    const buyersIn = (leads: Uint32Array) => leads.filter((lead) => bought[lead] === 1).length;
    expect(by).toBe('chance');
    expect([...fitted, ...judged].sort((one, other) => one - other)).toEqual([...bought.keys()]);
    expect(judged).toHaveLength(300);
    expect(buyersIn(judged) / 300).toBeCloseTo(buyersIn(fitted) / 700, 1);
  });

  it('are picked blindly where hardly any of the later ones has bought yet', () => {
    const young = bought.map((each, lead) => (lead < 700 ? each : 0));
    expect(splitToJudge({ bought: young, at: timesOf(1_000, (lead) => lead) }, seededRandom(1)).by).toBe('chance');
  });

  it('judge a line that was fitted without them', () => {
    const at = timesOf(1_000, (lead) => lead * DAY);
    const report = probabilityReport({ bought, at }, scores, seededRandom(1));
    const line = plattScaling(scores.slice(0, 700), bought.slice(0, 700));
    expect(report).toMatchObject({
      by: 'time',
      fitted: 700,
      judged: 300,
      intercept: line.intercept,
      slope: line.slope,
    });
    expect(report.calibration.reduce((sum, { leads }) => sum + leads, 0)).toBe(300);
    expect(report.brier).toBeLessThan(report.brierOfBaseRate);
    const rate = bought.slice(0, 700).reduce((sum, each) => sum + each, 0) / 700;
    const later = bought.slice(700).reduce((sum, each) => sum + each, 0) / 300;
    expect(report.brierOfBaseRate).toBeCloseTo(later * (1 - rate) ** 2 + (1 - later) * rate ** 2, 12);
  });
});
