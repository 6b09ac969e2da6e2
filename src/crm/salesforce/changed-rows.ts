import { MINUTE, SECOND } from '../../base/clock.ts';
import { FatalError } from '../../base/errors.ts';
import type { CallKind } from '../api-budget.ts';
import type { CallOptions, Lateness, Window } from '../crm.ts';
import type { SalesforceApi } from './api/api.ts';
import { queryTogether } from './api/query.ts';
import { QueryTooSlowError } from './api/query-errors.ts';
import { instant, literal } from './api/soql.ts';
import { CHANGED } from './leads.ts';
import { type Row, rowSchema, textOf, timeOf } from './row.ts';

/**
 * A record bears the time at which its transaction wrote it and is seen once that is committed, up to ten minutes later: what is
 * older than something already seen may still come to light. Times are whole seconds: of one that is not over yet, the record might change
 * once more and look the same. The rest of the lag is for clocks that differ.
 */
export const CHANGES_LATENESS: Lateness = { overlap: 15 * MINUTE, lag: 5 * SECOND };

/** Records of one object, the deleted ones too. */
export interface ChangedSource {
  readonly object: string;
  /** `Id` and SystemModstamp among them. */
  readonly columns: readonly string[];
}

export interface ChangedPage<Source> {
  readonly source: Source;
  readonly rows: readonly Row[];
}

/** As many rows as Salesforce gives at once. */
const PAGE = 2_000;

/** Of a window shorter than this, no half is asked for by itself. */
const SHORTEST = 2 * MINUTE;

/**
 * All records that changed within the window, as `rowsWithin` tells of them; half by half where Salesforce gives the whole up: then some
 * come twice.
 */
export async function* changedRows<Source extends ChangedSource>(
  api: SalesforceApi,
  sources: readonly Source[],
  window: Window,
  options: CallOptions & { readonly kind: CallKind },
): AsyncIterable<ChangedPage<Source>> {
  const { from, to } = window;
  try {
    yield* rowsWithin(api, sources, window, options);
  } catch (error) {
    if (!(error instanceof QueryTooSlowError) || to - from < SHORTEST) throw error;
    const middle = wholeSecond((from + to) / 2);
    yield* changedRows(api, sources, { from, to: middle }, options);
    yield* changedRows(api, sources, { from: middle, to }, options);
  }
}

/**
 * All records that changed within the window, source after source, at most 2,000 rows at once. The first pages of all sources come
 * in one call. Each further page begins behind the last row of the one before, by time and id: times are whole seconds, so that
 * thousands of records may share one, and a record that changes while we read leaves the window without moving any other.
 */
async function* rowsWithin<Source extends ChangedSource>(
  api: SalesforceApi,
  sources: readonly Source[],
  window: Window,
  options: CallOptions & { readonly kind: CallKind },
): AsyncIterable<ChangedPage<Source>> {
  if (window.from >= window.to) return;
  const ask = (places: readonly { readonly source: Source; readonly after?: Place }[]) =>
    queryTogether<Row[]>(
      api,
      places.map(({ source, after }) => ({ soql: pageQuery(source, window, after), row: rowSchema, all: true })),
      options,
    );
  const first = await ask(sources.map((source) => ({ source })));
  for (const [index, source] of sources.entries()) {
    let rows = first[index] ?? [];
    let after: Place | undefined;
    while (rows.length > 0) {
      const last = lastPlace(rows, after);
      yield { source, rows };
      if (rows.length < PAGE) break;
      after = last;
      rows = (await ask([{ source, after }]))[0] ?? [];
    }
  }
}

/** Where a page ends. */
interface Place {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly id: string;
}

function pageQuery({ object, columns }: ChangedSource, { from, to }: Window, after: Place | undefined): string {
  // Times of Salesforce are whole seconds: rounded up, either end leaves out what it should.
  const begin = after === undefined ? wholeSecond(from) : after.at;
  const conditions = [
    `${CHANGED} >= ${instant(begin)}`,
    `${CHANGED} < ${instant(wholeSecond(to))}`,
    ...(after === undefined ? [] : [`(${CHANGED} > ${instant(after.at)} OR Id > ${literal(after.id)})`]),
  ];
  return `SELECT ${columns.join(', ')} FROM ${object} WHERE ${conditions.join(' AND ')} ORDER BY ${CHANGED}, Id LIMIT ${PAGE}`;
}

const wholeSecond = (ms: number) => Math.ceil(ms / SECOND) * SECOND;

/** @throws FatalError where the rows are not in the order of their times, or the same again: going on from there would leave some out. */
function lastPlace(rows: readonly Row[], after: Place | undefined): Place | undefined {
  let last = after;
  for (const row of rows) {
    const [at, id] = [timeOf(row, CHANGED), textOf(row, 'Id')];
    if (at === undefined || id === undefined || (last !== undefined && at < last.at)) throw new FatalError(NOT_SORTED);
    last = { at, id };
  }
  if (last?.id === after?.id) throw new FatalError(NOT_SORTED);
  return last;
}

const NOT_SORTED =
  'Salesforce did not sort a query by time and id as it was asked to: nothing was skipped, but no changes can be read';
