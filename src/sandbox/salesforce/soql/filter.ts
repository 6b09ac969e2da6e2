import type { Field } from '../org/field.ts';
import type { SalesforceRecord } from '../org/record.ts';

/** What a WHERE asks of a record, and which indexes know where to look. */
export interface Filter {
  readonly test: (record: SalesforceRecord) => boolean;
  /** Records among which are all that pass; undefined where no index knows. */
  readonly lookup: Lookup | undefined;
  /** By date-time field of the object itself, or by its Id: what passes lies in this range. */
  readonly ranges: ReadonlyMap<Field, Range>;
}

export interface Lookup {
  /** How many there are at most. */
  readonly count: number;
  /** Each once. */
  records(): SalesforceRecord[];
}

/** Both ends included: milliseconds since 1970; of Id, places among the records of the object. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export const EVERYTHING: Filter = { test: () => true, lookup: undefined, ranges: new Map() };

export function allOf(filters: readonly Filter[]): Filter {
  const ranges = new Map<Field, Range>();
  for (const filter of filters) {
    for (const [field, { from, to }] of filter.ranges) {
      const there = ranges.get(field) ?? { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
      ranges.set(field, { from: Math.max(there.from, from), to: Math.min(there.to, to) });
    }
  }
  const lookups = filters.flatMap(({ lookup }) => lookup ?? []).sort((a, b) => a.count - b.count);
  return { test: (record) => filters.every(({ test }) => test(record)), lookup: lookups[0], ranges };
}

export function anyOf(filters: readonly Filter[]): Filter {
  const ranges = new Map<Field, Range>();
  for (const field of filters[0]?.ranges.keys() ?? []) {
    const all = filters.flatMap((filter) => filter.ranges.get(field) ?? []);
    if (all.length < filters.length) continue;
    ranges.set(field, { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)) });
  }
  const lookups = filters.flatMap(({ lookup }) => lookup ?? []);
  const lookup: Lookup | undefined =
    lookups.length < filters.length
      ? undefined
      : {
          count: lookups.reduce((sum, { count }) => sum + count, 0),
          records: () => [...new Set(lookups.flatMap((one) => one.records()))],
        };
  return { test: (record) => filters.some(({ test }) => test(record)), lookup, ranges };
}

export function noneOf(filter: Filter): Filter {
  return { ...EVERYTHING, test: (record) => !filter.test(record) };
}
