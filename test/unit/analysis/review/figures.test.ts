import { describe, expect, it } from 'vitest';
import { columnParts } from '../../../../src/analysis/review/column-parts.ts';
import { conversionChange } from '../../../../src/analysis/review/conversion-change.ts';
import { type DriftPart, driftsOf } from '../../../../src/analysis/review/drift.ts';
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
  const driftOf = (parts: readonly DriftPart[]) => driftsOf([parts])[0];

  it('is the index by hand, with its word and what moved most', () => {
    // (0.7 - 0.5) ln(0.7 / 0.5) + (0.3 - 0.5) ln(0.3 / 0.5)
    const drift = driftOf([part('a', 500, 700), part('b', 500, 300)]);
    expect(drift?.psi).toBeCloseTo(0.16946, 4);
    expect(drift).toMatchObject({ word: 'shifted', most: 0 });
    expect(driftOf([part('a', 500, 900), part('b', 500, 100)])?.word).toBe('much shifted');
    expect(driftOf([part('a', 500, 500), part('b', 500, 500)])).toMatchObject({ word: 'steady', psi: 0, p: 1 });
  });

  it('is not told of few leads, nor what these were, and may be chance of some', () => {
    expect(driftOf([part('a', 10, 20), part('b', 10, 0)])).toEqual({ word: 'too few leads', parts: [] });
    const labels = 'abcdefghij'.split('');
    const few = labels.map((label, place) => part(label, 4, place % 2 === 0 ? 3 : 5));
    expect(driftOf(few)?.psi).toBeLessThan(0.1);
    expect(driftOf(labels.map((label, place) => part(label, 4, place % 2 === 0 ? 2 : 6)))?.word).toBe('may be chance');
    expect(driftsOf([undefined])).toEqual([{ word: 'past unknown', parts: [] }]);
  });

  it('takes more to be told where many things were asked about', () => {
    // One of twenty looks like this by chance.
    const odd = [part('a', 30, 20), part('b', 20, 30)];
    expect(driftOf(odd)).toMatchObject({ word: 'may be chance' });
    const clear = [part('a', 36, 20), part('b', 14, 30)];
    expect(driftOf(clear)).toMatchObject({ word: 'much shifted' });
    const still = Array.from({ length: 40 }, () => [part('a', 25, 25), part('b', 25, 25)]);
    expect(driftsOf([clear, ...still])[0]).toMatchObject({ word: 'may be chance' });
  });

  it('is told of hardly any review where nothing moved', () => {
    const random = seededRandom(5);
    const numbers = (size: number) => Float64Array.from({ length: size }, () => Math.floor(random() * 100));
    const parts = () => numberParts(numbers(300), numbers(60), { most: 10, least: 1, named: 0 });
    const words = Array.from({ length: 100 }, () =>
      driftsOf(Array.from({ length: 10 }, parts)).map(({ word }) => word),
    );
    const told = words.filter((all) => all.some((word) => word === 'shifted' || word === 'much shifted'));
    expect(told.length).toBeLessThan(12);
    // By their marks alone, all of these reviews would tell of some.
    expect(words.every((all) => all.includes('may be chance'))).toBe(true);
  });
});

describe('the parts of a field', () => {
  it('are its values, what is beyond the commonest, and nothing known', () => {
    const parts = columnParts(
      columnOf([...times('Germany', 30), ...times('france', 20), '', 'n/a']),
      columnOf([...times('germany', 10), ...times('France', 40), ...times('Malta', 9)]),
    );
    expect(parts).toEqual([
      { label: 'France', earlier: 20, now: 40 },
      { label: 'germany', earlier: 30, now: 10 },
      { label: 'others', earlier: 0, now: 9 },
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

  it('tell nobody: neither a telephone number, nor a surname, nor a second address', () => {
    const telephones = (count: number, of: number, from: number) =>
      Array.from({ length: of }, (_, lead) => (lead < count ? `4915112345${from + lead}` : ''));
    const labelsOf = (earlier: readonly string[], now: readonly string[]) =>
      columnParts(columnOf(earlier), columnOf(now)).map(({ label }) => label);
    const hidden = ['filled in', 'nothing known'];
    expect(labelsOf(telephones(4, 40, 100), telephones(5, 45, 200))).toEqual(hidden);
    expect(labelsOf(telephones(1, 40, 100), telephones(0, 45, 200))).toEqual(hidden);
    const dialled = (numbers: readonly string[]) => numbers.map((number) => number.replace(/^49/, '+49 '));
    expect(labelsOf(dialled(telephones(4, 40, 100)), dialled(telephones(5, 45, 200)))).toEqual(hidden);
    const surnames = ['Meier', 'Meier', 'Okafor', 'Nguyen', ...times('', 30)];
    expect(labelsOf(surnames, surnames)).toEqual(hidden);
    // A function's address is one that many may have: it is an address all the same.
    const addresses = [...times('Ada.Meier@acme.example', 12), ...times('', 20)];
    expect(labelsOf(addresses, [...addresses, 'bob@acme.example'])).toEqual(hidden);
  });

  it('end at numbers that are round, or that many have', () => {
    const random = seededRandom(19);
    const telephones = Array.from({ length: 400 }, () => String(4_915_100_000_000 + Math.floor(random() * 1e9)));
    const switchboard = times('4915177777777', 60);
    const parts = columnParts(columnOf([...telephones, ...switchboard]), columnOf(telephones.slice(0, 100)));
    const told = parts.flatMap(({ label }) => label.match(/[\d,]+/g) ?? []).map((text) => text.replaceAll(',', ''));
    expect(told.filter((number) => telephones.includes(number))).toEqual([]);
  });

  it('of numbers are stretches of about equally many leads of both groups', () => {
    const numbers = Array.from({ length: 50 }, (_, number) => String(number));
    const parts = columnParts(columnOf(numbers), columnOf([...times('49', 19), '100', '-5', '']));
    expect(parts).toEqual([
      { label: 'below 13', earlier: 13, now: 1 },
      { label: '13 to 26', earlier: 14, now: 0 },
      { label: '27 to 40', earlier: 14, now: 0 },
      { label: '41 and more', earlier: 9, now: 20 },
      { label: 'nothing known', earlier: 0, now: 1 },
    ]);
    const ours = { most: 10, least: 1, named: 0 };
    // All but a few have the same: what lies above and below it is not lost among them.
    expect(numberParts(Float64Array.of(...Array(96).fill(5)), Float64Array.of(4, 5, 5, 6), ours)).toEqual([
      { label: '4', earlier: 0, now: 1 },
      { label: '5', earlier: 96, now: 2 },
      { label: '6 and more', earlier: 0, now: 1 },
    ]);
    expect(numberParts(Float64Array.of(5, 5), Float64Array.of(5), ours)).toEqual([{ label: '5', earlier: 2, now: 1 }]);
    expect(numberParts(Float64Array.of(0.5, 1.5), Float64Array.of(1), { ...ours, most: 2 })).toMatchObject([
      { label: 'below 1' },
      { label: '1 and more' },
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
