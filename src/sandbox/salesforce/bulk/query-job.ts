import type { Answer } from '../soql/answer.ts';
import type { BulkJob } from './bulk-job.ts';
import { jobAnswer } from './bulk-job.ts';
import { type CsvFormat, csvLine } from './csv.ts';
import { cellWriter } from './csv-cells.ts';
import { CsvStore } from './csv-store.ts';

/** A query in bulk, and what it found when it was made. */
export interface QueryJob extends BulkJob {
  readonly operation: 'query' | 'queryAll';
  readonly soql: string;
  /** False where the query's ORDER BY or LIMIT keeps Salesforce from reading by chunks. */
  readonly isChunked: boolean;
  readonly header: string;
  readonly results: CsvStore;
}

/** One page of the results, with a header of its own. */
export interface ResultPage {
  readonly csv: string;
  readonly records: number;
  /** For the next page; `null` in letters after the last. */
  readonly locator: string;
}

/** The rows of an answer as they are now, whatever happens to the records later. */
export function snapshot(answer: Answer, format: CsvFormat): Pick<QueryJob, 'header' | 'results'> {
  const cells = cellWriter(answer);
  const results = new CsvStore();
  const step = 1_000;
  for (let from = 0; from < answer.totalSize; from += step)
    for (const row of answer.rows(from, from + step)) results.add(csvLine(cells(row), format));
  return { header: csvLine(answer.columns, format), results };
}

/** @param from the first record, counted from 0 */
export function resultPage({ header, results }: QueryJob, from: number, most: number): ResultPage {
  const to = Math.min(from + most, results.count);
  return {
    csv: header + results.text(from, to),
    records: Math.max(0, to - from),
    locator: to < results.count ? writeLocator(to) : 'null',
  };
}

/** The first record of the page; undefined for what is no locator of this job. */
export function readLocator(locator: string, { results }: QueryJob): number | undefined {
  const from = Number(Buffer.from(locator, 'base64').toString());
  const isPage = Number.isInteger(from) && from > 0 && from < results.count;
  return isPage && writeLocator(from) === locator ? from : undefined;
}

/** `MTAwMDA`, as Salesforce writes the number of a record. */
function writeLocator(from: number): string {
  return Buffer.from(String(from)).toString('base64').replaceAll('=', '');
}

/** What the API tells of it once it is asked how it goes. */
export function queryJobAnswer(job: QueryJob): Record<string, unknown> {
  return {
    ...jobAnswer(job),
    jobType: 'V2Query',
    numberRecordsProcessed: job.recordsProcessed,
    retries: 0,
    totalProcessingTime: 0,
    isPkChunkingSupported: true,
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
  };
}
