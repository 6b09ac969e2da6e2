import { describe, expect, test } from 'vitest';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import { type AccountRule, rollUp } from '../../../src/scoring/roll-up.ts';
import { LISTS, sourceOf, yamlOf } from './model.ts';

function rule(how: AccountRule['rollUp']): AccountRule {
  return { of: 'total', rollUp: how };
}

describe('the score of an account', () => {
  test('is the best of its people', () => {
    expect(rollUp(rule('max'), [10, 70, 30])).toBe(70);
    expect(rollUp(rule('max'), [-10, -3])).toBe(-3);
  });

  test('is their average, a whole number, with halves away from 0', () => {
    expect(rollUp(rule('average'), [10, 15])).toBe(13);
    expect(rollUp(rule('average'), [-10, -15])).toBe(-13);
    expect(rollUp(rule('average'), [1, 1, 2])).toBe(1);
  });

  test('is the sum of the best few, or of all where there are fewer', () => {
    expect(rollUp(rule({ sumOfTop: 2 }), [10, 70, 30])).toBe(100);
    expect(rollUp(rule({ sumOfTop: 3 }), [10, 70])).toBe(80);
  });

  test('is 0 where nobody of it has a score', () => {
    for (const how of ['max', 'average', { sumOfTop: 3 }] as const) expect(rollUp(rule(how), [])).toBe(0);
  });

  test('is the same in whatever order its people come, and for very many of them', () => {
    const scores = Array.from({ length: 200_000 }, (_, place) => (place * 7919) % 100);
    for (const how of ['max', 'average', { sumOfTop: 3 }] as const)
      expect(rollUp(rule(how), scores.toReversed())).toBe(rollUp(rule(how), scores));
    expect(rollUp(rule('max'), scores)).toBe(99);
  });

  test('is asked for in the model', () => {
    const rest = `grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } }
lifecycle: { mql: { fit: 0, engagement: 0 } }`;
    const accountOf = (account: string) =>
      compileModel(sourceOf(yamlOf({ rest: `${rest}\n${account}` })), { lists: LISTS }).account;
    expect(accountOf('account: { of: fit, roll_up: max }')).toStrictEqual({ of: 'fit', rollUp: 'max' });
    expect(accountOf('account: { of: total, roll_up: { sum_of_top: 3 } }')).toStrictEqual(rule({ sumOfTop: 3 }));
    expect(accountOf('')).toBeUndefined();
    expect(() => accountOf('account: { of: total, roll_up: median }')).toThrow();
  });
});
