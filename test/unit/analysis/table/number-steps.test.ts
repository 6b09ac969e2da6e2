import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';
import { numberSteps } from '../../../../src/analysis/table/number-steps.ts';

const stepsAt = (numbers: readonly number[], most = 4, least = 30) =>
  numberSteps(Float64Array.from(numbers), most, least).map(({ atLeast }) => atLeast);
const many = (count: number, number: (place: number) => number) =>
  Array.from({ length: count }, (_, place) => number(place));

describe('steps by which numbers are parted', () => {
  it('leave about as many leads between them, at round numbers', () => {
    expect(stepsAt(many(1_000, (place) => place * 1.7))).toEqual([350, 700, 1_000, 1_350]);
    expect(stepsAt(many(1_000, (place) => place % 20))).toEqual([4, 8, 12, 16]);
  });

  it('stand below and above a number that very many have', () => {
    const numbers = [...many(400, () => 0), ...many(600, (place) => 1 + place)];
    expect(stepsAt(numbers)[0]).toBe(1);
    expect(
      stepsAt([...many(300, (place) => place % 100), ...many(400, () => 500), ...many(300, (place) => 600 + place)]),
    ).toEqual(expect.arrayContaining([500, 600]));
  });

  it('are not moved where that would change what they mean, as of years', () => {
    expect(
      stepsAt(
        many(500, (place) => 2018 + (place % 8)),
        8,
      ),
    ).toEqual([2019, 2020, 2021, 2022, 2023, 2024, 2025]);
  });

  it('are none where there are too few leads, or one number', () => {
    expect(stepsAt(many(50, (place) => place))).toEqual([]);
    expect(stepsAt(many(500, () => 7))).toEqual([]);
  });

  it('part all numbers into two sides with nothing between them, and never too few on one', () => {
    const random = seededRandom(4);
    for (const decimals of [0, 1, 2]) {
      const numbers = Float64Array.from(many(2_000, () => Number((random() ** 3 * 500).toFixed(decimals))));
      const steps = numberSteps(numbers, 12, 60);
      expect(steps.length).toBeGreaterThan(4);
      for (const { atLeast, below, share } of steps) {
        const upper = numbers.filter((number) => number >= atLeast).length;
        expect(numbers.filter((number) => number <= below).length).toBe(numbers.length - upper);
        expect(share).toBeCloseTo(upper / numbers.length, 10);
        expect(Math.min(upper, numbers.length - upper)).toBeGreaterThanOrEqual(60);
      }
    }
  });
});
