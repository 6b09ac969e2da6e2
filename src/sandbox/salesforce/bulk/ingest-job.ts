import { type BulkJob, type JobState, jobAnswer } from './bulk-job.ts';
import { csvLine } from './csv.ts';

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete';

/** A row that was worked on, with its cells as they came. */
export interface SettledRow {
  readonly cells: readonly string[];
  readonly id: string;
  /** Undefined for one that was written. */
  readonly error: string | undefined;
  readonly created: boolean;
}

/** Records brought in by CSV, and what became of each row. */
export interface IngestJob extends BulkJob {
  readonly operation: IngestOperation;
  /** Of an upsert. */
  readonly externalIdFieldName: string | undefined;
  /** Only where one is named do leads go through assignment: `Sforce-Auto-Assign` means nothing to a job. */
  readonly assignmentRuleId: string | undefined;
  /** What was uploaded; undefined before that. */
  csv: string | undefined;
  header: readonly string[];
  settled: SettledRow[];
  unprocessed: readonly (readonly string[])[];
  /** The state that it comes to, once its rows were worked on; undefined before that. */
  end: JobState | undefined;
}

/** What the API tells when a job is made or closed. */
export function ingestJobAnswer(job: IngestJob): Record<string, unknown> {
  const { id, apiVersion, externalIdFieldName, assignmentRuleId } = job;
  return {
    ...jobAnswer(job),
    ...(job.state === 'Open' ? { contentUrl: `services/data/v${apiVersion}.0/jobs/ingest/${id}/batches` } : {}),
    ...(externalIdFieldName === undefined ? {} : { externalIdFieldName }),
    ...(assignmentRuleId === undefined ? {} : { assignmentRuleId }),
  };
}

/** What it tells when it is asked how a job goes. */
export function ingestJobState(job: IngestJob): Record<string, unknown> {
  return {
    ...ingestJobAnswer(job),
    jobType: 'V2Ingest',
    retries: 0,
    totalProcessingTime: 0,
    apiActiveProcessingTime: 0,
    apexProcessingTime: 0,
    numberRecordsProcessed: job.recordsProcessed,
    numberRecordsFailed: job.settled.filter(({ error }) => error !== undefined).length,
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
  };
}

export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

/** Latest first: Salesforce promises no order. */
export function resultsCsv(job: IngestJob, kind: ResultKind): string {
  const lines = (header: readonly string[], rows: readonly (readonly string[])[]) =>
    [header, ...rows].map((cells) => csvLine(cells, job)).join('');
  const settled = job.settled.toReversed();
  if (kind === 'unprocessedrecords') return lines(job.header, job.unprocessed);
  if (kind === 'failedResults') {
    const failed = settled.flatMap(({ id, error, cells }) => (error === undefined ? [] : [[id, error, ...cells]]));
    return lines(['sf__Id', 'sf__Error', ...job.header], failed);
  }
  const written = settled.filter(({ error }) => error === undefined);
  const rows = written.map(({ id, created, cells }) => [id, String(created), ...cells]);
  return lines(['sf__Id', 'sf__Created', ...job.header], rows);
}
