import { expect, it } from 'vitest';
import { designOf } from '../../../../src/analysis/statistics/design.ts';
import { eliminate, standardErrors } from '../../../../src/analysis/statistics/eliminate.ts';
import { fitLogistic, type LogisticFit } from '../../../../src/analysis/statistics/fit-logistic.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';
import { plantedHistory } from '../planted.ts';

const CUT = 2.58;
const surenessOf = (fit: LogisticFit) => {
  const errors = standardErrors(fit);
  return [...fit.free].map((feature, place) => ({ feature, sure: Math.abs(fit.weights[feature]!) / errors[place]! }));
};

it.each([1, 2, 3, 4])('takes out what fitting anew after each would take out (seed %i)', (seed) => {
  const weights = [1, -1, 0.7, 0, 0, 0, 0.02, -0.7, 0, 0];
  const design = designOf(plantedHistory({ leads: 3_000, weights, random: seededRandom(seed) }));
  let fit = fitLogistic(design, { l2: 0.5 });
  const quick = eliminate(fit, () => CUT);
  for (;;) {
    const weakest = surenessOf(fit).reduce((least, one) => (one.sure < least.sure ? one : least));
    if (weakest.sure >= CUT) break;
    fit = fitLogistic(design, { l2: 0.5, features: fit.free.filter((feature) => feature !== weakest.feature) });
  }
  expect([...quick]).toEqual([...fit.free]);
  expect([...quick]).toEqual(expect.arrayContaining([0, 1, 2, 7]));
});

it('of two features that always come together keeps one', () => {
  const { bought, leadsOf } = plantedHistory({ leads: 2_000, weights: [1, 0], random: seededRandom(5) });
  const design = designOf({ bought, leadsOf: [leadsOf[0]!, leadsOf[0]!, leadsOf[1]!] });
  const kept = eliminate(fitLogistic(design, { l2: 0.5 }), () => CUT);
  expect(kept.length).toBe(1);
  expect([0, 1]).toContain(kept[0]);
});

it('keeps everything where nothing has to be sure', () => {
  const design = designOf(plantedHistory({ leads: 200, weights: [0, 0, 0], random: seededRandom(6) }));
  expect([...eliminate(fitLogistic(design, { l2: 1 }), () => 0)]).toEqual([0, 1, 2]);
});
