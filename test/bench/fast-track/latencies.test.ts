import { expect, test } from 'vitest';
import { latenciesOf } from './latencies.ts';

test('so large a share of the requests took no longer', () => {
  const outcomes = Array.from({ length: 100 }, (_, place) => ({ took: 100 - place }));
  expect(latenciesOf(outcomes)).toEqual({ p50Ms: 50, p95Ms: 95, p99Ms: 99, requests: 100, missed: 0 });
});

test('who is not in front of sales within a minute counts as having taken it; whom the model rules out does not count', () => {
  const outcomes = [{ took: 80 }, 'missed', 'ruled out'] as const;
  expect(latenciesOf(outcomes)).toEqual({ p50Ms: 80, p95Ms: 60_000, p99Ms: 60_000, requests: 2, missed: 1 });
});

test('of nobody nothing is known', () => {
  expect(latenciesOf(['ruled out'])).toMatchObject({ p95Ms: Number.NaN, requests: 0 });
});
