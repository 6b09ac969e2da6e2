import { describe, expect, it } from 'vitest';
import { enoughData } from '../../../src/analysis/enough-data.ts';
import { ConfigError } from '../../../src/base/errors.ts';

const history = (buyers: number, others: number) =>
  Uint8Array.from({ length: buyers + others }, (_, lead) => (lead < buyers ? 1 : 0));

describe('a history', () => {
  it('of fewer than 50 buyers is refused, however many leads there are, with what to do', () => {
    const ask = () => enoughData(history(49, 100_000));
    expect(ask).toThrow(ConfigError);
    expect(ask).toThrow(
      '49 of 100,049 leads bought, which is too few to tell a sign from chance: 50 are needed. Take leads of a longer time',
    );
  });

  it('of fewer than 120 is warned of', () => {
    expect(enoughData(history(50, 5_000))).toEqual([
      'Only 50 buyers are in the history: take its figures as rough, and look at the intervals. They are firmer from 120 on.',
    ]);
    expect(enoughData(history(119, 5_000))).toHaveLength(1);
    expect(enoughData(history(120, 5_000))).toEqual([]);
  });

  it('of buyers alone has nobody to hold them against', () => {
    expect(() => enoughData(history(500, 0))).toThrow('Only 0 of 500 leads did not buy');
    expect(enoughData(history(500, 60))[0]).toContain('Only 60 leads that did not buy are in the history');
  });

  it('of nobody is refused', () => {
    expect(() => enoughData(history(0, 0))).toThrow('0 of 0 leads bought');
  });
});
