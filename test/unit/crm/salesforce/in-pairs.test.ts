import { expect, test } from 'vitest';
import { inPairs } from '../../../../src/crm/salesforce/streams/in-pairs.ts';

async function* pages(count: number): AsyncGenerator<number[]> {
  for (let page = 1; page <= count; page += 1) yield [page, -page];
}

test.each([
  [0, []],
  [1, [[1, -1]]],
  [2, [[1, -1, 2, -2]]],
  [
    3,
    [
      [1, -1, 2, -2],
      [3, -3],
    ],
  ],
])('of %d pages no row is lost and none comes twice', async (count, expected) => {
  expect(await Array.fromAsync(inPairs(pages(count)))).toEqual(expected);
});
