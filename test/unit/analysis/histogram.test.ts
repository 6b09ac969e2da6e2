import { expect, it } from 'vitest';
import { countScore, newHistogram, stepsOf } from '../../../src/analysis/histogram.ts';

it('counts scores in steps of equal width, the highest score included', () => {
  const histogram = newHistogram(0, 200);
  for (const score of [0, 9, 10, 199, 200]) countScore(histogram, 'before', score);
  countScore(histogram, 'after', 10);
  const steps = stepsOf(histogram);
  expect(steps.at(0)).toEqual({ from: 0, to: 9, before: 2, after: 0 });
  expect(steps.at(1)).toEqual({ from: 10, to: 19, before: 1, after: 1 });
  expect(steps.at(-1)).toEqual({ from: 200, to: 209, before: 1, after: 0 });
});

it('counts what lies beyond its ends in the outermost steps', () => {
  const histogram = newHistogram(-100, 50);
  for (const score of [-1e300, -101, 1e9]) countScore(histogram, 'after', score);
  const steps = stepsOf(histogram);
  expect(steps.at(0)).toMatchObject({ from: -100, after: 2 });
  expect(steps.at(-1)).toMatchObject({ after: 1 });
});

it('has never too many steps, nor none', () => {
  for (const [low, high] of [
    [0, 1],
    [0, 25],
    [0, 1_000],
    [-7, 100_000],
    [0, 0],
  ] as const) {
    const steps = stepsOf(newHistogram(low, high));
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.length).toBeLessThan(30);
    expect(steps[0]?.from).toBeLessThanOrEqual(low);
    expect(steps.at(-1)?.to).toBeGreaterThanOrEqual(high);
  }
});
