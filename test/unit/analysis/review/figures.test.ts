import { describe, expect, it } from 'vitest';
import { columnParts } from '../../../../src/analysis/review/column-parts.ts';
import { conversionChange } from '../../../../src/analysis/review/conversion-change.ts';
import { driftOf } from '../../../../src/analysis/review/drift.ts';
import { numberParts } from '../../../../src/analysis/review/number-parts.ts';
import { periodsUpTo, weekBegins, weeklyOf, weekOf } from '../../../../src/analysis/review/periods.ts';
import { salesSayReader } from '../../../../src/analysis/review/sales-say.ts';
import { seededRandom } from '../../../../src/analysis/statistics/seeded-random.ts';
import { readColumn } from '../../../../src/analysis/table/column.ts';
import { DAY } from '../../../../src/base/clock.ts';

const NOW = Date.UTC(2026, 10, 2);
const WEEK = 7 * DAY;

function columnOf(cells: readonly string[]) {
  const reader = readColumn({ name: 'Country', field: 'country' });
  for (const cell of cells) reader.add(cell);
  return reader.finish();
}
const times = (value: string, count: number) => new Array<string>(count).fill(value);

describe('the two periods', () => {
  const periods = periodsUpTo(NOW, 2);

  it('are whole weeks up to now, and as many before', () => {
    expect(periods).toEqual({ at: NOW, weeks: 2, middle: NOW - 2 * WEEK, begin: NOW - 4 * WEEK });
    expect(weekBegins(periods)).toEqual([4, 3, 2, 1].map((back) => NOW - back * WEEK));
  });

  it('know the week of a time, and what lies outside', () => {
    expect(weekOf(periods, NOW)).toBe(3);
    expect(weekOf(periods, NOW - WEEK)).toBe(2);
    expect(weekOf(periods, NOW - 4 * WEEK + 1)).toBe(0);
    expect(weekOf(periods, NOW - 4 * WEEK)).toBeUndefined();
    expect(weekOf(periods, NOW + 1)).toBeUndefined();
  });

  it('are summed up, and told by week', () => {
    expect(weeklyOf(periods, [1, 2, 10, 20])).toMatchObject({ earlier: 3, now: 30, earlierAWeek: 1.5, nowAWeek: 15 });
  });
});

describe('a drift', () => {
  const part = (label: string, earlier: number, now: number) => ({ label, earlier, now });

  it('is the index by hand, with its word and what moved most', () => {
    // (0.7 - 0.5) ln(0.7 / 0.5) + (0.3 - 0.5) ln(0.3 / 0.5)
    const drift = driftOf([part('a', 500, 700), part('b', 500, 300)]);
    expect(drift.psi).toBeCloseTo(0.16946, 4);
    expect(drift).toMatchObject({ word: 'shifted', most: 0 });
    expect(driftOf([part('a', 500, 900), part('b', 500, 100)]).word).toBe('much shifted');
    expect(driftOf([part('a', 500, 500), part('b', 500, 500)])).toMatchObject({ word: 'steady', psi: 0 });
  });

  it('is not told of few leads, and may be chance of some', () => {
    expect(driftOf([part('a', 10, 20), part('b', 10, 0)])).toEqual({
      word: 'too few leads',
      parts: [part('a', 10, 20), part('b', 10, 0)],
    });
    const labels = 'abcdefghij'.split('');
    const few = labels.map((label, place) => part(label, 4, place % 2 === 0 ? 3 : 5));
    expect(driftOf(few).psi).toBeLessThan(0.1);
    expect(driftOf(labels.map((label, place) => part(label, 4, place % 2 === 0 ? 2 : 6))).word).toBe('may be chance');
  });
});

