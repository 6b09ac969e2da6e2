import { z } from 'zod';
import { RetryableError } from '../../../base/errors.ts';
import type { CallOptions } from '../../crm.ts';
import { dataPath, type SalesforceApi } from '../api/api.ts';
import { WRITE_HEADERS } from '../api/collections.ts';
import { throwProblems } from '../api/judge.ts';
import { type Problem, parseProblems } from '../api/problems.ts';
import { queryPath, readPage } from '../api/query-page.ts';
import { readAs } from '../api/read-as.ts';
import { oneOf } from '../api/soql.ts';
import { readInstant } from '../outputs.ts';
import { byObject, type RowUpdate, toRecord, type WrittenObject } from './row-update.ts';

/** What became of one row. */
export interface Attempt {
  readonly update: RowUpdate;
  /** Empty where it was written. */
  readonly problems: readonly Problem[];
  /** Of the record after the write, where that was told. */
  readonly after: After | undefined;
}

export interface After {
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  /** What the field of the lifecycle stage holds, where one was asked for. */
  readonly stage: unknown;
}

/**
 * Updates at most 200 records, each for itself, and reads when they changed: one API call for both, as one composite request.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite_post.htm
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_update.htm
 * @throws RetryableError and FatalError where the whole was refused, or its answer makes no sense.
 */
export async function updateAndRead(
  api: SalesforceApi,
  updates: readonly RowUpdate[],
  stageField: string | undefined,
  options?: CallOptions,
): Promise<Attempt[]> {
  const compositeRequest = [writeRequest(updates), ...readRequests(updates, stageField)];
  const body = { allOrNone: false, collateSubrequests: false, compositeRequest };
  const path = dataPath('/composite');
  const headers = WRITE_HEADERS;
  // The same values once more change nothing.
  const answer = await api.call({ kind: 'write', method: 'POST', path, body, headers, repeatable: true, ...options });
  const { compositeResponse } = readAs(answerSchema, answer.body, 'a composite request');
  const answers = new Map(compositeResponse.map((each) => [each.referenceId, each]));
  const rows = readAs(z.array(rowSchema), bodyOf(answers.get(WRITE), 'the update of records'), 'an update of records');
  if (rows.length !== updates.length)
    throw new RetryableError('Salesforce answered for another number of records than it was given');
  const after = new Map<string, After>();
  for (const { referenceId } of compositeRequest.slice(1)) {
    const page = readPage(bodyOf(answers.get(referenceId), 'the query after an update'), afterSchema(stageField));
    for (const { id, ...state } of page.rows) after.set(id, state);
  }
  return updates.map((update, index) => {
    const row = rows[index];
    const problems = row === undefined || row.success ? [] : problemsOf(row.errors);
    return { update, problems, after: after.get(update.readId) };
  });
}

/** Every row that failed has a problem, if only an unnamed one. */
export function problemsOf(errors: unknown): Problem[] {
  const problems = parseProblems(errors);
  return problems.length > 0 ? problems : [{ code: 'UNKNOWN', message: '', fields: [] }];
}

/** What tells of a write: the change time, and of people the stage where config has one. */
export function afterFields(object: WrittenObject, stageField: string | undefined): string {
  return ['Id', 'SystemModstamp', ...(stageField === undefined || object === 'Account' ? [] : [stageField])].join(',');
}

export function afterSchema(stageField: string | undefined) {
  return z.looseObject({ Id: z.string(), SystemModstamp: z.string() }).transform((row) => ({
    id: row.Id,
    changedAt: readInstant(row.SystemModstamp) ?? 0,
    stage: stageField === undefined ? undefined : row[stageField],
  }));
}

const WRITE = 'write';

const rowSchema = z.looseObject({ success: z.boolean(), errors: z.unknown() });

const subanswerSchema = z.looseObject({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() });
const answerSchema = z.looseObject({ compositeResponse: z.array(subanswerSchema) });

function writeRequest(updates: readonly RowUpdate[]) {
  const body = { allOrNone: false, records: updates.map(toRecord) };
  const url = dataPath('/composite/sobjects');
  return { method: 'PATCH', url, referenceId: WRITE, httpHeaders: WRITE_HEADERS, body };
}

function readRequests(updates: readonly RowUpdate[], stageField: string | undefined) {
  return byObject(updates.map(({ readId }) => readId)).map(([object, ids]) => {
    const fields = afterFields(object, stageField);
    const url = queryPath(`SELECT ${fields} FROM ${object} WHERE Id IN ${oneOf(ids)}`);
    return { method: 'GET', url, referenceId: object };
  });
}

/** @throws what an answer of its own with that status would be. */
function bodyOf(answer: z.output<typeof subanswerSchema> | undefined, what: string): unknown {
  if (answer === undefined) throw new RetryableError(`Salesforce left ${what} out of its answer`);
  if (answer.httpStatusCode >= 300) throwProblems(what, answer.httpStatusCode, parseProblems(answer.body));
  return answer.body;
}
