import { expect, test } from 'vitest';
import { memoryOf } from './memory.ts';

const samples = (mb: (minute: number) => number) =>
  Array.from({ length: 20 }, (_, minutes) => ({ minutes, mb: mb(minutes) }));

test('a process that grows at first and then stays has a peak and no growth', () => {
  const { peakMb, growthMbPerMinute } = memoryOf(samples((minute) => Math.min(400, 100 * minute)));
  expect(peakMb).toBe(400);
  expect(growthMbPerMinute).toBeCloseTo(0);
});

test('a leak shows by how much it loses a minute', () => {
  expect(memoryOf(samples((minute) => 100 + 3 * minute)).growthMbPerMinute).toBeCloseTo(3);
});

test('a process that was gone before anybody looked has neither', () => {
  expect(memoryOf([])).toEqual({ peakMb: 0, growthMbPerMinute: 0 });
});
