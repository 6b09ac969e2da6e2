import { z } from 'zod';
import type { Clock } from '../../../base/clock.ts';
import { RetryableError } from '../../../base/errors.ts';
import { dataPath, type SalesforceApi } from './api.ts';
import { asJobError, type JobOptions, jobErrorCode, jobPath, untilEnded } from './bulk-job.ts';
import { checkBulkSoql } from './bulk-soql.ts';
import { parseCsv } from './csv.ts';
import { SalesforceRefusal, sortError } from './error-table.ts';
import { readAs } from './read-as.ts';

export interface BulkPage {
  /** Every value a text, null ''. */
  readonly rows: Record<string, string>[];
  /** The locator of the next page; undefined after the last. It stays good as long as the job is kept. */
  readonly next: string | undefined;
}

/**
 * Starts a query of Bulk API 2.0 and returns the id of its job.
 * https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_create_job.htm
 * @throws TypeError for a query that such a job cannot split up, see `checkBulkSoql`; RateLimitedError once there were 10,000
 *   such jobs within 24 hours; SalesforceRefusal for a query that Salesforce does not understand.
 */
export async function startBulkQuery(
  api: SalesforceApi,
  soql: string,
  { all = false, ...options }: JobOptions & { readonly all?: boolean },
): Promise<string> {
  checkBulkSoql(soql);
  const { body } = await api
    .call({
      ...options,
      method: 'POST',
      path: dataPath('/jobs/query'),
      body: { operation: all ? 'queryAll' : 'query', query: soql, columnDelimiter: 'COMMA', lineEnding: 'LF' },
      // A job that nobody reads does no harm.
      repeatable: true,
    })
    .catch(asJobError);
  return readAs(z.object({ id: z.string().min(1) }), body, 'a new bulk job').id;
}

/**
 * Waits until the results of the job can be read.
 * @throws JobGoneError where there is no such job any more; SalesforceRefusal for a query that Salesforce refused;
 *   RetryableError for a job that failed or was stopped.
 */
export async function untilReady(
  api: SalesforceApi,
  job: string,
  clock: Clock,
  options: JobOptions & { readonly longest?: number },
): Promise<void> {
  const ended = await untilEnded(api, jobPath('query', job), clock, options);
  if (ended.state === 'JobComplete') return;
  if (ended.state === 'Aborted') throw new RetryableError('somebody stopped a bulk query of ours in Salesforce');
  const code = jobErrorCode(ended);
  const why = code === undefined ? '' : ` (${code})`;
  if (code !== undefined && sortError(code) === 'config')
    throw new SalesforceRefusal(`Salesforce refused a bulk query${why}: run "leadgauge check"`, {
      status: 400,
      codes: [code],
      fields: [],
    });
  throw new RetryableError(`a bulk query of ours failed in Salesforce${why}`);
}

/**
 * One page of a finished query's results, from its start where there is no locator.
 * https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_get_job_results.htm
 * @throws JobGoneError where the job is no more; RetryableError for half a page, or one that does not say how it goes on.
 */
export async function readResults(
  api: SalesforceApi,
  job: string,
  locator: string | undefined,
  { maxRecords, ...options }: Partial<JobOptions> & { readonly maxRecords: number },
): Promise<BulkPage> {
  const query = new URLSearchParams({ maxRecords: String(maxRecords), ...(locator === undefined ? {} : { locator }) });
  const answer = await api
    .call({
      kind: 'read',
      ...options,
      method: 'GET',
      path: jobPath('query', job, `/results?${query}`),
      headers: { Accept: 'text/csv' },
    })
    .catch(asJobError);
  const { body = '' } = answer;
  if (typeof body !== 'string') throw new RetryableError('a page of a bulk query is no CSV');
  const rows = await Array.fromAsync(parseCsv(body));
  const counted = answer.header('Sforce-NumberOfRecords');
  if (counted !== undefined && Number(counted) !== rows.length)
    throw new RetryableError(`a page of a bulk query has ${rows.length} rows and says that it has ${Number(counted)}`);
  const next = answer.header('Sforce-Locator');
  // Taken for the end, a header that got lost on the way would lose every page that follows.
  if (next === undefined) throw new RetryableError('a page of a bulk query does not say whether another follows');
  if (next === locator) throw new RetryableError('a page of a bulk query named itself as the next one');
  return { rows, next: next === 'null' ? undefined : next };
}