describe('the parts of a field', () => {
  it('are its values, what is beyond the commonest, and nothing known', () => {
    const parts = columnParts(
      columnOf([...times('Germany', 3), ...times('france', 2), '', 'n/a']),
      columnOf([...times('germany', 1), ...times('France', 4)]),
    );
    expect(parts).toEqual([
      { label: 'France', earlier: 2, now: 4 },
      { label: 'germany', earlier: 3, now: 1 },
      { label: 'nothing known', earlier: 2, now: 0 },
    ]);
    const many = Array.from({ length: 12 }, (_, number) => times(`value ${number}`, 5)).flat();
    expect(columnParts(columnOf(many), columnOf(many))).toHaveLength(11);
    expect(columnParts(columnOf(many), columnOf(many)).at(-1)).toEqual({ label: 'others', earlier: 10, now: 10 });
  });

  it('of names and of dates are only whether they are there', () => {
    const names = Array.from({ length: 40 }, (_, number) => `Person ${number}`);
    expect(columnParts(columnOf([...names, '']), columnOf(names))).toEqual([
      { label: 'filled in', earlier: 40, now: 40 },
      { label: 'nothing known', earlier: 1, now: 0 },
    ]);
    const dates = [...times('2026-01-02', 20), ...times('2026-02-03', 20)];
    expect(columnParts(columnOf(dates), columnOf(times('', 3)))).toEqual([
      { label: 'filled in', earlier: 40, now: 0 },
      { label: 'nothing known', earlier: 0, now: 3 },
    ]);
  });

  it('of numbers are stretches of about equally many leads', () => {
    const numbers = Array.from({ length: 50 }, (_, number) => String(number));
    expect(columnParts(columnOf(numbers), columnOf([...times('49', 9), '100', '-5', '']))).toEqual([
      { label: 'below 10', earlier: 10, now: 1 },
      { label: '10 to 19', earlier: 10, now: 0 },
      { label: '20 to 29', earlier: 10, now: 0 },
      { label: '30 to 39', earlier: 10, now: 0 },
      { label: '40 and more', earlier: 10, now: 10 },
      { label: 'nothing known', earlier: 0, now: 1 },
    ]);
    expect(numberParts(Float64Array.of(5, 5, 5), Float64Array.of(4, 5, 6), 5)).toEqual([
      { label: 'below 5', earlier: 0, now: 1 },
      { label: '5', earlier: 3, now: 1 },
      { label: 'above 5', earlier: 0, now: 1 },
    ]);
    expect(numberParts(Float64Array.of(0.5, 1.5), Float64Array.of(1), 2).map(({ label }) => label)).toEqual([
      'below 1.5',
      '1.5 and more',
    ]);
  });
});

describe('who bought, then and now', () => {
  const periods = periodsUpTo(NOW, 13);
  const random = () => seededRandom(3);

  /** 200 leads with 10 points and 200 with 50 in either period, of which so many bought. */
  function judged(rates: { readonly earlier: readonly [number, number]; readonly now: readonly [number, number] }) {
    const [scores, bought, at]: [number[], number[], number[]] = [[], [], []];
    for (const [time, counts] of [
      [periods.middle - DAY, rates.earlier],
      [periods.at - DAY, rates.now],
      [periods.begin - DAY, [200, 0]],
    ] as const) {
      for (const [place, buyers] of counts.entries()) {
        for (let lead = 0; lead < 200; lead += 1) {
          scores.push(place === 0 ? 10 : 50);
          bought.push(lead < buyers ? 1 : 0);
          at.push(time);
        }
      }
    }
    return {
      scores: Float64Array.from(scores),
      bought: Uint8Array.from(bought),
      at: Float64Array.from(at),
      tooYoung: 4,
    };
  }

  it('is told by band of the period before, and what lies before both is left out', () => {
    const change = conversionChange(judged({ earlier: [20, 80], now: [22, 30] }), periods, random());
    expect(change).toMatchObject({
      earlier: { leads: 400, buyers: 100, conversion: 0.25 },
      now: { leads: 400, buyers: 52 },
      word: 'lower',
      tooYoung: 4,
      bands: [
        { from: 50, earlier: { leads: 200, buyers: 80 }, now: { leads: 200, buyers: 30 }, word: 'lower' },
        { from: 10, earlier: { leads: 200, buyers: 20 }, now: { buyers: 22 }, word: 'no difference shown' },
      ],
    });
    // Of 80 x 300 + 20 x 300 ... : buyers at 50 beat 180 of 300 others, and tie with 120; those at 10 tie with 180.
    expect(change.earlier.auc).toBeCloseTo((80 * (180 + 60) + 20 * 90) / (100 * 300), 10);
    expect(change.earlier.aucLow).toBeLessThan(change.earlier.auc ?? 0);
  });

  it('says nothing of an AUC of few buyers, nor of nobody', () => {
    expect(conversionChange(judged({ earlier: [1, 2], now: [2, 1] }), periods, random()).earlier).not.toHaveProperty(
      'auc',
    );
    const nobody = { scores: new Float64Array(), bought: new Uint8Array(), at: new Float64Array(), tooYoung: 0 };
    expect(conversionChange(nobody, periods, random())).toMatchObject({ bands: [], word: 'no difference shown' });
  });
});

