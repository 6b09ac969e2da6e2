import { describe, expect, test } from 'vitest';
import { compareEach, compareScores, type ModelScores } from '../../../src/analysis/comparison.ts';
import { compareAucs } from '../../../src/analysis/statistics/compare-aucs.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';

const random = () => seededRandom(7);
const model = (id: string, scores: readonly number[], gate: number): ModelScores => ({
  id,
  name: id.toUpperCase(),
  scores: Float64Array.from(scores),
  sent: Uint8Array.from(scores, (score) => (score >= gate ? 1 : 0)),
});

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
    const told = compareScores(model('a', [1, 2, 4, 3], 3), model('b', [3, 1, 4, 2], 3), bought, { random: random() });
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
    const told = compareScores(model('a', one, 60), model('b', other, 60), bought, { random: random() });
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
      compareScores(model('a', one, 60), model('b', other, 60), bought, { random: random(), resamples: 100 }).word;
    expect(word(weak, strong)).toBe('better');
    expect(word(strong, weak)).toBe('worse');
    expect(word(weak, alike)).toBe('no difference shown');
    expect(word(weak, weak)).toBe('no difference shown');
  });

  test('show nothing by a single buyer', () => {
    const told = compareScores(model('a', [1, 2, 3], 2), model('b', [3, 2, 1], 2), Uint8Array.of(1, 0, 0), {
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
