import { expect, it } from 'vitest';
import { crossValidate } from '../../../../src/analysis/statistics/cross-validate.ts';
import { partsOf, stratifiedFolds, stratifiedSample } from '../../../../src/analysis/statistics/folds.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';

const bought = Uint8Array.from({ length: 1_003 }, (_, lead) => (lead % 11 === 0 ? 1 : 0));

it('deals buyers and others out evenly, by chance, and the same for the same seed', () => {
  const foldOf = stratifiedFolds(bought, 10, seededRandom(1));
  for (let fold = 0; fold < 10; fold++) {
    const { train, test } = partsOf(foldOf, fold);
    expect([100, 101]).toContain(test.length);
    expect([9, 10]).toContain(test.filter((lead) => bought[lead] === 1).length);
    expect([...train, ...test].sort((one, other) => one - other)).toEqual([...bought.keys()]);
  }
  expect(stratifiedFolds(bought, 10, seededRandom(1))).toEqual(foldOf);
  expect(stratifiedFolds(bought, 10, seededRandom(2))).not.toEqual(foldOf);
});

it('draws a sample with the same share of buyers, without repetition', () => {
  const leads = Uint32Array.from(bought.keys()).filter((lead) => lead % 2 === 0);
  const sample = stratifiedSample(leads, bought, 110, seededRandom(3));
  expect(new Set(sample).size).toBe(110);
  expect(sample.every((lead) => lead % 2 === 0)).toBe(true);
  expect(sample.filter((lead) => bought[lead] === 1).length).toBe(10);
  expect(stratifiedSample(leads, bought, 1_000, seededRandom(3))).toBe(leads);
});

it('scores each lead by what was learnt without it', async () => {
  const foldOf = stratifiedFolds(bought, 5, seededRandom(4));
  const asked: number[] = [];
  const scores = await crossValidate({ bought }, foldOf, (train, fold) => {
    asked.push(fold);
    const known = new Set(train);
    return (lead) => (known.has(lead) ? Number.NaN : 1_000 * fold + lead);
  });
  expect(asked).toEqual([0, 1, 2, 3, 4]);
  expect([...scores]).toEqual([...foldOf].map((fold, lead) => 1_000 * fold + lead));
});
