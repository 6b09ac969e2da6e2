import { describe, expect, test } from 'vitest';
import { DAY } from '../../../../src/base/clock.ts';
import { lookedAt } from '../../../../src/sync/history/looked-at.ts';

const NOW = Date.UTC(2026, 6, 1);
const daysAgo = (days: number) => NOW - days * DAY;
const OPTIONS = { before: DAY, since: daysAgo(730), now: NOW };

type Row = readonly [created: number, bought?: number, draw?: number, converted?: number, double?: 1];

/** All but the draw in days ago; undefined is never. */
function look(leads: readonly Row[], options = OPTIONS) {
  return lookedAt(
    {
      createdAt: Float64Array.from(leads, ([created]) => daysAgo(created)),
      bought: Uint8Array.from(leads, ([, bought]) => (bought === undefined ? 0 : 1)),
      takenAt: Float64Array.from(leads, ([, bought, , converted]) => firstOf(bought, converted)),
      draw: Float64Array.from(leads, ([, , draw = 0]) => draw),
      doubles: Uint8Array.from(leads, ([, , , , double = 0]) => double),
    },
    options,
  );
}

/** The earliest of these days ago; NaN where there is none. */
function firstOf(...days: readonly (number | undefined)[]): number {
  const known = days.filter((day) => day !== undefined);
  return known.length === 0 ? Number.NaN : daysAgo(Math.max(...known));
}

describe('when leads are looked at', () => {
  test('further records of somebody are not, be they of a buyer or not', () => {
    const { at, bought, doubled } = look([
      [100, 60],
      [50, 10, 0, undefined, 1],
      [300, undefined, 0, undefined, 1],
    ]);
    expect([...at]).toEqual([daysAgo(61), Number.NaN, Number.NaN]);
    expect([...bought]).toEqual([1, 0, 0]);
    expect(doubled).toBe(2);
  });

  test('buyers are some time before they bought', () => {
    const { at, bought } = look([
      [100, 60],
      [50, 10],
    ]);
    expect([...at]).toEqual([daysAgo(61), daysAgo(11)]);
    expect([...bought]).toEqual([1, 1]);
    expect(look([[100, 60]], { ...OPTIONS, before: 7 * DAY }).at[0]).toBe(daysAgo(67));
  });

  test('others are as old as a buyer was then, by their draw', () => {
    // Buyers were 39 and 9 days old.
    const buyers = [
      [100, 60],
      [50, 40],
    ] as const;
    const { at, bought } = look([...buyers, [200, undefined, 0.49], [200, undefined, 0.5]]);
    expect([...at].slice(2)).toEqual([daysAgo(191), daysAgo(161)]);
    expect([...bought]).toEqual([1, 1, 0, 0]);
  });

  test('nobody is after sales took them, whether or not they bought in the end', () => {
    const { at, imported } = look([
      [100, 60, 0, 80],
      [200, undefined, 0, 190],
      [200, undefined, 0, 100],
      [200, undefined, 0, 200],
    ]);
    // The buyer was 19 days old when sales had it.
    expect([...at].slice(0, 3)).toEqual([daysAgo(81), daysAgo(191), daysAgo(181)]);
    expect(at[3]).toBeNaN();
    expect(imported).toBe(1);
  });

  test('who is not that old yet is left out and counted', () => {
    const { at, young } = look([[100, 60], [38], [39], [40]]);
    expect([...at].map(Number.isNaN)).toEqual([false, true, false, false]);
    expect(young).toBe(1);
  });

  test('customers who came with the purchase or after it are left out and counted', () => {
    const { at, bought, imported } = look([
      [60, 60],
      [60, 59.5],
      [60, 61],
      [60, 59],
    ]);
    expect([...at].map(Number.isNaN)).toEqual([true, true, true, false]);
    expect([...bought]).toEqual([0, 0, 0, 1]);
    expect(imported).toBe(3);
  });

  test('so is who would be looked at before anything is known', () => {
    const { at, earlier } = look([[900, 800], [900, 100], [2_000, undefined, 0.5], [900]]);
    expect([...at].map(Number.isNaN)).toEqual([true, false, true, false]);
    expect(earlier).toEqual({ leads: 2, buyers: 1 });
  });

  test('a purchase with a date to come counts as of now', () => {
    expect(look([[30, -20]]).at[0]).toBe(daysAgo(1));
  });

  test('where nobody bought, nobody is old enough', () => {
    expect(look([[30], [20]]).young).toBe(2);
  });
});

test('age alone tells buyers from others no better than chance', () => {
  // Leads come evenly over four years; every tenth buys, most of them soon.
  const leads = Array.from({ length: 4_000 }, (_, index): [number, number?, number?] => {
    const created = 1_460 * (((index * 0.618_034) % 1) + 0);
    const age = 200 * ((index * 0.414_214) % 1) ** 2 + 2;
    const draw = (index * 0.732_051) % 1;
    return index % 10 === 0 && created > age ? [created, created - age] : [created, undefined, draw];
  });
  const { at, bought } = look(leads);
  const ages = (outcome: number) =>
    leads
      .flatMap(([created], lead) => {
        const time = at[lead] ?? Number.NaN;
        return Number.isNaN(time) || bought[lead] !== outcome ? [] : [(time - daysAgo(created)) / DAY];
      })
      .sort((one, other) => one - other);
  const middle = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0;
  expect(ages(1).length).toBeGreaterThan(100);
  expect(Math.abs(middle(ages(1)) - middle(ages(0)))).toBeLessThan(5);
});
