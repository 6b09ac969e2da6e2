import { expect, test } from 'vitest';
import { duration, parseDuration } from '../../../src/base/duration.ts';

test.each([
  ['1s', 1_000],
  ['60s', 60_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['30d', 2_592_000_000],
  ['6w', 3_628_800_000],
])('%s is %d milliseconds', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
  expect(duration.parse(text)).toBe(ms);
});

test.each(['', '5', 's', '0s', '05m', '-5m', '1.5h', '5 m', '5M', '5y', '5m30s', '1000000d', '5m\n'])(
  '%j is no length of time',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
    expect(duration.safeParse(text).success).toBe(false);
  },
);

test('what is no length of time is quoted with the way to write one', () => {
  const messages = ['2 weeks', 60, null, []].map((input) => duration.safeParse(input).error?.issues[0]?.message);
  const how = 'write a whole number and a unit, such as 30s, 5m, 2h, 90d or 6w';
  expect(messages).toEqual([
    `"2 weeks" is not a length of time: ${how}`,
    `60 is not a length of time: ${how}`,
    `a length of time is missing: ${how}`,
    `this is not a length of time: ${how}`,
  ]);
});
