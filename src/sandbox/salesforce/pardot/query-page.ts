import { readToken, type Sequence, writeToken } from './page-token.ts';
import { pardotError } from './pardot-error.ts';
import { readFilters } from './pardot-filter.ts';
import { compareValues, type PardotRow, type PardotTable } from './pardot-table.ts';
import type { ZonedTime } from './zoned-time.ts';

export interface QueryContext {
  readonly table: PardotTable;
  readonly time: ZonedTime;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What happened later than this is not in the cache that queries are answered from. */
  readonly cachedAt: number;
  /** After so many records a sequence of pages ends, whatever is left. */
  readonly mostRecords: number;
}

export interface QueryPage {
  readonly rows: readonly PardotRow[];
  /** Null on the last page, and where the sequence is cut off. */
  readonly nextPageToken: string | null;
  /** There is more, and no token for it. */
  readonly cutOff: boolean;
}

const OPTIONS = ['fields', 'orderBy', 'limit', 'deleted', 'nextPageToken'];
const STANDARD_LIMIT = 200;
const MOST_LIMIT = 1_000;

/** https://developer.salesforce.com/docs/marketing/pardot/guide/version5overview.html */
export function queryPage(query: URLSearchParams, context: QueryContext): QueryPage {
  const { table, time, now, cachedAt, mostRecords } = context;
  const token = query.get('nextPageToken');
  const before = token === null ? undefined : continued(query, readToken(token, table.path, now));
  const asked = before ?? started(table, query, now);
  const filters = readFilters(table, asked.filters, time);
  const limit = Math.min(asked.limit, mostRecords - asked.sent);
  const rows: PardotRow[] = [];
  let more = false;
  for (const row of rowsFrom(table, placeOf(asked, before !== undefined))) {
    if (Number(row.get('createdAt')) > cachedAt) continue;
    if (table.archivable && asked.deleted !== 'all' && String(row.get('isDeleted')) !== asked.deleted) continue;
    if (!filters.every((fits) => fits(row))) continue;
    more = rows.length === limit;
    if (more) break;
    rows.push(row);
  }
  const last = rows.at(-1);
  const sent = asked.sent + rows.length;
  const cutOff = more && sent >= mostRecords;
  const nextPageToken =
    more && !cutOff && last !== undefined
      ? writeToken({ ...asked, sent, at: now, last: [last.get(asked.orderBy), last.id] })
      : null;
  return { rows, nextPageToken, cutOff };
}

function started(table: PardotTable, query: URLSearchParams, now: number): Sequence {
  const [orderBy = 'id', direction = 'asc', ...rest] = (query.get('orderBy') ?? 'id').trim().split(/\s+/);
  if (!table.sortable.includes(orderBy) || rest.length > 0 || !/^(asc|desc)$/i.test(direction))
    throw pardotError(19, 'Invalid value specified for orderBy');
  return {
    object: table.path,
    filters: [...query].filter(([name]) => !OPTIONS.includes(name)),
    orderBy,
    descending: direction.toLowerCase() === 'desc',
    deleted: readDeleted(query),
    limit: readLimit(query),
    last: [null, 0],
    sent: 0,
    at: now,
  };
}

/** A token stands for the whole query: nothing but `fields` may come beside it. */
function continued(query: URLSearchParams, sequence: Sequence): Sequence {
  const others = [...query.keys()].filter((name) => name !== 'nextPageToken' && name !== 'fields');
  if (others.length > 0)
    throw pardotError(5, `Invalid query parameters: ${others.join(', ')} cannot be used with nextPageToken`);
  return sequence;
}

/** Where in an order to begin: after one record, or at the first. */
interface Place extends Pick<Sequence, 'orderBy' | 'descending'> {
  readonly after: Sequence['last'] | undefined;
}

/** Whoever pages by ids of their own need not wait until the ids before are passed over. */
function placeOf({ orderBy, descending, last, filters }: Sequence, goesOn: boolean): Place {
  const above = Number(filters.find(([name]) => name === 'idGreaterThan')?.[1] ?? 0);
  const skips = orderBy === 'id' && !descending && above > last[1];
  return { orderBy, descending, after: skips ? [above, above] : goesOn ? last : undefined };
}

function* rowsFrom(table: PardotTable, { orderBy, descending, after }: Place): Generator<PardotRow> {
  const sorted = table.sortedBy(orderBy);
  const [value, id] = after ?? [null, 0];
  const compare = (row: PardotRow) => compareValues(row.get(orderBy), value) || row.id - id;
  const direction = descending ? -1 : 1;
  // Of the rows before `first`, none comes after the last one sent.
  let first = 0;
  if (after !== undefined) {
    let high = sorted.length;
    while (first < high) {
      const middle = (first + high) >>> 1;
      const row = sorted[middle];
      const isBefore = row !== undefined && (descending ? compare(row) < 0 : compare(row) <= 0);
      if (isBefore) first = middle + 1;
      else high = middle;
    }
    if (descending) first--;
  } else if (descending) first = sorted.length - 1;
  for (let place = first; place >= 0 && place < sorted.length; place += direction) {
    const row = sorted[place];
    if (row !== undefined) yield row;
  }
}

function readLimit(query: URLSearchParams): number {
  const text = query.get('limit') ?? String(STANDARD_LIMIT);
  const limit = /^\d+$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MOST_LIMIT) throw pardotError(23, 'Invalid value specified for limit');
  return limit;
}

function readDeleted(query: URLSearchParams): string {
  const deleted = query.get('deleted') ?? 'false';
  if (!['all', 'true', 'false'].includes(deleted)) throw pardotError(27, 'Parameter deleted must be true or false');
  return deleted;
}
