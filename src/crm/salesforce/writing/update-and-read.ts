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
import { byObject, fieldsOf, type RowUpdate, toRecord, type WrittenObject } from './row-update.ts';

/** What became of one row. */
export interface Attempt {
  readonly update: RowUpdate;
  /** Empty where it was written. */
  readonly problems: readonly Problem[];
  /** Of the record after the write, where that was told. */
  readonly after: After | undefined;
}

export interface After {
  /** Milliseconds since 1970; with `since`, it changed some time between that and this. */
  readonly changedAt: number;
  readonly since?: number;
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
  const { written, readAfter } = await askTogether(api, [collectionRequest(updates)], updates, stageField, options);
  const [answer] = written;
  const rows = readAs(z.array(rowSchema), bodyOf(answer, 'the update of records'), 'an update of records');
  if (rows.length !== updates.length)
    throw new RetryableError('Salesforce answered for another number of records than it was given');
  const after = readAfter();
  return updates.map((update, index) => {
    const row = rows[index];
    const problems = row === undefined || row.success ? [] : problemsOf(row.errors);
    return { update, problems, after: after.get(update.readId) };
  });
}

/** As many as one composite request has room for beside the queries: it carries 25. */
export const MOST_EACH = 22;

/** The same for at most `MOST_EACH` records, each in a transaction of its own, one after the other; still one API call. */
export async function updateEachAndRead(
  api: SalesforceApi,
  updates: readonly RowUpdate[],
  stageField: string | undefined,
  options?: CallOptions,
): Promise<Attempt[]> {
  const { written, readAfter } = await askTogether(api, updates.map(recordRequest), updates, stageField, options);
  const after = readAfter();
  return updates.map((update, index) => {
    const answer = written[index];
    if (answer === undefined) throw new RetryableError('Salesforce left the update of a record out of its answer');
    const problems = answer.httpStatusCode < 300 ? [] : problemsOf(answer.body);
    return { update, problems, after: after.get(update.readId) };
  });
}

/** Asks for the writes, one after the other, and then for the records as they are; answers to each write in their order. */
async function askTogether(
  api: SalesforceApi,
  writes: readonly Subrequest[],
  updates: readonly RowUpdate[],
  stageField: string | undefined,
  options?: CallOptions,
) {
  const reads = readRequests(updates, stageField);
  const body = { allOrNone: false, collateSubrequests: false, compositeRequest: [...writes, ...reads] };
  const path = dataPath('/composite');
  const headers = WRITE_HEADERS;
  // The same values once more change nothing.
  const answer = await api.call({ kind: 'write', method: 'POST', path, body, headers, repeatable: true, ...options });
  const { compositeResponse } = readAs(answerSchema, answer.body, 'a composite request');
  const answers = new Map(compositeResponse.map((each) => [each.referenceId, each]));
  const written = writes.map(({ referenceId }) => answers.get(referenceId));
  const readAfter = () => {
    const after = new Map<string, After>();
    for (const { referenceId } of reads) {
      const page = readPage(bodyOf(answers.get(referenceId), 'the query after an update'), afterSchema(stageField));
      for (const { id, ...state } of page.rows) after.set(id, state);
    }
    return after;
  };
  return { written, readAfter };
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

const rowSchema = z.looseObject({ success: z.boolean(), errors: z.unknown() });

const subanswerSchema = z.looseObject({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() });
const answerSchema = z.looseObject({ compositeResponse: z.array(subanswerSchema) });

interface Subrequest {
  readonly method: 'GET' | 'PATCH';
  readonly url: string;
  readonly referenceId: string;
  readonly httpHeaders?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function collectionRequest(updates: readonly RowUpdate[]): Subrequest {
  const body = { allOrNone: false, records: updates.map(toRecord) };
  const url = dataPath('/composite/sobjects');
  return { method: 'PATCH', url, referenceId: 'write', httpHeaders: WRITE_HEADERS, body };
}

function recordRequest(update: RowUpdate, place: number): Subrequest {
  const url = dataPath(`/sobjects/${update.object}/${update.recordId}`);
  return { method: 'PATCH', url, referenceId: `write${place}`, httpHeaders: WRITE_HEADERS, body: fieldsOf(update) };
}

function readRequests(updates: readonly RowUpdate[], stageField: string | undefined): Subrequest[] {
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
