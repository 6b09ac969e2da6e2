import type { z } from 'zod';
import { MINUTE, SECOND } from '../../../base/clock.ts';
import { FatalError } from '../../../base/errors.ts';
import type { CallOptions, Lateness, StreamWindow } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { queryPages } from '../api/query.ts';
import { QueryTooSlowError } from '../api/query-errors.ts';
import { instant, literal } from '../api/soql.ts';

/** What every row says; see `row-fields.ts`. */
export interface Stamped {
  readonly Id: string;
  /** Milliseconds since 1970, at whole seconds. */
  readonly SystemModstamp: number;
  readonly IsDeleted: boolean;
}

/** Records of one kind that are read by when they were last touched. */
export interface StampedSource<Row extends Stamped> {
  /** The API name of their object: `Task`. */
  readonly object: string;
  /** What is read of them besides `Stamped`, and whatever `where` asks about: these are what a probe tries. */
  readonly fields: readonly string[];
  /** A condition that all of them meet. */
  readonly where?: string;
  /** A condition for those that tell of something which happened then or later, where nothing was told before. */
  readonly happened: (since: number) => string;
  readonly row: z.ZodType<Row>;
}

/** Where a page ends. */
type Place = Pick<Stamped, 'Id' | 'SystemModstamp'>;

export interface StampedPage<Row extends Stamped> {
  readonly rows: readonly Row[];
  /** The last row, where more may follow. */
  readonly last: Place | undefined;
}

/**
 * A record is stamped when its transaction writes it and seen once that is committed, which may take ten minutes: what is
 * stamped before something that was seen already may come to light after it.
 */
export const STAMPED_LATENESS: Lateness = { overlap: 15 * MINUTE, lag: 0 };

export interface StampedReading<Row extends Stamped> {
  readonly api: SalesforceApi;
  readonly source: StampedSource<Row>;
  readonly window: StreamWindow;
  readonly options?: CallOptions | undefined;
}

/**
 * All that were touched within the window, the deleted too, oldest first; with `since`, all that tell of something that happened
 * since then, the deleted not. Each page begins after the last row of the one before, by stamp and id, as many records may have
 * one stamp: a pull may wait for hours in the middle, and Salesforce does not keep the rest of a query for as long.
 * @param first the first page, where it was read already
 */
export async function* stampedPages<Row extends Stamped>(
  reading: StampedReading<Row>,
  first?: StampedPage<Row>,
): AsyncIterable<readonly Row[]> {
  if (reading.window.from >= reading.window.to) return;
  if (first === undefined) return yield* pagesBehind(reading, undefined);
  if (first.rows.length > 0) yield first.rows;
  if (first.last !== undefined) yield* pagesBehind(reading, first.last);
}

/** Half by half where Salesforce gives a query up. */
async function* pagesBehind<Row extends Stamped>(
  reading: StampedReading<Row>,
  begin: Place | undefined,
): AsyncIterable<readonly Row[]> {
  let after = begin;
  try {
    for (;;) {
      const { rows, last } = await readStampedPage(reading, after);
      if (rows.length > 0) yield rows;
      if (last === undefined) return;
      after = last;
    }
  } catch (error) {
    const { from, to, since } = reading.window;
    const start = after?.SystemModstamp ?? from;
    if (!(error instanceof QueryTooSlowError) || since !== undefined || to - start < SHORTEST) throw error;
    const middle = Math.floor((start + to) / 2 / SECOND) * SECOND;
    yield* pagesBehind({ ...reading, window: { from, to: middle } }, after);
    yield* pagesBehind({ ...reading, window: { from: middle, to } }, undefined);
  }
}

/** What Salesforce cannot answer of so little, it cannot of less. */
const SHORTEST = 2 * MINUTE;

/** How many records one answer holds at most. */
const PAGE = 2_000;

async function readStampedPage<Row extends Stamped>(
  { api, source, window, options }: StampedReading<Row>,
  after?: Place,
): Promise<StampedPage<Row>> {
  const rows: Row[] = [];
  const { soql, all } = stampedQuery(source, window, after);
  for await (const some of queryPages(api, soql, source.row, { ...options, kind: 'activity', all })) rows.push(...some);
  return stampedPage(rows, after);
}

/** @throws FatalError where the rows are not in the order of their stamps, or end where the page before did. */
export function stampedPage<Row extends Stamped>(rows: readonly Row[], after?: Place): StampedPage<Row> {
  const last = rows.at(-1);
  let reached = after?.SystemModstamp ?? Number.NEGATIVE_INFINITY;
  for (const { SystemModstamp } of rows) {
    if (SystemModstamp < reached) throw new FatalError(NOT_SORTED);
    reached = SystemModstamp;
  }
  if (last !== undefined && last.Id === after?.Id) throw new FatalError(NOT_SORTED);
  return { rows, last: rows.length < PAGE ? undefined : last };
}

const NOT_SORTED =
  'Salesforce did not sort activities by time and id as it was asked to: none was skipped, but no more can be read';

/** Always of all records: tasks and events of last year are kept as archived, and are no less true. */
export function stampedQuery<Row extends Stamped>(
  { object, fields, where, happened }: StampedSource<Row>,
  { from, to, since }: StreamWindow,
  after?: Place,
): { readonly soql: string; readonly all: true } {
  const conditions = [
    ...(where === undefined ? [] : [where]),
    ...(since === undefined ? [touched(from, to, after)] : [`IsDeleted = false AND (${happened(since)})`]),
    ...(since === undefined || after === undefined ? [] : [behind(after)]),
  ];
  const selected = ['Id', 'SystemModstamp', 'IsDeleted', ...fields].join(',');
  const soql = `SELECT ${selected} FROM ${object} WHERE ${conditions.join(' AND ')} ORDER BY SystemModstamp, Id LIMIT ${PAGE}`;
  return { soql, all: true };
}

/** `to` is rounded up, as all stamps are whole seconds: a record of this very second is not left for the next poll. */
function touched(from: number, to: number, after?: Place): string {
  const begin = after === undefined ? `SystemModstamp >= ${instant(from)}` : behind(after);
  return `${begin} AND SystemModstamp < ${instant(Math.ceil(to / SECOND) * SECOND)}`;
}

/** Salesforce finds records by a plain bound of their stamp quickly, and by one of two conditions slowly. */
function behind({ Id: id, SystemModstamp: stamp }: Place): string {
  const at = instant(stamp);
  return `SystemModstamp >= ${at} AND (SystemModstamp > ${at} OR Id > ${literal(id)})`;
}
