import { pardotError } from './pardot-error.ts';
import { compareValues, type PardotRow, type PardotTable, type PardotType, type PardotValue } from './pardot-table.ts';
import type { ZonedTime } from './zoned-time.ts';

/** One condition of a query; a record must meet them all. */
export type PardotFilter = (row: PardotRow) => boolean;

const RANGES = {
  GreaterThan: (order: number) => order > 0,
  GreaterThanOrEqualTo: (order: number) => order >= 0,
  LessThan: (order: number) => order < 0,
  LessThanOrEqualTo: (order: number) => order <= 0,
  After: (order: number) => order > 0,
  AfterOrEqualTo: (order: number) => order >= 0,
  Before: (order: number) => order < 0,
  BeforeOrEqualTo: (order: number) => order <= 0,
} as const;

const SUFFIXES: Readonly<Record<PardotType, readonly (keyof typeof RANGES)[]>> = {
  integer: ['GreaterThan', 'GreaterThanOrEqualTo', 'LessThan', 'LessThanOrEqualTo'],
  datetime: ['After', 'AfterOrEqualTo', 'Before', 'BeforeOrEqualTo'],
  string: [],
  boolean: [],
};

const MOST_FILTERED_FIELDS = 3;

/** The filters of a query's parameters. @throws errors 5, 7, 16 and 209 as Account Engagement numbers them */
export function readFilters(
  table: PardotTable,
  params: readonly (readonly [string, string])[],
  time: ZonedTime,
): PardotFilter[] {
  const filtered = new Set<string>();
  const filters = params.map(([name, text]) => {
    const { field, suffix } = findField(table, name);
    filtered.add(field);
    const wanted = readValue(table.types[field] ?? 'string', name, text, time);
    if (suffix === undefined) return (row: PardotRow) => row.get(field) === wanted;
    const fits = RANGES[suffix];
    return (row: PardotRow) => {
      const value = row.get(field);
      return value !== null && fits(compareValues(value, wanted));
    };
  });
  if (filtered.size > MOST_FILTERED_FIELDS) {
    throw pardotError(
      209,
      'Too many fields have filters: The max number of 3 distinct fields with filters was exceeded for this query.',
    );
  }
  return filters;
}

function findField(table: PardotTable, name: string) {
  for (const field of table.filterable) {
    if (name === field) return { field, suffix: undefined };
    const suffix = SUFFIXES[table.types[field] ?? 'string'].find((one) => name === field + one);
    if (suffix !== undefined) return { field, suffix };
  }
  throw pardotError(5, `Invalid query parameters: ${name}`);
}

function readValue(type: PardotType, name: string, text: string, time: ZonedTime): PardotValue {
  if (type === 'integer') {
    if (/^\d+$/.test(text)) return Number(text);
    throw pardotError(16, `Invalid ID: ${name} must be a whole number`);
  }
  if (type === 'boolean') {
    if (text === 'true' || text === 'false') return text === 'true';
    throw pardotError(50, `Invalid boolean: ${name} must be true or false`);
  }
  if (type === 'string') return text;
  // A plus sign that was not encoded has become a blank by now: that is no time.
  const at = time.read(text);
  if (at === undefined) throw pardotError(7, `Invalid timestamp: ${name}`);
  return at;
}
