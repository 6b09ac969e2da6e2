import { z } from 'zod';
import { type Clock, SECOND } from '../../../base/clock.ts';
import { RateLimitedError, RetryableError } from '../../../base/errors.ts';
import { dataPath, type SalesforceApi } from './api.ts';
import { asJobError, type JobOptions, type JobState, jobPath, untilEnded } from './bulk-job.ts';
import type { RowError } from './collections.ts';
import { parseCsv } from './csv.ts';
import { untilEarlierEnded } from './earlier-jobs.ts';
import { SalesforceRefusal, UNPROCESSED } from './error-table.ts';
import { type IngestRow, ingestFiles } from './ingest-files.ts';
import { readAs } from './read-as.ts';

export type { IngestRow } from './ingest-files.ts';

export interface IngestOptions extends Partial<JobOptions> {
  readonly clock: Clock;
  /** Milliseconds to wait for one job; a day by default. */
  readonly longest?: number;
}

/** What became of one record; of one that was written, also between which times of the org, as Salesforce writes them. */
export type Ingested =
  | { readonly success: true; readonly from?: string; readonly to?: string }
  | { readonly success: false; readonly errors: readonly RowError[] };

/**
 * Updates any number of records by Bulk API 2.0, from about 2,000 on cheaper than `updateRecords`. What became of each, by
 * its id as given: rows that Salesforce left undone are failures with the code `UNPROCESSED`, to be tried again. Assignment rules
 * run only where a job names one, so that none does; a duplicate rule that only wants to be confirmed refuses a row, as no job can do
 * that. Told to stop by its signal, it stops the job as well and throws what the signal gives.
 * https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/create_job.htm
 * @throws BulkLimitError where no job could be made; RetryableError where no upload came through: nothing is done then.
 */
export async function ingest(
  api: SalesforceApi,
  object: string,
  rows: readonly IngestRow[],
  { clock, longest, kind = 'write', ...options }: IngestOptions,
): Promise<Map<string, Ingested>> {
  const results = new Map<string, Ingested>();
  const call = { ...options, kind };
  for (const { csv, ids } of ingestFiles(rows)) {
    const job = await begin(api, object, csv, { ...call, clock });
    const path = jobPath('ingest', job);
    const ended = await untilEnded(api, path, clock, { ...call, longest }).catch(async (error: unknown) => {
      if (call.signal?.aborted) await abort(api, job, call);
      throw error;
    });
    for (const [id, result] of await readResults(api, job, ids, ended, call)) results.set(id, result);
  }
  return results;
}

const LEFT_UNDONE: Ingested = { success: false, errors: [{ statusCode: UNPROCESSED, message: '', fields: [] }] };

/** A job that is complete says how many rows failed: then only these are read, and nothing where none did. */
async function readResults(
  api: SalesforceApi,
  job: string,
  ids: readonly string[],
  { state, createdDate, systemModstamp, numberRecordsProcessed, numberRecordsFailed }: JobState,
  call: JobOptions,
): Promise<Map<string, Ingested>> {
  const written: Ingested = { success: true, from: createdDate, to: systemModstamp };
  const all = (result: Ingested) => new Map(ids.map((id) => [id, result]));
  if (state === 'JobComplete' && numberRecordsProcessed === ids.length && numberRecordsFailed !== undefined) {
    const results = all(written);
    if (numberRecordsFailed === 0) return results;
    const found = await settle(results, readRows(api, job, 'failedResults', call), failure);
    if (found === numberRecordsFailed) return results;
  }
  const results = all(LEFT_UNDONE);
  await settle(results, readRows(api, job, 'successfulResults', call), () => written);
  await settle(results, readRows(api, job, 'failedResults', call), failure);
  return results;
}

interface BeginOptions extends JobOptions {
  readonly clock: Clock;
}

/** Of how many jobs the upload may get lost before somebody should look. */
const JOBS = 3;

/** A job that was given its rows and told to begin. One that did not get that far does nothing, and Salesforce forgets it. */
async function begin(api: SalesforceApi, object: string, csv: string, options: BeginOptions): Promise<string> {
  // Once there is a job, it goes on as any other call: an upload that waited too long for its turn would count as lost.
  const { clock, patient: _, ...call } = options;
  for (let tried = 1; ; tried += 1) {
    const job = await openJob(api, object, options);
    try {
      // A second upload to the same job is refused, whether the first one came through or not.
      await api.call({ ...call, method: 'PUT', path: jobPath('ingest', job, '/batches'), csv, repeatable: false });
    } catch (error) {
      const isLost = error instanceof RetryableError && !(error instanceof RateLimitedError);
      if (!isLost || tried === JOBS) throw error;
      await clock.sleep(tried * SECOND, call.signal);
      continue;
    }
    await close(api, job, call);
    return job;
  }
}

