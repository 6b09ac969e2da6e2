import { describe, expect, it } from 'vitest';
import { choosePoints } from '../../../src/analysis/choose-points.ts';
import { designOf, upTo } from '../../../src/analysis/statistics/design.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';
import { type Suggestion, suggest } from '../../../src/analysis/suggest.ts';
import { plantedHistory } from './planted.ts';

const LN2 = Math.LN2;
/** +20, +10, -10, -20 and +15 points, among features that say nothing. */
const SIGNALS = [2 * LN2, LN2, -LN2, -2 * LN2, 1.5 * LN2];
const NOISE = Array.from({ length: 12 }, () => 0);

const idsOf = (suggestion: Suggestion) => suggestion.criteria.map(({ feature }) => feature.id);

describe('suggested points', () => {
  it.each([1, 2, 3, 4])(
    'are given to what was planted and not to noise, as many as were planted (seed %i)',
    async (seed) => {
      const history = plantedHistory({ leads: 2_500, weights: [...SIGNALS, ...NOISE], random: seededRandom(seed) });
      const { criteria, leftOut, auc, aucLow, aucHigh } = await suggest(history, {
        random: seededRandom(100 + seed),
        folds: 3,
      });
      expect(criteria.map(({ feature }) => feature.id)).toEqual(SIGNALS.map((_, place) => `feature-${place}`));
      for (const [place, { points, interval }] of criteria.entries()) {
        const planted = (SIGNALS[place]! / LN2) * 10;
        expect(Number.isInteger(points)).toBe(true);
        expect(Math.abs(points - planted)).toBeLessThan(6);
        expect(interval.low).toBeLessThanOrEqual(points);
        expect(interval.high).toBeGreaterThanOrEqual(points);
        expect(interval.low * interval.high).toBeGreaterThan(0);
      }
      expect(leftOut.map(({ why }) => why)).toEqual(NOISE.map(() => 'unsure'));
      expect(auc).toBeGreaterThan(0.7);
      expect(aucLow).toBeLessThan(auc);
      expect(aucHigh).toBeGreaterThan(auc);
    },
  );

  it.each([1, 2, 3])(
    'of nothing but noise are none, and judged as worth nothing: it is chosen within the folds (seed %i)',
    async (seed) => {
      // 40 features on 400 leads: chosen on all of them and judged on the same folds, the best ones would look like a find.
      const weights = Array.from({ length: 40 }, () => 0);
      const history = plantedHistory({ leads: 400, weights, intercept: 0, random: seededRandom(20 + seed) });
      const suggestion = await suggest(history, { random: seededRandom(seed), folds: 4 });
      expect(suggestion.auc).toBeGreaterThan(0.4);
      expect(suggestion.auc).toBeLessThan(0.6);
      expect(suggestion.criteria.length).toBeLessThanOrEqual(1);
      if (suggestion.criteria.length === 0) expect(suggestion.warnings.at(-1)).toContain('Nothing was found');
    },
  );

  it('are chosen by the leads that are learnt from, and by nothing of any other', () => {
    const history = plantedHistory({ leads: 1_200, weights: [1, -1, 0.4, 0.2, 0, 0], random: seededRandom(23) });
    const leads = Uint32Array.from({ length: 900 }, (_, place) => place + Math.floor(place / 3));
    const learn = (bought: Uint8Array) =>
      choosePoints(designOf({ ...history, bought }), history.features, leads, seededRandom(24));
    const turned = history.bought.map((one, lead) => (leads.includes(lead) ? one : 1 - one));
    expect(turned).not.toEqual(history.bought);
    expect(learn(turned)).toEqual(learn(history.bought));
  });

  it('keep the sign that marketing holds, and say so where history says the opposite', async () => {
    const history = plantedHistory({
      leads: 3_000,
      weights: [1, -1, 1],
      random: seededRandom(5),
      more: { 0: { held: 'up', points: 5 }, 1: { held: 'up', points: 5 }, 2: { held: 'down' } },
    });
    const { criteria, leftOut } = await suggest(history, { random: seededRandom(6), folds: 3 });
    expect(criteria.map(({ feature, points }) => [feature.id, points > 0])).toEqual([['feature-0', true]]);
    expect(leftOut.map(({ feature, why }) => [feature.id, why])).toEqual([
      ['feature-1', 'sign'],
      ['feature-2', 'sign'],
    ]);
  });

  it('hardly ever call one of many signs wrong by chance', () => {
    let denied = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const history = plantedHistory({
        leads: 1_000,
        weights: [1, ...Array.from({ length: 40 }, () => 0)],
        random: seededRandom(400 + seed),
      });
      const features = history.features.map((feature) => ({ ...feature, points: 5, held: 'up' as const }));
      const { leftOut } = choosePoints(designOf(history), features, upTo(1_000), seededRandom(seed));
      denied += leftOut.filter((why) => why === 'sign').length;
    }
    // Of 400 that say nothing; each at 5% for itself would be ten.
    expect(denied).toBeLessThanOrEqual(1);
  });

  it('are not given to what holds for hardly anybody, or for nearly all', async () => {
    const weights = [1, 3, -0.2];
    const history = plantedHistory({ leads: 1_000, weights, shares: [0.4, 0.01, 0.985], random: seededRandom(7) });
    const { criteria, leftOut } = await suggest(history, { random: seededRandom(8), folds: 3 });
    expect(criteria.map(({ feature }) => feature.id)).toEqual(['feature-0']);
    expect(leftOut.map(({ feature, why }) => [feature.id, why])).toEqual([
      ['feature-1', 'rare'],
      ['feature-2', 'common'],
    ]);
  });

  it('are not given to what sales did, unless the model gives some', async () => {
    const when = { all: [{ activity: 'sales-email' }, { field: 'country', is: 'France' }] };
    const history = plantedHistory({
      leads: 1_000,
      weights: [2, 2, 2],
      random: seededRandom(31),
      more: { 1: { points: 0, when }, 2: { points: 5, when: { activity: 'meeting' } } },
    });
    const suggestion = await suggest(history, { random: seededRandom(32), folds: 3 });
    expect(idsOf(suggestion)).toEqual(['feature-0', 'feature-2']);
    expect(suggestion.leftOut.map(({ feature, why }) => [feature.id, why])).toEqual([['feature-1', 'sales']]);
  });

  it('of the model’s own criteria ask less certainty than of what was found', async () => {
    const weights = [1, ...Array.from({ length: 8 }, () => 0.26)];
    const found = plantedHistory({ leads: 2_500, weights, random: seededRandom(9) });
    const own = { ...found, features: found.features.map((feature) => ({ ...feature, points: 5 })) };
    const [strict, usual] = [found, own].map((history) => suggest(history, { random: seededRandom(10), folds: 3 }));
    expect(idsOf(await usual!).length).toBeGreaterThan(idsOf(await strict!).length);
  });

  it('count for whom each criterion holds and who of them bought', async () => {
    const history = plantedHistory({ leads: 1_000, weights: [1.5, 0], random: seededRandom(11) });
    const suggestion = await suggest(history, { random: seededRandom(12), folds: 3 });
    const [{ leads, buyers, conversion }] = suggestion.criteria as [Suggestion['criteria'][number]];
    const own = history.leadsOf[0]!;
    expect({ leads, buyers }).toEqual({
      leads: own.length,
      buyers: own.filter((lead) => history.bought[lead] === 1).length,
    });
    expect(conversion.low).toBeLessThan(buyers / leads);
    expect(conversion.high).toBeGreaterThan(buyers / leads);
    expect(suggestion).toMatchObject({
      leads: 1_000,
      buyers: history.bought.reduce((sum, one) => sum + one, 0),
      folds: 3,
    });
  });

  it('add up to the scores of each lead by dimension, and are learnt anew without each part of the leads', async () => {
    const history = plantedHistory({ leads: 1_500, weights: [1.5, 0, -1, 1], random: seededRandom(13) });
    const { criteria, scores, foldModels } = await suggest(history, { random: seededRandom(14), folds: 4 });
    const expected = { fit: new Float64Array(1_500), engagement: new Float64Array(1_500) };
    for (const { feature, points } of criteria) {
      const place = history.features.indexOf(feature);
      for (const lead of history.leadsOf[place]!) expected[feature.dimension][lead]! += points;
    }
    expect(scores).toEqual(expected);
    expect(foldModels).toHaveLength(4);
    expect(foldModels.flatMap(({ tested }) => [...tested]).sort((one, other) => one - other)).toEqual([
      ...history.bought.keys(),
    ]);
    const given = history.features.map((feature) => criteria.find((one) => one.feature === feature)?.points ?? 0);
    const apart = foldModels.flatMap(({ points }) => [...points].map((own, place) => Math.abs(own - given[place]!)));
    expect(Math.max(...apart)).toBeGreaterThan(0);
    expect(Math.max(...apart)).toBeLessThan(8);
  });

  it('are none for what rules leads out, whatever history says of it', async () => {
    const more = { 0: { points: 10, kept: { disqualify: 'too small' } } };
    const history = plantedHistory({ leads: 1_000, weights: [1.5, 1], random: seededRandom(23), more });
    const suggestion = await suggest(history, { random: seededRandom(24), folds: 3 });
    expect(idsOf(suggestion)).toEqual(['feature-1']);
    expect(suggestion.leftOut.map(({ feature, why }) => [feature.id, why])).toEqual([['feature-0', 'disqualify']]);
  });

  it('are the same for the same history and the same chance', async () => {
    const history = plantedHistory({ leads: 800, weights: [1, 0, -1, 0.5, 0], random: seededRandom(15) });
    const [one, other] = [
      suggest(history, { random: seededRandom(16) }),
      suggest(history, { random: seededRandom(16) }),
    ];
    expect(await one).toEqual(await other);
  });

  it('tell how far they are, and stop when they are told to', async () => {
    const history = plantedHistory({ leads: 500, weights: [1, 0], random: seededRandom(17) });
    const told: number[] = [];
    const control = new AbortController();
    const running = suggest(history, {
      random: seededRandom(18),
      folds: 5,
      signal: control.signal,
      onProgress: (done, of) => {
        told.push(done / of);
        if (told.length === 3) control.abort(new Error('enough'));
      },
    });
    await expect(running).rejects.toThrow('enough');
    expect(told).toEqual([0, 1 / 6, 2 / 6]);
  });

  it('are none where there is nothing to look at', async () => {
    const { bought, at } = plantedHistory({ leads: 300, weights: [0], intercept: 0, random: seededRandom(21) });
    const suggestion = await suggest({ bought, at, features: [], leadsOf: [] }, { random: seededRandom(22), folds: 3 });
    expect(suggestion).toMatchObject({ criteria: [], leftOut: [] });
  });

  it('need a history with some who bought and some who did not', async () => {
    const { features } = plantedHistory({ leads: 100, weights: [1], random: seededRandom(19) });
    const leadsOf = [Uint32Array.of(0, 1)];
    const at = new Float64Array(100).fill(Number.NaN);
    for (const outcome of [0, 1]) {
      const history = { bought: new Uint8Array(100).fill(outcome), at, features, leadsOf };
      await expect(suggest(history, { random: seededRandom(20) })).rejects.toThrow('too few');
    }
  });
});
