import { SECOND } from '../../../base/clock.ts';
import { RetryableError } from '../../../base/errors.ts';
import type { CallOptions } from '../../crm.ts';
import { ingest } from '../api/bulk-ingest.ts';
import { readResults, startBulkQuery, untilReady } from '../api/bulk-query.ts';
import type { RowResult } from '../api/collections.ts';
import type { Problem } from '../api/problems.ts';
import { readAs } from '../api/read-as.ts';
import { instant } from '../api/soql.ts';
import { fieldsOf, objectOf, type RowUpdate } from './row-update.ts';
import { type After, type Attempt, afterFields, afterSchema } from './update-and-read.ts';
import { stageFieldOf, type WriteContext } from './write-context.ts';

/** Rows of one page of results: some 10 MB of text at most. */
const PAGE = 50_000;
/** The org's clock may be behind ours. */
const SKEW = 120 * SECOND;

/**
 * Rows of one object with the same fields, by Bulk API 2.0. When they changed is read by one more bulk job, of all that changed since:
 * what others changed meanwhile is known by its fingerprint and not by its time.
 * @throws RetryableError where nothing is known of the job's end.
 */
export async function attemptInBulk(
  context: WriteContext,
  updates: readonly RowUpdate[],
  options?: CallOptions,
): Promise<Attempt[]> {
  const [first] = updates;
  if (first === undefined) return [];
  const { api, clock } = context;
  const rows = updates.map((update) => ({ Id: update.recordId, ...fieldsOf(update) }));
  const began = clock.now();
  const results = await ingest(api, first.object, rows, { kind: 'write', clock, ...options });
  const stageField = stageFieldOf(context);
  const movesStage = stageField !== undefined && stageField in first.fields;
  const after = await readAfter(context, updates, began, options).catch((error: unknown) => {
    // They are written: without the time, they are but read once more.
    if (!(error instanceof RetryableError) || movesStage) throw error;
    return new Map<string, After>();
  });
  return updates.map((update) => ({
    update,
    problems: problemsOf(results.get(update.recordId)),
    after: after.get(update.readId),
  }));
}

async function readAfter(
  { api, clock, ...context }: WriteContext,
  updates: readonly RowUpdate[],
  began: number,
  options?: CallOptions,
): Promise<Map<string, After>> {
  const stageField = stageFieldOf(context);
  const schema = afterSchema(stageField);
  const wanted = new Set(updates.map(({ readId }) => readId));
  const [object = 'Lead'] = [...wanted].map(objectOf);
  const soql = `SELECT ${afterFields(object, stageField)} FROM ${object} WHERE SystemModstamp >= ${instant(began - SKEW)}`;
  const call = { kind: 'write', ...options } as const;
  const job = await startBulkQuery(api, soql, call);
  await untilReady(api, job, clock, call);
  const after = new Map<string, After>();
  let next: string | undefined;
  do {
    const page = await readResults(api, job, next, { maxRecords: PAGE, ...call });
    for (const row of page.rows) {
      const { id, ...state } = readAs(schema, row, 'a bulk query');
      if (wanted.has(id)) after.set(id, state);
    }
    next = page.next;
  } while (next !== undefined);
  return after;
}

function problemsOf(result: RowResult | undefined): Problem[] {
  if (result === undefined) return [UNANSWERED];
  if (result.success) return [];
  return result.errors.map(({ statusCode, message, fields }) => ({ code: statusCode, message, fields }));
}

const UNANSWERED: Problem = { code: 'UNPROCESSED', message: '', fields: [] };
