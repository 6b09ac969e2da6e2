import { describe, expect, test } from 'vitest';
import { parseNumberRange } from '../../../src/leads/number.ts';

const NO_END = Number.POSITIVE_INFINITY;

/** As it comes from forms and CRMs, and between which two numbers it puts the thing. */
const NUMBERS: readonly (readonly [string, number, number])[] = [
  ['0', 0, 0],
  ['250', 250, 250],
  ['2500000.125', 2_500_000.125, 2_500_000.125],
  ['-5', -5, -5],
  ['-$5', -5, -5],
  ['1e6', 1_000_000, 1_000_000],
  ['1.5e3', 1_500, 1_500],
  ['1.0e7', 10_000_000, 10_000_000],
  ['999999999999999999999', 1e21, 1e21],
  ['1,000', 1_000, 1_000],
  ['1.000', 1_000, 1_000],
  ['1 000', 1_000, 1_000],
  ["1'000", 1_000, 1_000],
  ['1,234,567.89', 1_234_567.89, 1_234_567.89],
  ['1.234.567,89', 1_234_567.89, 1_234_567.89],
  ['12,5', 12.5, 12.5],
  ['0.125', 0.125, 0.125],
  ['.5', 0.5, 0.5],
  ['1-5', 1, 5],
  ['1 - 5', 1, 5],
  ['11–50 employees', 11, 50],
  ['11 to 50', 11, 50],
  ['between 11 and 50', 11, 50],
  ['50-11', 11, 50],
  ['1,000-5,000', 1_000, 5_000],
  ['1.000 - 5.000', 1_000, 5_000],
  ['10-50m', 10_000_000, 50_000_000],
  ['$10m-$50m', 10_000_000, 50_000_000],
  ['1k-5k', 1_000, 5_000],
  ['500k - 1m', 500_000, 1_000_000],
  ['1k+', 1_000, NO_END],
  ['1000+', 1_000, NO_END],
  ['10,000+ employees', 10_000, NO_END],
  ['500 or more', 500, NO_END],
  ['over 500', 500, NO_END],
  ['more than 1,000 people', 1_000, NO_END],
  ['> 500', 500, NO_END],
  ['at least 20', 20, NO_END],
  ['under 50', 0, 50],
  ['< 10', 0, 10],
  ['up to $1m', 0, 1_000_000],
  ['less than 1 million', 0, 1_000_000],
  ['€2.5m', 2_500_000, 2_500_000],
  ['€ 2,5 mio', 2_500_000, 2_500_000],
  ['2.5 million usd', 2_500_000, 2_500_000],
  ['$1.2bn', 1_200_000_000, 1_200_000_000],
  ['3 mrd. €', 3_000_000_000, 3_000_000_000],
  ['us$ 3b', 3_000_000_000, 3_000_000_000],
  ['usd 40k', 40_000, 40_000],
  ['100 €', 100, 100],
  ['£750,000', 750_000, 750_000],
  ['~200', 200, 200],
  ['about 200 people', 200, 200],
  ['ca. 40', 40, 40],
  ['200 (worldwide)', 200, 200],
  ['80 %', 80, 80],
  ['5 months', 5, 5],
];

describe('a number as people write it', () => {
  test.each(NUMBERS)('%s', (text, low, high) => {
    expect(parseNumberRange(text)).toStrictEqual({ low, high });
  });

  test.each([
    '',
    '-',
    'n/a',
    'none',
    'nan',
    'infinity',
    'many',
    'a lot',
    'k',
    '€',
    '2019-05-01',
    '12:30',
    '1/2',
    '+49 30 123456',
    '10.0.0.1',
    '1,00,00',
    'series b',
    '1-5-9',
    '--5',
    '1e999',
    '１２',
  ])('"%s" is none', (text) => {
    expect(parseNumberRange(text)).toBeUndefined();
  });

  test('is none in 100 kB of text', () => {
    for (const part of ['9', ' ', '1 ', '1,']) expect(parseNumberRange(part.repeat(100_000))).toBeUndefined();
  });

  // A pattern that backtracks would not come to an end here.
  test.each(['1,', '1.', '$', ' ', 'to ', '1-'])('ends for a text made of "%s"', (part) => {
    expect(parseNumberRange(part.repeat(40).slice(0, 79))).toBeUndefined();
  });
});
