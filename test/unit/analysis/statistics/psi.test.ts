import { describe, expect, it } from 'vitest';
import { psi } from '../../../../src/analysis/statistics/psi.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';

describe('the population stability index', () => {
  it('is a sum over parts, by hand', () => {
    // From 50:50 to 60:40: 0.1 ln 1.2 + 0.1 ln 1.25.
    expect(psi([50, 50], [60, 40])).toBeCloseTo(0.1 * Math.log(1.2) + 0.1 * Math.log(1.25), 12);
  });

  it('has the sum of the table of MathWorks, creditscorecard bininfo, whose information value is the same sum over goods and bads', () => {
    // Home owner, tenant, other.
    expect(psi([177, 167, 53], [365, 307, 131])).toBeCloseTo(0.0097738, 7);
  });

  it('agrees on random leads with going through them one by one', () => {
    const random = seededRandom(41);
    for (let turn = 0; turn < 20; turn += 1) {
      const drawn = (size: number, pull: number) =>
        Array.from({ length: size }, () => Math.floor(random() ** pull * 6));
      const [before, now] = [drawn(150 + turn, 1), drawn(300, 1 + turn / 10)];
      const shareOf = (leads: readonly number[], part: number) =>
        leads.filter((one) => one === part).length / leads.length;
      // How much likelier a lead of its part is now; what that is on average now, less what it was before.
      const meanOf = (leads: readonly number[]) =>
        leads.reduce((sum, part) => sum + Math.log(shareOf(now, part) / shareOf(before, part)), 0) / leads.length;
      const countsOf = (leads: readonly number[]) =>
        [0, 1, 2, 3, 4, 5].map((part) => leads.filter((one) => one === part).length);
      expect(psi(countsOf(before), countsOf(now))).toBeCloseTo(meanOf(now) - meanOf(before), 10);
    }
  });

  it('does not depend on how many leads there are, nor on which comes first', () => {
    expect(psi([5, 3, 2], [50, 30, 20])).toBeCloseTo(0, 12);
    expect(psi([5, 3, 2], [2, 3, 5])).toBeCloseTo(psi([2, 3, 5], [5, 3, 2]), 12);
  });

  it('stays finite where a part is empty, and the more so the fewer leads there are', () => {
    const few = psi([1, 9], [0, 10]);
    const many = psi([100, 900], [0, 1_000]);
    expect(few).toBeCloseTo((0.05 - 0.1) * Math.log(0.5) + (1 - 0.9) * Math.log(1 / 0.9), 12);
    expect(many).toBeGreaterThan(few);
    expect(Number.isFinite(many)).toBe(true);
    expect(psi([5, 5, 0], [5, 5, 0])).toBe(0);
  });

  it('is not known of nobody', () => {
    expect(psi([0, 0], [1, 2])).toBeNaN();
  });

  it('passes its marks by chance alone where leads are few', () => {
    const random = seededRandom(37);
    const sample = (size: number) => {
      const counts = Array.from({ length: 10 }, () => 0);
      for (let lead = 0; lead < size; lead += 1) {
        const part = Math.floor(random() * 10);
        counts[part] = (counts[part] ?? 0) + 1;
      }
      return counts;
    };
    const marked = Array.from({ length: 400 }, () => psi(sample(400), sample(50))).filter((index) => index > 0.1);
    expect(marked.length).toBeGreaterThan(200);
  });
});
