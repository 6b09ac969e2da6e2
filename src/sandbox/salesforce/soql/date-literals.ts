import { addDays, dayIn } from '../org/days.ts';
import { SoqlError } from './soql-error.ts';

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/** Days from one (included) to another (not included), such as `2026-11-22`. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

const NAMED: Readonly<Record<string, readonly [Unit, number]>> = {
  YESTERDAY: ['DAY', -1],
  TODAY: ['DAY', 0],
  TOMORROW: ['DAY', 1],
};

/**
 * The days that a date literal stands for, in the time zone of the org: `TODAY`, `LAST_N_DAYS:30`, `THIS_MONTH`. A week begins
 * on Sunday. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm
 */
export function daysOf(literal: string, now: number, timeZone: string): Days {
  const today = dayIn(timeZone, now);
  const [name = '', count] = literal.toUpperCase().split(':');
  const named = NAMED[name];
  if (named !== undefined) return span(today, named[0], named[1], 1);
  const many = Number(count);
  const [, place, unit] = /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(name) ?? [];
  if (isUnit(unit) && count !== undefined) {
    if (place === 'NEXT') return span(today, unit, 1, many);
    // Of days alone, today is one of them.
    return span(today, unit, -many, unit === 'DAY' ? many + 1 : many);
  }
  const ago = /^N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(name)?.[1];
  if (isUnit(ago) && count !== undefined) return span(today, ago, -many, 1);
  if (name === 'LAST_90_DAYS') return span(today, 'DAY', -90, 91);
  if (name === 'NEXT_90_DAYS') return span(today, 'DAY', 1, 90);
  const [, which, one] = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name) ?? [];
  if (isUnit(one)) return span(today, one, which === 'LAST' ? -1 : which === 'NEXT' ? 1 : 0, 1);
  throw new SoqlError('MALFORMED_QUERY', `the sandbox does not know the date literal ${literal}`);
}

function isUnit(text: string | undefined): text is Unit {
  return text === 'DAY' || text === 'WEEK' || text === 'MONTH' || text === 'QUARTER' || text === 'YEAR';
}

/** So many units, of which the first begins so many after the one that the day is in. */
function span(day: string, unit: Unit, first: number, count: number): Days {
  return { from: later(startOf(day, unit), unit, first), to: later(startOf(day, unit), unit, first + count) };
}

function startOf(day: string, unit: Unit): string {
  const month = Number(day.slice(5, 7));
  switch (unit) {
    case 'DAY':
      return day;
    case 'WEEK':
      return addDays(day, -new Date(`${day}T00:00:00Z`).getUTCDay());
    case 'MONTH':
      return `${day.slice(0, 7)}-01`;
    case 'QUARTER':
      return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
    case 'YEAR':
      return `${day.slice(0, 4)}-01-01`;
  }
}

/** @param day the first of the unit */
function later(day: string, unit: Unit, count: number): string {
  if (unit === 'DAY') return addDays(day, count);
  if (unit === 'WEEK') return addDays(day, 7 * count);
  const months = { MONTH: 1, QUARTER: 3, YEAR: 12 }[unit] * count;
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months, 1))
    .toISOString()
    .slice(0, 10);
}
