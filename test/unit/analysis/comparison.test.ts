import { describe, expect, test } from 'vitest';
import {
  type CompareOptions,
  type Comparison,
  compareEach,
  type ModelScores,
} from '../../../src/analysis/comparison.ts';
import { compareAucs } from '../../../src/analysis/statistics/compare-aucs.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';

const random = () => seededRandom(7);
const model = (id: string, scores: readonly number[], gate: number): ModelScores => ({
  id,
  name: id.toUpperCase(),
  scores: Float64Array.from(scores),
  sent: Uint8Array.from(scores, (score) => (score >= gate ? 1 : 0)),
});

function compared(
  champion: ModelScores,
  challenger: ModelScores,
  bought: Uint8Array,
  options: CompareOptions,
): Comparison {
  const [comparison] = compareEach([{ champion, challenger, bought }], options);
  if (comparison === undefined) throw new Error('nothing was compared');
  return comparison;
}

/** 400 leads of whom every fourth bought; scores that know it to so many points, and noise besides. */
function leads(...signals: readonly number[]) {
  const draw = seededRandom(3);
  const bought = Uint8Array.from({ length: 400 }, (_, lead) => (lead % 4 === 0 ? 1 : 0));
  const scores = signals.map((signal) => Array.from(bought, (each) => each * signal + Math.round(draw() * 100)));
  return { bought, scores };
}

describe('a champion and its challenger', () => {
  test('on leads that can be counted by hand', () => {
    // Of the four pairs of a buyer and another, the champion puts two right, and the challenger all.
    const bought = Uint8Array.of(1, 0, 1, 0);
    const told = compared(model('a', [1, 2, 4, 3], 3), model('b', [3, 1, 4, 2], 3), bought, { random: random() });
    expect(told).toMatchObject({ leads: 4, buyers: 2, difference: 0.5 });
    expect(told.champion).toMatchObject({ model: 'a', name: 'A', auc: 0.5 });
    expect(told.challenger).toMatchObject({ model: 'b', name: 'B', auc: 1 });
    expect(told.champion.gate).toMatchObject({ sent: { leads: 2, buyers: 1 }, caught: 0.5 });
    expect(told.challenger.gate).toMatchObject({ sent: { leads: 2, buyers: 2 }, caught: 1 });
    expect(told.challenger.liftTop20).toBeCloseTo(2, 10);
  });

  test('have the difference, its interval and its p from the paired test', () => {
    const { bought, scores } = leads(20, 60);
    const [one = [], other = []] = scores;
    const told = compared(model('a', one, 60), model('b', other, 60), bought, { random: random() });
    const { difference, low, high, p } = compareAucs(Float64Array.from(other), Float64Array.from(one), bought);
    expect(told).toMatchObject({ difference, low, high, p });
    expect(told.difference).toBeCloseTo(told.challenger.auc - told.champion.auc, 10);
    expect(told.champion.aucLow).toBeLessThan(told.champion.auc);
    expect(told.champion.aucHigh).toBeGreaterThan(told.champion.auc);
  });

  test('are better, worse, or nothing is shown', () => {
    const { bought, scores } = leads(10, 80, 12);
    const [weak = [], strong = [], alike = []] = scores;
    const word = (one: readonly number[], other: readonly number[]) =>
      compared(model('a', one, 60), model('b', other, 60), bought, { random: random(), resamples: 100 }).word;
    expect(word(weak, strong)).toBe('better');
    expect(word(strong, weak)).toBe('worse');
    expect(word(weak, alike)).toBe('no difference shown');
    expect(word(weak, weak)).toBe('no difference shown');
  });

  test('show nothing by a single buyer', () => {
    const told = compared(model('a', [1, 2, 3], 2), model('b', [3, 2, 1], 2), Uint8Array.of(1, 0, 0), {
      random: random(),
    });
    expect(told.word).toBe('no difference shown');
  });
});

