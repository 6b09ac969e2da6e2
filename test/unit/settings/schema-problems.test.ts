import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkSchema } from '../../../src/settings/schema-problems.ts';

const schema = z.strictObject({
  constructor: z.string().optional(),
  words: z.union([z.string().min(1), z.array(z.string()).min(1)]).optional(),
});

test('a key may be called what every object has, and be left out', () => {
  expect(checkSchema(schema, {})).toEqual({ value: {} });
  expect(checkSchema(schema, { constructor: 'Bob' })).toEqual({ value: { constructor: 'Bob' } });
});

test.each([
  '{ "length": { "min": 3 } }',
  '{ "length": [[{ "toString": false }]] }',
  '{ "toString": false }',
  '{ "valueOf": 1 }',
])('keys with values where a word stands are told of, whatever they are called: %s', (words) => {
  const checked = checkSchema(schema, { words: JSON.parse(words) });
  expect('problems' in checked && checked.problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('"words" must be text or a list, not keys with values'),
  ]);
});
