import type { Clock } from '../../base/clock.ts';
import type { SalesforceApi } from './api/api.ts';
import { readResults, startBulkQuery, untilReady } from './api/bulk-query.ts';
import { type QueryOptions, queryPages } from './api/query.ts';
import { QueryTooSlowError } from './api/query-errors.ts';
import { type Row, rowSchema } from './row.ts';

/** How many rows of a few short fields one call brings. */
const RESULTS = 100_000;

/** All rows of a query for a few short fields by Bulk API 2.0, in no order. */
export async function* bulkRows(
  api: SalesforceApi,
  clock: Clock,
  soql: string,
  options: QueryOptions,
): AsyncIterable<readonly Row[]> {
  const { all: _, ...call } = options;
  const job = await startBulkQuery(api, soql, options);
  await untilReady(api, job, clock, call);
  let locator: string | undefined;
  do {
    const { rows, next } = await readResults(api, job, locator, { maxRecords: RESULTS, ...call });
    yield rows;
    locator = next;
  } while (locator !== undefined);
}

/** The same at once, and by Bulk where Salesforce gives that up: a row may come twice. */
export async function* everyRow(
  api: SalesforceApi,
  clock: Clock,
  soql: string,
  options: QueryOptions,
): AsyncIterable<readonly Row[]> {
  try {
    yield* queryPages(api, soql, rowSchema, options);
  } catch (error) {
    if (!(error instanceof QueryTooSlowError)) throw error;
    yield* bulkRows(api, clock, soql, options);
  }
}