describe('several challengers of one champion', () => {
  const { bought, scores } = leads(20, 20, ...new Array<number>(20).fill(20));
  const [, champion = [], ...others] = scores;
  const challenges = (all: readonly (readonly number[])[]) =>
    all.map((each, place) => ({
      champion: model('a', champion, 60),
      challenger: model(`b${place}`, each, 60),
      bought,
    }));

  test('are not called better because there are many of them to be so by chance', () => {
    const options = { random: random(), resamples: 50 };
    const likely = challenges(others).filter((each) => compareEach([each], options)[0]?.word !== 'no difference shown');
    // Each for itself, some of those that know as much as the champion would pass for better or worse.
    expect(likely.length).toBeGreaterThan(0);
    const words = compareEach(challenges(others), options).map(({ word }) => word);
    expect(new Set(words)).toEqual(new Set(['no difference shown']));
  });

  test('are better where they are, beside others that are not', () => {
    const [strong = []] = leads(90).scores;
    const [first, ...rest] = compareEach(challenges([strong, ...others.slice(0, 4)]), {
      random: random(),
      resamples: 50,
    });
    expect(first?.word).toBe('better');
    expect(new Set(rest.map(({ word }) => word))).toEqual(new Set(['no difference shown']));
  });

  test('stand beside one champion with one interval, which other leads do not share', () => {
    const one = model('a', champion, 60);
    const [first, second] = others.map((each, place) => ({
      champion: one,
      challenger: model(`b${place}`, each, 60),
      bought,
    }));
    const some = { ...one, scores: one.scores.slice(200) };
    const later = { champion: some, challenger: model('c', champion.slice(200), 60), bought: bought.slice(200) };
    const told = compareEach([first!, second!, later], { random: random(), resamples: 50 });
    expect(told[1]?.champion).toEqual(told[0]?.champion);
    expect(told[2]?.champion.aucLow).not.toBe(told[0]?.champion.aucLow);
    expect(told[2]).toMatchObject({ leads: 200, difference: 0 });
  });
});

describe('the holdout of a challenger', () => {
  const { bought, scores } = leads(20, 40);
  const [one = [], other = []] = scores;
  const challenge = { champion: model('a', one, 60), challenger: model('b', other, 60), bought };
  const options = { random: random(), resamples: 50 };
  const told = (...holdouts: readonly Uint8Array[]) =>
    compareEach(
      holdouts.map((holdout) => ({ ...challenge, holdout })),
      options,
    ).map(({ holdout }) => holdout);

  test('has its own leads and buyers, beside those of nobody else', () => {
    // Of each four leads the first bought: so all who are in it did, no other did, and a quarter is scored by somebody else.
    const [holdout] = told(Uint8Array.from(bought, (_, lead) => [1, 0, 0, 2][lead % 4] ?? 0));
    expect(holdout).toMatchObject({
      within: { leads: 100, buyers: 100, conversion: 1 },
      outside: { leads: 200, buyers: 0, conversion: 0 },
      word: 'more often',
    });
    expect(holdout?.p).toBeLessThan(0.001);
    const [less] = told(Uint8Array.from(bought, (_, lead) => (lead % 4 === 1 ? 1 : 0)));
    expect(less).toMatchObject({ within: { buyers: 0 }, outside: { leads: 300, buyers: 100 }, word: 'less often' });
  });

  test('shows nothing where it buys as often as all others, or where nobody is in it', () => {
    const [even, nobody] = told(
      Uint8Array.from(bought, (_, lead) => (lead < 100 ? 1 : 0)),
      new Uint8Array(400),
    );
    expect(even).toMatchObject({ within: { leads: 100, buyers: 25 }, p: 1, word: 'no difference shown' });
    expect(nobody).toBeUndefined();
    expect(compareEach([challenge], options)[0]).not.toHaveProperty('holdout');
  });

  test('of many is not called better because one of many had to be', () => {
    const draw = seededRandom(25);
    const many = Array.from({ length: 40 }, () => Uint8Array.from(bought, () => (draw() < 0.3 ? 1 : 0)));
    const likely = many.filter((each) => told(each)[0]?.word !== 'no difference shown');
    expect(likely.length).toBeGreaterThan(0);
    expect(new Set(told(...many).map((each) => each?.word))).toEqual(new Set(['no difference shown']));
  });
});
