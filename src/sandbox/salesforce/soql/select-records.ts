import type { OrderByClause, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { Field } from '../org/field.ts';
import type { SalesforceRecord } from '../org/record.ts';
import { compileWhere } from './compile-where.ts';
import type { Filter } from './filter.ts';
import { compileOrder, type Sorting, sortRecords } from './order.ts';
import { isSeen, type Scope } from './scope.ts';
import { SoqlError } from './soql-error.ts';

export interface Selecting {
  readonly where?: WhereClause | undefined;
  readonly orderBy?: OrderByClause | OrderByClause[] | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

const MOST_SKIPPED = 2_000;

/** The records that a query finds, in its order. */
export function selectRecords(scope: Scope, { where, orderBy, limit, offset = 0 }: Selecting): SalesforceRecord[] {
  if (offset > MOST_SKIPPED) {
    throw new SoqlError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MOST_SKIPPED}`);
  }
  const filter = compileWhere(scope, where);
  const sortings = compileOrder(scope, orderBy);
  const wanted = limit === undefined ? Number.POSITIVE_INFINITY : offset + limit;
  const { records, sortedBy } = sourceOf(scope, filter, sortings);
  const isSorted = isInOrder(sortings, sortedBy);
  const found: SalesforceRecord[] = [];
  if (wanted > 0) {
    for (const record of records) {
      if (!isSeen(scope, record) || !filter.test(record)) continue;
      found.push(record);
      if (isSorted && found.length >= wanted) break;
    }
  }
  const inOrder = isSorted ? found : sortRecords(found, sortings);
  return offset === 0 && wanted >= inOrder.length ? inOrder : inOrder.slice(offset, wanted);
}

interface Source {
  readonly records: Iterable<SalesforceRecord>;
  /** The field by which they come, and then by their ids; undefined where they come in no order. */
  readonly sortedBy: Field | undefined;
}

/** Where the fewest records have to be looked at. */
function sourceOf({ type }: Scope, { lookup, ranges }: Filter, sortings: readonly Sorting[]): Source {
  const id = type.field('Id');
  let best: Source & { readonly count: number } = { records: type.all, sortedBy: id, count: type.all.length };
  for (const [field, { from, to }] of ranges) {
    if (field === id) {
      const [start, end] = [Math.max(0, from), Math.min(type.all.length, to + 1)];
      const count = Math.max(0, end - start);
      if (count < best.count) best = { records: between(type.all, start, end), sortedBy: id, count };
      continue;
    }
    const index = type.timeIndex(field);
    const count = index.count(from, to);
    // What comes in the order that is asked for need not be sorted, nor read to the end.
    if (count < best.count || (field === sortings[0]?.path.own && count === best.count)) {
      best = { records: index.between(from, to), sortedBy: field, count };
    }
  }
  if (lookup !== undefined && lookup.count < best.count) return { records: lookup.records(), sortedBy: undefined };
  const first = sortings[0]?.path.own;
  if (best.records === type.all && first?.type === 'datetime' && !first.nillable) {
    return {
      records: type.timeIndex(first).between(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
      sortedBy: first,
    };
  }
  return best;
}

function* between(records: readonly SalesforceRecord[], from: number, to: number): Generator<SalesforceRecord> {
  for (let place = from; place < to; place++) {
    const record = records[place];
    if (record !== undefined) yield record;
  }
}

/** Whether records that come by this field, and then by their ids, are in the order that is asked for. */
function isInOrder(sortings: readonly Sorting[], sortedBy: Field | undefined): boolean {
  if (sortings.length === 0) return true;
  const [first, second, third] = sortings;
  if (sortedBy === undefined || first?.path.own !== sortedBy || first.isDescending) return false;
  if (second === undefined || sortedBy.type === 'id') return true;
  return third === undefined && second.path.own?.type === 'id' && !second.isDescending;
}
