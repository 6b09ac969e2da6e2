import { expect, test } from 'vitest';
import { asText } from '../../../src/base/as-text.ts';

test.each([
  ['a word', 'a word'],
  [5, '5'],
  [null, 'null'],
  [['a', 1, ['b']], 'a,1,b'],
  [{ a: 1 }, ''],
  [{ toString: false, valueOf: 'x' }, ''],
  [[{ toString: 1 }, 'b'], ',b'],
])('%j is told as %j', (input, text) => {
  expect(asText(input)).toBe(text);
});
