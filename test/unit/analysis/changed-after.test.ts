import { expect, test } from 'vitest';
import { changesReader } from '../../../src/analysis/changed-after.ts';

test('fields are counted for buyers and for others, of those of whom enough time has passed', () => {
  const reader = changesReader(['timeframe', 'country']);
  reader.add(['timeframe', 'unasked'], true);
  reader.add([], true);
  reader.add(undefined, true);
  reader.add(['timeframe', 'country'], false);
  reader.add(['country'], false);
  reader.add([], false);
  reader.add(undefined, false);
  expect(Object.fromEntries(reader.finish())).toEqual({
    timeframe: { buyers: 1, ofBuyers: 2, others: 1, ofOthers: 3 },
    country: { buyers: 0, ofBuyers: 2, others: 2, ofOthers: 3 },
  });
});

test('nothing is told where there is nobody to hold the buyers against', () => {
  const reader = changesReader(['timeframe']);
  reader.add(['timeframe'], true);
  reader.add(undefined, false);
  expect(reader.finish().size).toBe(0);
});
