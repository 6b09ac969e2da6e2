import { describe, expect, it } from 'vitest';
import { credible } from '../../../../src/analysis/statistics/credible.ts';
import { fisher } from '../../../../src/analysis/statistics/fisher.ts';
import { twoSided } from '../../../../src/analysis/statistics/normal.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';
import { wilson } from '../../../../src/analysis/statistics/wilson.ts';

describe('the interval of a rate', () => {
  it('is that of Wilson in Newcombe (Statistics in Medicine 17, 1998, table I, method 3)', () => {
    const table = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [hits, of, low, high] of table) {
      expect(wilson(hits, of).low).toBeCloseTo(low, 4);
      expect(wilson(hits, of).high).toBeCloseTo(high, 4);
    }
  });

  it('claims no certainty of three leads that all bought', () => {
    expect(wilson(3, 3)).toEqual({ low: expect.closeTo(0.4385, 4), high: 1 });
    expect(wilson(0, 3).low).toBe(0);
  });

  it('knows nothing of nobody', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('the test of two groups', () => {
  it('is that of the lady who tastes tea (Fisher, The Design of Experiments, 1935): 34 of 70', () => {
    expect(fisher(3, 4, 1, 4)).toBeCloseTo(34 / 70, 12);
    expect(fisher(4, 4, 0, 4)).toBeCloseTo(2 / 70, 12);
  });

  it("is twice the tail of Fisher's convicted twins, as R gives it in the example of fisher.test: 0.0004652", () => {
    expect(fisher(2, 17, 10, 13)).toBeCloseTo(2 * 0.0004652, 6);
    expect(fisher(10, 13, 2, 17)).toBeCloseTo(2 * 0.0004652, 6);
  });

  it('agrees with multiplying out every table, small and large', () => {
    const choices = (of: number, chosen: number): number => {
      let ways = 1;
      for (let step = 1; step <= chosen; step += 1) ways = (ways * (of - chosen + step)) / step;
      return ways;
    };
    const random = seededRandom(31);
    for (let draw = 0; draw < 200; draw += 1) {
      const [of, otherOf] = [1 + Math.floor(random() * 60), 1 + Math.floor(random() * 60)];
      const [hits, otherHits] = [Math.floor(random() * (of + 1)), Math.floor(random() * (otherOf + 1))];
      const all = hits + otherHits;
      const chance = (count: number) =>
        (choices(of, count) * choices(otherOf, all - count)) / choices(of + otherOf, all);
      const counts = Array.from({ length: all + 1 }, (_, count) => count).filter(
        (count) => count <= of && all - count <= otherOf,
      );
      const sum = (some: readonly number[]) => some.reduce((total, count) => total + chance(count), 0);
      const nearer = Math.min(
        sum(counts.filter((count) => count >= hits)),
        sum(counts.filter((count) => count <= hits)),
      );
      expect(fisher(hits, of, otherHits, otherOf)).toBeCloseTo(Math.min(1, 2 * nearer), 9);
    }
  });

  it('sees nothing in nobody, and in groups that buy alike', () => {
    expect(fisher(0, 0, 10, 100)).toBe(1);
    expect(fisher(10, 100, 0, 0)).toBe(1);
    expect(fisher(10, 100, 10, 100)).toBe(1);
    expect(fisher(0, 5, 0, 9)).toBe(1);
  });

  it('holds for many leads what the normal distribution says', () => {
    const [hits, of, otherHits, otherOf] = [21_000, 200_000, 186_500, 1_800_000];
    const share = (hits + otherHits) / (of + otherOf);
    const error = Math.sqrt(share * (1 - share) * (1 / of + 1 / otherOf));
    const p = fisher(hits, of, otherHits, otherOf);
    expect(p).toBeCloseTo(twoSided((hits / of - otherHits / otherOf) / error), 2);
  });
});

describe('the normal distribution', () => {
  it('has the tails of its tables, near and far', () => {
    expect(twoSided(0)).toBe(1);
    expect(twoSided(1)).toBeCloseTo(0.31731050786291415, 14);
    expect(twoSided(-1.959963984540054)).toBeCloseTo(0.05, 14);
    expect(twoSided(3)).toBeCloseTo(0.0026997960632601866, 14);
    expect(twoSided(6) / 1.973175290075396e-9).toBeCloseTo(1, 9);
    expect(twoSided(Number.POSITIVE_INFINITY)).toBe(0);
  });

  it('has no step where one way to compute it gives way to the other', () => {
    const at = 2 * Math.SQRT2;
    expect(twoSided(at - 1e-9) - twoSided(at)).toBeLessThan(1e-10);
    expect(twoSided(at - 1e-9)).toBeGreaterThan(twoSided(at));
  });
});

describe('many findings at once', () => {
  it('are believed as in the example of Benjamini and Hochberg (1995, section 3.2): four of fifteen', () => {
    const chances = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    expect(credible(chances).filter(Boolean)).toHaveLength(4);
    expect(credible(chances).slice(0, 4)).toEqual([true, true, true, true]);
  });

  it('are not made doubtful by those that could not be judged', () => {
    expect(credible([0.04, Number.NaN, Number.NaN])).toEqual([true, false, false]);
    expect(credible([0.04, 0.5, 0.9])).toEqual([false, false, false]);
    expect(credible([])).toEqual([]);
  });
});
