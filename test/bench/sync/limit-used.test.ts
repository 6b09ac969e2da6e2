import { expect, test } from 'vitest';
import { limitUsed } from './limit-used.ts';

const LIMITS = { burst: 10, interval: 1_000 };

test('who makes every call as soon as it is allowed uses all of the limit', () => {
  const times = [0, 1, 2].flatMap((interval) => Array.from({ length: 10 }, () => interval * 1_000));
  expect(limitUsed([...times, 3_000], LIMITS)).toBe(1);
});

test('the interval in which the work ends is left out', () => {
  const evenly = Array.from({ length: 25 }, (_, call) => call * 100);
  expect(limitUsed(evenly, LIMITS)).toBe(1);
});

test('waiting shows', () => {
  expect(limitUsed([0, 0, 0, 0, 0, 1_000, 1_000, 1_000, 1_000, 1_000, 2_000], LIMITS)).toBe(0.5);
});

test('less than an interval tells nothing', () => {
  expect(limitUsed([0, 1, 2], LIMITS)).toBeNaN();
});