describe('what sales said', () => {
  it('is counted, with what sets rejected leads apart first', () => {
    const reader = salesSayReader();
    for (let lead = 0; lead < 40; lead += 1) reader.add({ word: 'rejected' }, ['the flag student', 'the grade B2']);
    for (let lead = 0; lead < 40; lead += 1) reader.add({ word: 'working' }, ['the grade B2']);
    for (let lead = 0; lead < 10; lead += 1) reader.add(undefined, ['the grade A1']);
    reader.add({ word: 'not-now' }, []);
    expect(reader.finish()).toMatchObject({
      passed: 91,
      working: 40,
      notNow: 1,
      rejected: 40,
      silent: 10,
      rejectedShare: 40 / 81,
      traits: [
        { name: 'the flag student', rejected: 40, others: 0, rejectedShare: 1, othersShare: 0, isApart: true },
        { name: 'the grade B2', rejected: 40, others: 40 },
      ],
    });
  });

  it('is counted in their own words, with the reasons that they name, the most frequent first', () => {
    const reader = salesSayReader();
    const rejected = { word: 'rejected' as const, status: 'UNQUALIFIED' };
    for (let lead = 0; lead < 3; lead += 1) reader.add({ ...rejected, reasons: ['no budget', 'too small'] }, []);
    reader.add({ ...rejected, reasons: ['no budget', 'no budget'] }, []);
    reader.add({ word: 'rejected', status: 'BAD_FIT', reasons: ['too small'] }, []);
    reader.add({ word: 'not-now', status: 'BAD_TIMING', reasons: ['no budget'] }, []);
    reader.add({ word: 'not-now', status: 'BAD_TIMING' }, []);
    // What was the reason once says nothing of whom they work now.
    reader.add({ word: 'working', status: 'CONNECTED', reasons: ['no budget'] }, []);
    reader.add(undefined, []);
    expect(reader.finish()).toMatchObject({
      statuses: [
        { status: 'UNQUALIFIED', word: 'rejected', leads: 4 },
        { status: 'BAD_TIMING', word: 'not-now', leads: 2 },
        { status: 'BAD_FIT', word: 'rejected', leads: 1 },
      ],
      reasons: [
        { reason: 'no budget', rejected: 4, notNow: 1 },
        { reason: 'too small', rejected: 4, notNow: 0 },
      ],
      withoutReason: 1,
    });
  });

  it('says nothing where nobody was passed on', () => {
    expect(salesSayReader().finish()).toEqual({
      passed: 0,
      working: 0,
      notNow: 0,
      rejected: 0,
      silent: 0,
      statuses: [],
      reasons: [],
      withoutReason: 0,
      traits: [],
    });
  });
});
