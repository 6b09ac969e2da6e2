import { describe, expect, it } from 'vitest';
import { type BacktestOptions, backtest } from '../../../src/analysis/backtest.ts';
import { auc } from '../../../src/analysis/statistics/auc.ts';
import { ks } from '../../../src/analysis/statistics/ks.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';
import { ConfigError } from '../../../src/base/errors.ts';
import { historyOf, leadsCounted, randomLeads, type ScoredLeads } from './random-leads.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

function tested(
  { scores, bought }: ScoredLeads,
  at?: (lead: number) => number,
  options: Partial<BacktestOptions> = {},
) {
  return backtest(historyOf(bought, [], at), scores, { random: seededRandom(1), resamples: 200, ...options });
}

/** Honest leads: 3,000, of whom three in ten bought, over 500 days. */
const good = randomLeads(81, { count: 3_000, scores: 50, pull: 0.8 });
const daily = (lead: number) => START + Math.floor(lead / 6) * DAY;

describe('a backtest', () => {
  const report = tested(good, daily, {
    sent: Uint8Array.from(good.scores, (score) => (score >= 40 ? 1 : 0)),
    grades: Array.from(good.scores, (score) => (score >= 25 ? 'A1' : 'D4')),
  });

  it('says how good a score is, with the base rate to hold it against', () => {
    const buyers = good.bought.reduce((sum, each) => sum + each, 0);
    expect(report).toMatchObject({
      leads: 3_000,
      buyers,
      baseRate: buyers / 3_000,
      auc: auc(good.scores, good.bought),
      ks: ks(good.scores, good.bought),
      liftTop10Best: 1 / (buyers / 3_000),
      gate: { sent: { leads: good.scores.filter((score) => score >= 40).length } },
      grades: [{ grade: 'A1' }, { grade: 'D4' }],
      probability: { by: 'time', fitted: 2_100, judged: 900 },
      criteria: [],
    });
    expect(report.aucLow).toBeLessThan(report.auc);
    expect(report.aucHigh).toBeGreaterThan(report.auc);
    expect(report.liftTop10).toBeGreaterThan(report.liftTop20);
    expect(report.liftTop20).toBeGreaterThan(1.3);
  });

  it('has nothing to warn of where all is well', () => {
    expect(report.warnings).toEqual([]);
  });

  it('is the same for the same seed, and survives JSON', () => {
    const once = JSON.stringify(tested(good, daily));
    expect(JSON.stringify(tested(good, daily))).toBe(once);
    expect(once).not.toContain('null');
  });

  it('does not depend on the order of the leads, but for what is drawn by chance', () => {
    const turned = tested({ scores: good.scores.toReversed(), bought: good.bought.toReversed() }, (lead) =>
      daily(2_999 - lead),
    );
    const { auc, ks, liftTop10, liftTop20, bands, probability } = report;
    expect(turned).toMatchObject({ auc, ks, liftTop10, liftTop20, bands });
    expect(turned.probability.brier).toBeCloseTo(probability.brier, 12);
    expect(turned.probability.calibration).toEqual(probability.calibration);
  });

  it('is refused with fewer than 50 buyers, and rough with fewer than 120', () => {
    expect(() => tested(leadsCounted([1, 2], [20, 29], [500, 100]))).toThrow(ConfigError);
    expect(tested(leadsCounted([1, 2], [20, 60], [500, 100])).warnings[0]).toContain('Only 80 buyers');
  });
});

describe('what would mislead is said', () => {
  const warningsOf = (leads: ScoredLeads, at?: (lead: number) => number) => tested(leads, at).warnings;

  it('where the score is no better than chance', () => {
    const flat = randomLeads(83, { count: 1_000, scores: 50, pull: 0 });
    expect(warningsOf(flat)).toContainEqual(
      expect.stringMatching(/^The score tells buyers from others no better than chance may: its AUC of 0\.\d{3} could/),
    );
  });

  it('where it is upside down, though its KS looks well', () => {
    const turned = { scores: good.scores.map((score) => -score), bought: good.bought };
    const { warnings, ks: gap } = tested(turned);
    expect(gap).toBeGreaterThan(0.25);
    expect(warnings[0]).toContain('The score is upside down');
  });

  it('where it is too good to be true', () => {
    const knows = {
      scores: good.scores.map((score, lead) => score + 45 * (good.bought[lead] ?? 0)),
      bought: good.bought,
    };
    expect(warningsOf(knows)).toContainEqual(expect.stringContaining('is too good to be true'));
  });

  it('where one of its criteria knows the outcome', () => {
    const history = historyOf(good.bought, [{ id: 'has-tags', points: 10, holds: (lead) => good.bought[lead] === 1 }]);
    const { warnings } = backtest(history, good.scores, { random: seededRandom(1), resamples: 50 });
    expect(warnings[0]).toContain('"has-tags" alone tells a buyer from another lead 100 times in 100');
  });

  it('where most of those at the top have the same score', () => {
    const tied = leadsCounted([0, 10], [60, 240], [1_200, 500]);
    expect(warningsOf(tied)).toEqual([
      '740 leads (37%) have the same score of 10, at which the best tenth ends: the score cannot say who of them belongs to it, ' +
        'and the lift is what picking blindly among them gives.',
    ]);
  });

  it('where leads with more points buy less often', () => {
    const dip = leadsCounted([10, 20, 30, 40], [50, 200, 90, 250], [450, 300, 410, 250]);
    expect(warningsOf(dip)).toContain(
      'Leads with 30 points bought less often (18%) than those with 20 (40%): there, more points do not mean more buyers.',
    );
  });

  it('where most leads of the history bought', () => {
    expect(warningsOf(leadsCounted([1, 2], [200, 400], [300, 100]))).toContainEqual(
      expect.stringContaining('60% of these leads bought.'),
    );
  });

  it('where the later leads have not had the time to buy', () => {
    const young = {
      scores: good.scores,
      bought: good.bought.map((each, lead) => (lead < 2_300 || lead % 3 === 0 ? each : 0)),
    };
    expect(warningsOf(young, daily)).toContainEqual(
      expect.stringMatching(
        /^Of the leads from 2026-12-17 on \d+% bought, of the earlier ones \d+%: the later ones may not have had the time yet/,
      ),
    );
  });

  it('where something changed, and the later ones buy more', () => {
    const grown = {
      scores: good.scores,
      bought: good.bought.map((each, lead) => (lead < 2_000 && lead % 2 === 0 ? 0 : each)),
    };
    expect(warningsOf(grown, daily)).toContainEqual(expect.stringContaining('something has changed'));
  });

  it('where a probability made of it is worth no more than the base rate', () => {
    // It points one way before the cut and the other way after it.
    const turned = {
      scores: good.scores.map((score, lead) => (lead < 2_100 ? score : 50 - score)),
      bought: good.bought,
    };
    expect(warningsOf(turned, daily)).toContainEqual(
      expect.stringMatching(
        /^Turned into a probability, the points are no better on 900 other leads than giving everybody the base rate/,
      ),
    );
  });
});
