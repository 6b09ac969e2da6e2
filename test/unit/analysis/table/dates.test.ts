import { describe, expect, it } from 'vitest';
import { type DateOrder, parseDate } from '../../../../src/analysis/table/dates.ts';
import { requireDates } from '../../../../src/analysis/table/require-dates.ts';
import { DAY, HOUR } from '../../../../src/base/clock.ts';
import { givenColumn, repeated } from './given-table.ts';

const ORDERS: readonly DateOrder[] = ['day-first', 'month-first'];
const LAST_OF_MARCH = Date.UTC(2026, 2, 31);

describe('a date', () => {
  it('is read as CRMs export it, and says itself what is the day', () => {
    const texts = ['2026-03-31', '31.03.2026', '31.3.2026', '2026-03-31t00:00:00.000z', '2026-03-31 02:00 +0200'];
    for (const order of ORDERS) {
      expect(texts.map((text) => parseDate(text, order))).toEqual(texts.map(() => LAST_OF_MARCH));
      expect(parseDate('2026-03-31 09:30', order)).toBe(LAST_OF_MARCH + 9.5 * HOUR);
      expect(['2026-02-30', '2026', '31.13.2026', '1/2', 'soon', ''].map((text) => parseDate(text, order))).toEqual(
        Array(6).fill(undefined),
      );
    }
  });

  it('with slashes is read in the order that is said, with an hour of twelve or of 24', () => {
    expect(parseDate('31/03/2026', 'day-first')).toBe(LAST_OF_MARCH);
    expect(parseDate('3/31/2026', 'month-first')).toBe(LAST_OF_MARCH);
    expect(parseDate('31-3-2026', 'day-first')).toBe(LAST_OF_MARCH);
    expect(parseDate('3/31/2026, 3:05 pm', 'month-first')).toBe(LAST_OF_MARCH + 15 * HOUR + HOUR / 12);
    expect(parseDate('3/31/2026 12:00 am', 'month-first')).toBe(LAST_OF_MARCH);
    expect(parseDate('31/03/2026 15:05:00', 'day-first')).toBe(LAST_OF_MARCH + 15 * HOUR + HOUR / 12);
    expect(parseDate('3/31/2026 13:05 pm', 'month-first')).toBeUndefined();
    expect(parseDate('03/31/2026', 'day-first')).toBeUndefined();
    expect(parseDate('31/03-2026', 'day-first')).toBeUndefined();
  });
});

/** As many days from 1 January 2025 on, as they are written. */
const days = (count: number, written: (day: string, month: string, year: number) => string) =>
  repeated(count, (place) => {
    const date = new Date(Date.UTC(2025, 0, 1) + place * DAY);
    const two = (number: number) => String(number).padStart(2, '0');
    return written(two(date.getUTCDate()), two(date.getUTCMonth() + 1), date.getUTCFullYear());
  });
const expected = Array.from({ length: 365 }, (_, place) => Date.UTC(2025, 0, 1) + place * DAY);

describe('a column of dates with slashes', () => {
  it('says by all of its dates together which number is the day', () => {
    const one = givenColumn(days(365, (day, month, year) => `${day}/${month}/${year}`));
    expect([...(one.times ?? [])]).toEqual(expected);
    expect(one.dates).toBe('day-first');
    const other = givenColumn(days(365, (day, month, year) => `${month}/${day}/${year}`));
    expect([...(other.times ?? [])]).toEqual(expected);
    expect(other.dates).toBe('month-first');
  });

  it('is as sure of long tables, though only the last of many dates says it', () => {
    const cells = [
      ...repeated(5_000, (place) => `${(place % 12) + 1}/1/${2020 + (place % 5)} 0:${10 + (place % 50)}`),
      '12/31/2025',
    ];
    const { times, dates } = givenColumn(cells);
    expect(dates).toBe('month-first');
    expect(times?.[1]).toBe(Date.UTC(2021, 1, 1, 0, 11));
  });

  it('may have empty cells, slips, and dates that say it themselves', () => {
    const cells = ['31/12/2025', '', 'soon', '2026-01-02', '04/03/2026'];
    const column = givenColumn(cells);
    const { NaN: none } = Number;
    expect([...(column.times ?? [])]).toEqual([
      Date.UTC(2025, 11, 31),
      none,
      none,
      Date.UTC(2026, 0, 2),
      Date.UTC(2026, 2, 4),
    ]);
    expect(() => requireDates(column, 'leads.csv')).not.toThrow();
  });

  it('in which day and month are always the same number is clear', () => {
    expect(givenColumn(['01/01/2025', '2/2/2025']).dates).toBe('plain');
  });

  it('of which nobody can tell is refused with what to do', () => {
    const column = givenColumn(['03/04/2026', '01/01/2026', '2026-03-31'], 'Created');
    expect(() => requireDates(column, 'leads.csv')).toThrow(
      /^leads\.csv: of the dates in the column "Created" nobody can tell the day from the month, .*: write them as 2026-03-31/,
    );
  });

  it('that has both is refused with an example of each', () => {
    const column = givenColumn(['31/12/2025', '04/03/2026', '12/30/2025'], 'Created');
    expect(() => requireDates(column, 'leads.csv')).toThrow('such as 31/12/2025 and 12/30/2025, ');
  });

  it('without any date is refused', () => {
    expect(() => requireDates(givenColumn(['soon', 'later']), 'leads.csv')).toThrow(
      'holds no dates such as 2026-03-31',
    );
  });
});
