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
    '"2 weeks" is not a length of time: write 2w',
    '60 is not a length of time: write its unit too, such as 60m for minutes or 60d for days',
    `a length of time is missing: ${how}`,
    `a list is not a length of time: ${how}`,
  ]);
});

test.each([
  ['30 days', '30d'],
  ['5 minutes', '5m'],
  ['1 hr', '1h'],
  ['3 months', '90d'],
  ['1 year', '365d'],
  ['1.5d', '36h'],
  ['0.5 years', '4380h'],
  ['1.11h', '3996s'],
])('%s is written %s', (text, right) => {
  expect(duration.safeParse(text).error?.issues[0]?.message).toBe(`"${text}" is not a length of time: write ${right}`);
  expect(duration.safeParse(right).success).toBe(true);
});

test('what is longer than ten years was mistyped', () => {
  expect(duration.safeParse('3650d').success).toBe(true);
  expect(duration.safeParse('400000d').error?.issues.map(({ message }) => message)).toEqual([
    '"400000d" is longer than ten years: write 3650d or less',
  ]);
});

test('keys with values, whatever they are called, are no length of time', () => {
  const [issue] = duration.safeParse({ toString: false }).error?.issues ?? [];
  expect(issue?.message).toMatch(/^this is not a length of time: write a whole number and a unit/);
});

test('is never told to write a number that is too long', () => {
  expect(duration.safeParse('30.36w').error?.issues[0]?.message).toMatch(/: write a whole number and a unit/);
});
