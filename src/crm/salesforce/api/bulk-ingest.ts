import { z } from 'zod';
import type { Clock } from '../../../base/clock.ts';
import { RetryableError } from '../../../base/errors.ts';
import { dataPath, type SalesforceApi } from './api.ts';
import { asJobError, type JobOptions, jobPath, untilEnded } from './bulk-job.ts';
import type { RowResult } from './collections.ts';
import { parseCsv } from './csv.ts';
import { SalesforceRefusal, UNPROCESSED } from './error-table.ts';
import { type IngestRow, ingestFiles } from './ingest-files.ts';
import { readAs } from './read-as.ts';

export type { IngestRow } from './ingest-files.ts';

export interface IngestOptions extends Partial<JobOptions> {
  readonly clock: Clock;
  /** Milliseconds to wait for one job; a day by default. */
  readonly longest?: number;
}

/**
 * Updates any number of records by Bulk API 2.0, from about 2,000 on cheaper than `updateRecords`. What became of each, by
 * its id as given: rows that Salesforce left undone are failures with the code `UNPROCESSED`, to be tried again. Assignment rules
 * run only where a job names one, so that none does.
 * https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/create_job.htm
 * @throws RetryableError where the upload did not come through, of which nothing is done then.
 */
export async function ingest(
  api: SalesforceApi,
  object: string,
  rows: readonly IngestRow[],
  { clock, longest, kind = 'write', ...options }: IngestOptions,
): Promise<Map<string, RowResult>> {
  const results = new Map<string, RowResult>();
  for (const { csv, ids } of ingestFiles(rows)) {
    const call = { ...options, kind };
    const job = await upload(api, object, csv, call);
    await untilEnded(api, jobPath('ingest', job), clock, { ...call, longest });
    for (const id of ids) results.set(id, LEFT_UNDONE);
    await settle(results, readRows(api, jobPath('ingest', job, '/successfulResults/'), call), () => ({
      success: true,
    }));
    await settle(results, readRows(api, jobPath('ingest', job, '/failedResults/'), call), failure);
  }
  return results;
}

const LEFT_UNDONE: RowResult = { success: false, errors: [{ statusCode: UNPROCESSED, message: '', fields: [] }] };

/** A job that was given its rows and told to begin. One that did not get that far does nothing, and Salesforce forgets it. */
async function upload(api: SalesforceApi, object: string, csv: string, call: JobOptions): Promise<string> {
  const { body } = await api
    .call({
      ...call,
      method: 'POST',
      path: dataPath('/jobs/ingest'),
      body: { object, operation: 'update', contentType: 'CSV', columnDelimiter: 'COMMA', lineEnding: 'LF' },
      repeatable: true,
    })
    .catch(asJobError);
  const { id: job } = readAs(z.object({ id: z.string().min(1) }), body, 'a new bulk job');
  // A second upload is refused, whether the first one came through or not.
  await api.call({ ...call, method: 'PUT', path: jobPath('ingest', job, '/batches'), csv, repeatable: false });
  try {
    await api.call({ ...call, method: 'PATCH', path: jobPath('ingest', job), body: { state: 'UploadComplete' } });
  } catch (error) {
    // Where an answer got lost, the job may have begun: given up, it would write these values later, over newer ones perhaps.
    const mayHaveBegun = error instanceof SalesforceRefusal || error instanceof RetryableError;
    if (!mayHaveBegun || !(await hasBegun(api, job, call))) throw error;
  }
  return job;
}

async function hasBegun(api: SalesforceApi, job: string, call: JobOptions): Promise<boolean> {
  const { body } = await api.call({ ...call, method: 'GET', path: jobPath('ingest', job) });
  return readAs(z.object({ state: z.string() }), body, 'a bulk job').state !== 'Open';
}

async function* readRows(api: SalesforceApi, path: string, call: JobOptions): AsyncIterable<Record<string, string>> {
  const { body } = await api.call({ ...call, method: 'GET', path, headers: { Accept: 'text/csv' } });
  if (typeof body === 'string') yield* parseCsv(body);
}

async function settle(
  results: Map<string, RowResult>,
  rows: AsyncIterable<Record<string, string>>,
  result: (row: Record<string, string>) => RowResult,
): Promise<void> {
  for await (const row of rows) {
    const id = [row.Id, row.sf__Id].find((each) => each !== undefined && results.has(each));
    if (id === undefined) throw new RetryableError('a bulk job told of a record that it was not given');
    results.set(id, result(row));
  }
}

/** `UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--`, with names of fields before the `--`. */
function failure({ sf__Error: text = '' }: Record<string, string>): RowResult {
  const [, code = 'UNKNOWN_EXCEPTION', message = ''] = /^([A-Z][A-Z0-9_]{1,80}):?(.*)$/s.exec(text) ?? [];
  const named = /:([^:]*?)\s*--\s*$/s.exec(message)?.[1] ?? '';
  const fields = named.split(/[\s,]+/).filter((name) => /^[A-Za-z]\w{0,80}$/.test(name));
  return { success: false, errors: [{ statusCode: code, message, fields }] };
}
