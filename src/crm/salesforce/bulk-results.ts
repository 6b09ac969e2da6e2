import type { Clock } from '../../base/clock.ts';
import type { CallOptions } from '../crm.ts';
import { JobGoneError } from './api/bulk-job.ts';
import { type BulkPage, readResults, startBulkQuery, untilReady } from './api/bulk-query.ts';
import { SalesforceRefusal } from './api/error-table.ts';
import type { ListingPlace } from './listing-place.ts';
import type { PersonKind } from './person-kind.ts';
import type { Reading } from './read-batch.ts';

/** How many rows one call brings. */
const RESULTS = 10_000;

/** A page of the results of a bulk job. */
export interface BulkResults extends BulkPage {
  readonly job: string;
}

/**
 * The results at this place of a listing; of a new job where the place names none.
 * @throws JobGoneError where the job is no more, or cannot go on: one that another version of the API started is refused.
 */
export async function bulkResults(
  reading: Reading,
  clock: Clock,
  { kind, job, locator }: ListingPlace,
  options: CallOptions,
): Promise<BulkResults> {
  const id = job ?? (await startJob(reading, clock, kind, options));
  try {
    return {
      job: id,
      ...(await readResults(reading.api, id, locator, { maxRecords: RESULTS, kind: 'read', ...options })),
    };
  } catch (error) {
    if (job === undefined || !(error instanceof SalesforceRefusal)) throw error;
    throw new JobGoneError('Salesforce refuses the results of a bulk job that was started before: start another');
  }
}

/** Without an order or a limit, either of which would keep Salesforce from splitting the job up. */
async function startJob(
  { api, mappings }: Reading,
  clock: Clock,
  kind: PersonKind,
  options: CallOptions,
): Promise<string> {
  const where = kind === 'Lead' ? ' WHERE IsConverted = false' : '';
  const soql = `SELECT ${mappings[kind].columns.join(', ')} FROM ${kind}${where}`;
  const job = await startBulkQuery(api, soql, { kind: 'read', ...options });
  await untilReady(api, job, clock, { kind: 'read', ...options });
  return job;
}
