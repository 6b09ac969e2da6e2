import { z } from 'zod';
import { RetryableError } from '../../../base/errors.ts';
import type { CallKind } from '../../api-budget.ts';
import type { CallOptions } from '../../crm.ts';
import { type ApiCall, dataPath, type SalesforceApi } from './api.ts';
import { parseProblems } from './problems.ts';
import { readAs } from './read-as.ts';

/** What became of one record. */
export type RowResult = { readonly success: true } | { readonly success: false; readonly errors: readonly RowError[] };

export interface RowError {
  /** Such as `UNABLE_TO_LOCK_ROW`: see `sortError`. */
  readonly statusCode: string;
  /** May hold values of the record: it decides, and never goes further. */
  readonly message: string;
  /** Names of fields, those of the text too. */
  readonly fields: readonly string[];
}

export interface RecordUpdate {
  readonly attributes: { readonly type: string };
  readonly Id: string;
  readonly [field: string]: unknown;
}

/**
 * Updates at most 200 records, each by itself: what is wrong with one keeps none of the others. One result for each, in the
 * order of the records. Assignment rules stay out of it, and so do duplicate rules that only want to be confirmed.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_update.htm
 * @throws RetryableError where Salesforce's answer leaves records out: nothing is known of any.
 */
export async function updateRecords(
  api: SalesforceApi,
  records: readonly RecordUpdate[],
  { kind = 'write', ...options }: CallOptions & { readonly kind?: CallKind } = {},
): Promise<RowResult[]> {
  if (records.length === 0) return [];
  // Salesforce allows ten changes of the type within a call.
  const order = [...records.keys()].sort((a, b) => compare(typeOf(records[a]), typeOf(records[b])) || a - b);
  const ordered = order.map((place) => records[place]);
  const answers = await sendRecords(api, { ...options, kind, method: 'PATCH' }, ordered);
  const byPlace = new Map(order.map((place, turn) => [place, answers[turn]]));
  return [...records.keys()].flatMap((place) => byPlace.get(place) ?? []);
}

/**
 * Creates at most 200 records, each by itself, where a second one is refused as a duplicate: asking again is as good as once. One
 * result for each, in the order of the records.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_create.htm
 * @throws RetryableError where Salesforce's answer leaves records out: nothing is known of any.
 */
export async function insertOnce(
  api: SalesforceApi,
  records: readonly NewRecord[],
  { kind = 'write', ...options }: CallOptions & { readonly kind?: CallKind } = {},
): Promise<RowResult[]> {
  if (records.length === 0) return [];
  return sendRecords(api, { ...options, kind, method: 'POST', repeatable: true }, records);
}

export interface NewRecord {
  readonly attributes: { readonly type: string };
  readonly [field: string]: unknown;
}

async function sendRecords(
  api: SalesforceApi,
  call: Pick<ApiCall, 'kind' | 'method' | 'repeatable' | keyof CallOptions>,
  records: readonly unknown[],
): Promise<RowResult[]> {
  if (records.length > MOST_RECORDS) throw new TypeError(`at most ${MOST_RECORDS} records go together`);
  const path = dataPath('/composite/sobjects');
  const { body } = await api.call({ ...call, path, body: { allOrNone: false, records }, headers: WRITE_HEADERS });
  const answers = readAs(z.array(rowSchema), body, 'the writing of records');
  if (answers.length !== records.length)
    throw new RetryableError(
      `Salesforce answered for ${answers.length} of ${records.length} records: trying them all again`,
    );
  return answers;
}

export const MOST_RECORDS = 200;

/**
 * For every write over REST: without the first, Salesforce runs the active assignment rule over each Lead that is updated, which
 * takes it away from its owner.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_autoassign.htm
 */
export const WRITE_HEADERS = {
  'Sforce-Auto-Assign': 'FALSE',
  'Sforce-Duplicate-Rule-Header': 'allowSave=true',
} as const;

const rowSchema = z
  .object({ success: z.boolean(), errors: z.unknown() })
  .transform(({ success, errors }): RowResult => {
    if (success) return { success };
    return { success, errors: rowErrors(errors) };
  });

function rowErrors(errors: unknown): RowError[] {
  const problems = parseProblems(errors);
  if (problems.length === 0) return [{ statusCode: 'UNKNOWN_EXCEPTION', message: '', fields: [] }];
  return problems.map(({ code, message, fields }) => ({ statusCode: code, message, fields }));
}

function typeOf(record: RecordUpdate | undefined): string {
  return record?.attributes.type ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
