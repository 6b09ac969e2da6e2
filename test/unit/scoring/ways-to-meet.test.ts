import { expect, test } from 'vitest';
import type { ConditionSource } from '../../../src/scoring/condition-schema.ts';
import { waysToMeet } from '../../../src/scoring/warnings/literals.ts';

function anyOf(field: string, count: number): ConditionSource {
  return { any: Array.from({ length: count }, (_, place) => ({ field, is: String(place) })) };
}

test('each way to meet a condition asks for all that it takes', () => {
  const ways = waysToMeet({ all: [anyOf('a', 2), { not: anyOf('b', 2) }] }, undefined);
  expect(ways?.areWhole).toBe(true);
  expect(ways?.each.map((way) => way.map(({ question, answer }) => [question.field, question.is, answer]))).toEqual([
    [
      ['a', '0', true],
      ['b', '0', false],
      ['b', '1', false],
    ],
    [
      ['a', '1', true],
      ['b', '0', false],
      ['b', '1', false],
    ],
  ]);
});

test('where the ways would be too many, something is left out, and that is told wherever it stands', () => {
  const most = { all: [anyOf('a', 20), anyOf('b', 10)] };
  const tooMany = { all: [anyOf('a', 15), anyOf('b', 15)] };
  expect(waysToMeet(most, undefined)).toMatchObject({ areWhole: true, each: { length: 200 } });
  expect(waysToMeet(tooMany, undefined)).toMatchObject({ areWhole: false, each: { length: 15 } });
  const inside: ConditionSource[] = [
    { any: [{ field: 'c', missing: true }, tooMany] },
    { not: { not: tooMany } },
    { all: [tooMany, { field: 'c', missing: true }] },
    { all: [anyOf('a', 201), { field: 'c', missing: true }] },
  ];
  for (const condition of inside) expect(waysToMeet(condition, undefined)?.areWhole).toBe(false);
  expect(waysToMeet({ persona: ['p'] }, { p: tooMany })?.areWhole).toBe(false);
  expect(waysToMeet(anyOf('a', 201), undefined)).toBeUndefined();
});