async function openJob(api: SalesforceApi, object: string, { clock, ...call }: BeginOptions): Promise<string> {
  const { body } = await api
    .call({
      ...call,
      method: 'POST',
      path: dataPath('/jobs/ingest'),
      body: { object, operation: 'update', contentType: 'CSV', columnDelimiter: 'COMMA', lineEnding: 'LF' },
      repeatable: true,
    })
    .catch(asJobError);
  const { id: job, createdById } = readAs(newJobSchema, body, 'a new bulk job');
  if (createdById !== undefined && isFirst(api, object))
    await untilEarlierEnded(api, { id: job, object, createdById }, clock, call);
  return job;
}

async function close(api: SalesforceApi, job: string, call: JobOptions): Promise<void> {
  try {
    await api.call({ ...call, method: 'PATCH', path: jobPath('ingest', job), body: { state: 'UploadComplete' } });
  } catch (error) {
    // Where an answer got lost, the job may have begun: given up, it would write these values later, over newer ones perhaps.
    const mayHaveBegun = error instanceof SalesforceRefusal || error instanceof RetryableError;
    if (!mayHaveBegun || !(await hasBegun(api, job, call))) throw error;
  }
}

const newJobSchema = z.object({ id: z.string().min(1), createdById: z.string().optional() });

/** Of each object, the first job of this process looks for what others left behind: those that follow are never two at once. */
function isFirst(api: SalesforceApi, object: string): boolean {
  const known = begun.get(api) ?? new Set();
  if (known.has(object)) return false;
  begun.set(api, known.add(object));
  return true;
}

const begun = new WeakMap<SalesforceApi, Set<string>>();

/** What it wrote by then stays. One that is over by now cannot be stopped, and need not be. */
async function abort(api: SalesforceApi, job: string, { signal: _, ...call }: JobOptions): Promise<void> {
  const path = jobPath('ingest', job);
  await api.call({ ...call, method: 'PATCH', path, body: { state: 'Aborted' } }).catch(() => {});
}

async function hasBegun(api: SalesforceApi, job: string, call: JobOptions): Promise<boolean> {
  const { body } = await api.call({ ...call, method: 'GET', path: jobPath('ingest', job) });
  return readAs(z.object({ state: z.string() }), body, 'a bulk job').state !== 'Open';
}

async function* readRows(
  api: SalesforceApi,
  job: string,
  which: 'successfulResults' | 'failedResults',
  call: JobOptions,
): AsyncIterable<Record<string, string>> {
  const path = jobPath('ingest', job, `/${which}/`);
  const { body } = await api.call({ ...call, method: 'GET', path, headers: { Accept: 'text/csv' } });
  if (typeof body === 'string') yield* parseCsv(body);
}

/** @returns how many rows there were. */
async function settle(
  results: Map<string, Ingested>,
  rows: AsyncIterable<Record<string, string>>,
  result: (row: Record<string, string>) => Ingested,
): Promise<number> {
  let count = 0;
  for await (const row of rows) {
    const id = [row.Id, row.sf__Id].find((each) => each !== undefined && results.has(each));
    if (id === undefined) throw new RetryableError('a bulk job told of a record that it was not given');
    results.set(id, result(row));
    count += 1;
  }
  return count;
}

/** `UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--`, with names of fields before the `--`. */
function failure({ sf__Error: text = '' }: Record<string, string>): Ingested {
  const [, code = 'UNKNOWN_EXCEPTION', message = ''] = /^([A-Z][A-Z0-9_]{1,80}):?(.*)$/s.exec(text) ?? [];
  const named = message.trimEnd();
  const colon = named.lastIndexOf(':');
  const names = colon < 0 || !named.endsWith('--') ? '' : named.slice(colon + 1, -2);
  const fields = names.split(/[\s,]+/).filter((name) => /^[A-Za-z]\w{0,80}$/.test(name));
  return { success: false, errors: [{ statusCode: code, message, fields }] };
}
