import { describe, expect, it } from 'vitest';
import { auc } from '../../../../src/analysis/statistics/auc.ts';
import { aucOfCategories } from '../../../../src/analysis/statistics/auc-of-categories.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';
import { randomLeads } from '../random-leads.ts';

describe('what a column of words tells alone', () => {
  it('is nothing where each lead has another value', () => {
    const { bought } = randomLeads(41);
    const numbers = Uint32Array.from(bought.keys());
    expect(aucOfCategories(numbers, bought)).toBe(0.5);
  });

  it('is next to nothing where values are dealt out by chance, however many there are', () => {
    const random = seededRandom(44);
    const { bought } = randomLeads(43, { count: 3_000 });
    for (const values of [2, 30, 600]) {
      const column = Uint32Array.from(bought, () => Math.floor(random() * values));
      expect(Math.abs(aucOfCategories(column, bought) - 0.5)).toBeLessThan(0.06);
    }
  });

  it('is about the AUC of the score behind it', () => {
    const { scores, bought } = randomLeads(47, { count: 4_000, pull: 0.9 });
    const column = Uint32Array.from(scores, (score) => (score * 5) % 12);
    expect(aucOfCategories(column, bought)).toBeCloseTo(auc(scores, bought), 1);
  });

  it('is exactly nothing where all have the same', () => {
    const { bought } = randomLeads(42);
    expect(aucOfCategories(new Uint32Array(bought.length), bought)).toBe(0.5);
  });

  it('is nearly 1 of a column that holds the outcome', () => {
    const { bought } = randomLeads(53);
    expect(
      aucOfCategories(
        Uint32Array.from(bought, (each) => each + 3),
        bought,
      ),
    ).toBe(1);
  });

  it('agrees with learning the rates of each part from the other four, pair by pair', () => {
    const random = seededRandom(60);
    const { bought } = randomLeads(59, { count: 150 });
    const column = Uint32Array.from(bought, (each) => Math.floor(random() * 6 + each * 2));
    const leads = [...bought.keys()];
    const partOf = leads.map((lead) => leads.filter((one) => one < lead && bought[one] === bought[lead]).length % 5);
    const baseRate = leads.filter((lead) => bought[lead] === 1).length / leads.length;
    const rateFor = (part: number, lead: number) => {
      const learned = leads.filter((one) => column[one] === column[lead] && partOf[one] !== part);
      return (learned.filter((one) => bought[one] === 1).length + 2 * baseRate) / (learned.length + 2);
    };
    let wins = 0;
    let pairs = 0;
    for (const part of [0, 1, 2, 3, 4]) {
      const own = leads.filter((lead) => partOf[lead] === part);
      for (const buyer of own.filter((lead) => bought[lead] === 1)) {
        for (const other of own.filter((lead) => bought[lead] === 0)) {
          pairs += 1;
          wins += (Math.sign(rateFor(part, buyer) - rateFor(part, other)) + 1) / 2;
        }
      }
    }
    expect(aucOfCategories(column, bought)).toBeCloseTo(wins / pairs, 12);
  });
});
