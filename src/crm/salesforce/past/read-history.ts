import type { Clock } from '../../../base/clock.ts';
import type { CallOptions } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { SalesforceRefusal } from '../api/error-table.ts';
import { queryPages } from '../api/query.ts';
import { oneOfTexts } from '../api/soql.ts';
import { bulkRows } from '../bulk-rows.ts';
import type { PersonKind } from '../person-kind.ts';
import { type Column, type Row, rowSchema } from '../row.ts';
import { createHistoryTable, type HistoryTable } from './history-table.ts';
import { historyOf } from './kept-columns.ts';

/**
 * Every change of these columns on all records of a kind, as far back as Salesforce keeps them: 18 months, and 24 for who asks for what
 * was archived as well, as is done here. One bulk job, and a call for each 100,000 changes; no call where there is no column.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_associated_objects_history.htm
 */
export async function readHistory(
  { api, clock }: { readonly api: SalesforceApi; readonly clock: Clock },
  kind: PersonKind,
  columns: readonly Column[],
  options: CallOptions,
): Promise<HistoryTable> {
  const table = createHistoryTable(`${kind}Id`, columns);
  if (columns.length === 0) return table;
  const names = oneOfTexts(columns.map(({ name }) => name));
  const soql = `SELECT ${kind}Id, Field, OldValue, NewValue, CreatedDate FROM ${historyOf(kind)} WHERE Field IN ${names}`;
  for await (const rows of changeRows(api, clock, soql, options)) rows.forEach(table.add);
  return table;
}

/** Page by page where Bulk does not take the query: not every history is open to it in every release. */
async function* changeRows(
  api: SalesforceApi,
  clock: Clock,
  soql: string,
  options: CallOptions,
): AsyncIterable<readonly Row[]> {
  const query = { ...options, kind: 'read', all: true } as const;
  try {
    yield* bulkRows(api, clock, soql, query);
  } catch (error) {
    if (!(error instanceof SalesforceRefusal)) throw error;
    yield* queryPages(api, soql, rowSchema, query);
  }
}
