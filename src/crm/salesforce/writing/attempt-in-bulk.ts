import { SECOND } from '../../../base/clock.ts';
import type { CallOptions } from '../../crm.ts';
import { type Ingested, ingest } from '../api/bulk-ingest.ts';
import { sortError } from '../api/error-table.ts';
import type { Problem } from '../api/problems.ts';
import { readInstant } from '../outputs.ts';
import { fieldsOf, type RowUpdate } from './row-update.ts';
import { verdictOn } from './row-verdict.ts';
import type { After, Attempt } from './update-and-read.ts';
import type { WriteContext } from './write-context.ts';

export interface BulkAttempts {
  readonly attempts: readonly Attempt[];
  /** Rows that may still be written by collections. */
  readonly undone: readonly RowUpdate[];
}

/**
 * Rows of one object by Bulk API 2.0, each with the fields that it has. Nothing tells when each of them changed; it was while the job was
 * under way. @throws what `ingest` does; with `signal` aborted, what that gives.
 */
export async function attemptInBulk(
  { api, clock }: WriteContext,
  updates: readonly RowUpdate[],
  options?: CallOptions,
): Promise<BulkAttempts> {
  const [first] = updates;
  if (first === undefined) return { attempts: [], undone: [] };
  const rows = updates.map((update) => ({ Id: update.recordId, ...fieldsOf(update) }));
  const results = await ingest(api, first.object, rows, { kind: 'write', clock, ...options });
  const attempts = updates.map((update): Attempt => {
    const result = results.get(update.recordId);
    return { update, problems: problemsOf(result), after: result?.success === true ? afterJob(result) : undefined };
  });
  return {
    attempts: attempts.filter((attempt) => !mayWorkElsewhere(attempt)),
    undone: attempts.filter(mayWorkElsewhere).map(({ update }) => update),
  };
}

/** The job left it undone or found it locked; or a duplicate rule wants to be told that it is meant, which only REST can do. */
function mayWorkElsewhere({ update, problems }: Attempt): boolean {
  if (problems.length === 0) return false;
  return verdictOn(update, problems) === 'again' || problems.some(({ code }) => sortError(code) === 'duplicate');
}

/** The clocks of Salesforce's servers need not agree to the second. */
const MARGIN = 5 * SECOND;

function afterJob({ from, to }: Extract<Ingested, { success: true }>): After | undefined {
  const [began, ended] = [readInstant(from), readInstant(to)];
  if (began === undefined || ended === undefined) return undefined;
  return { since: began - MARGIN, changedAt: ended + MARGIN, stage: undefined };
}

function problemsOf(result: Ingested | undefined): Problem[] {
  if (result === undefined) return [UNANSWERED];
  if (result.success) return [];
  return result.errors.map(({ statusCode, message, fields }) => ({ code: statusCode, message, fields }));
}

const UNANSWERED: Problem = { code: 'UNPROCESSED', message: '', fields: [] };
