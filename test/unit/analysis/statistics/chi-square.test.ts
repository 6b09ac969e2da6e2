import { describe, expect, it } from 'vitest';
import { chanceOfParts, chiSquareTail } from '../../../../src/analysis/statistics/chi-square.ts';
import { fisher } from '../../../../src/analysis/statistics/fisher.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';

describe('the tail of chi-square', () => {
  it('has the values of the tables, NIST/SEMATECH e-Handbook 1.3.6.7.4', () => {
    for (const [freedom, at5, at1] of [
      [1, 3.841, 6.635],
      [2, 5.991, 9.21],
      [3, 7.815, 11.345],
      [4, 9.488, 13.277],
      [9, 16.919, 21.666],
      [10, 18.307, 23.209],
      [25, 37.652, 44.314],
    ] as const) {
      expect(chiSquareTail(at5, freedom)).toBeCloseTo(0.05, 4);
      expect(chiSquareTail(at1, freedom)).toBeCloseTo(0.01, 4);
    }
  });

  it('is 1 at nothing, and all but 0 far out', () => {
    for (const freedom of [1, 2, 7, 8]) {
      expect(chiSquareTail(0, freedom)).toBe(1);
      expect(chiSquareTail(5_000, freedom)).toBe(0);
      expect(chiSquareTail(80, freedom)).toBeGreaterThan(0);
    }
  });
});

describe('the chance of parts', () => {
  it('is that of Pearson, by hand', () => {
    // Expected are 25, 25 and 50 of each hundred: 5 x 5 / 25 four times.
    expect(chanceOfParts([20, 30, 50], [30, 20, 50])).toBeCloseTo(Math.exp(-2), 10);
  });

  it('is that of Fisher for two parts, and for more of which all but two are small', () => {
    expect(chanceOfParts([30, 10], [12, 18])).toBeCloseTo(fisher(30, 40, 12, 30), 10);
    expect(chanceOfParts([300, 2, 1, 0], [50, 0, 0, 9])).toBeCloseTo(fisher(300, 303, 50, 59), 10);
  });

  it('is none where there is nothing to tell apart, and unknown of nobody', () => {
    expect(chanceOfParts([40, 0], [30, 0])).toBe(1);
    expect(chanceOfParts([0, 0], [1, 2])).toBeNaN();
  });

  it('is below 5% in one of twenty pairs of samples that nothing parts, whatever their sizes', () => {
    const random = seededRandom(41);
    for (const [sizes, shares] of [
      [[300, 60], 10],
      [[60, 300], 10],
      [[1_000, 35], 6],
    ] as const) {
      const draw = (size: number) => {
        const counts = new Array<number>(shares).fill(0);
        for (let lead = 0; lead < size; lead += 1) {
          const part = Math.floor(random() ** 2 * shares);
          counts[part] = (counts[part] ?? 0) + 1;
        }
        return counts;
      };
      const pairs = Array.from({ length: 1_000 }, () => chanceOfParts(draw(sizes[0]), draw(sizes[1])));
      const passed = pairs.filter((chance) => chance < 0.05).length;
      expect(passed).toBeGreaterThan(20);
      expect(passed).toBeLessThan(75);
    }
  });
});
