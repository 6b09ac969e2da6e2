import { describe, expect, test } from 'vitest';
import { parseNumberRange } from '../../../src/leads/number.ts';
import { normaliseText } from '../../../src/leads/text.ts';
import { NO_NUMBERS, NUMBERS } from './numbers.cases.ts';

describe('a number as people write it', () => {
  test.each(NUMBERS)('%s', (text, low, high) => {
    expect(parseNumberRange(normaliseText(text) ?? '')).toStrictEqual({ low, high });
  });

  test.each(NO_NUMBERS)('"%s" is none', (text) => {
    expect(parseNumberRange(normaliseText(text) ?? '')).toBeUndefined();
  });

  test('is none in 100 kB of text', () => {
    for (const part of ['9', ' ', '1 ', '1,']) expect(parseNumberRange(part.repeat(100_000))).toBeUndefined();
  });

  // A pattern that backtracks would not come to an end here.
  test.each(['1,', '1.', '$', ' ', 'to ', '1-', 'a:', '(', '1 a ', '1,00,', '%', '1 €', '+', 'de '])(
    'ends for a text made of "%s"',
    (part) => {
      expect(parseNumberRange(part.repeat(80).slice(0, 79))).toBeUndefined();
    },
  );
});
