import type { CsvFormat } from './csv.ts';

/** https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_bulk_v2/bulk_api_2_job_states.htm */
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** What jobs of both kinds have. */
export interface BulkJob extends CsvFormat {
  /** 750…, 18 characters. */
  readonly id: string;
  readonly operation: string;
  /** API name. */
  readonly object: string;
  readonly createdById: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** 68 for v68.0. */
  readonly apiVersion: number;
  modifiedAt: number;
  state: JobState;
  /** When it could be worked on, in milliseconds since 1970; undefined while it is open. */
  readyAt: number | undefined;
  /** How often its state was asked for since then. */
  polls: number;
  /** It was ordered to fail, with this message. */
  failure: JobFailure | undefined;
  errorMessage: string | undefined;
  recordsProcessed: number;
}

/** A failure that a test orders for a job. */
export interface JobFailure {
  readonly message: string;
  /** Of an ingest job: the rows that are worked on before it fails; none unless told. */
  readonly afterRows?: number;
}

/** How long jobs take: as many polls, and as many milliseconds by the org's clock; the later of the two counts. */
export interface JobPace {
  polls: number;
  ms: number;
}

/**
 * Whether a job that is ready is done by now. A poll counts itself first: with a pace of one poll the first answers InProgress
 * and the second JobComplete.
 */
export function isDone({ readyAt, polls }: BulkJob, pace: JobPace, now: number): boolean {
  return readyAt !== undefined && polls > pace.polls && now >= readyAt + pace.ms;
}

/** What a job begins with. @param readyAt undefined for one that waits for its data */
export function newJob<
  T extends Pick<BulkJob, 'id' | 'operation' | 'object' | 'createdById' | 'apiVersion'> & CsvFormat,
>(job: T, createdAt: number, readyAt: number | undefined, failure: JobFailure | undefined) {
  const state: JobState = readyAt === undefined ? 'Open' : 'UploadComplete';
  const rest = { createdAt, modifiedAt: createdAt, state, readyAt, polls: 0, failure };
  return { ...job, ...rest, errorMessage: undefined, recordsProcessed: 0 };
}

/** `68` of `v68.0`. */
export function versionOf(params: Readonly<Record<string, string>>): number {
  return Number((params.version ?? '').slice(1));
}

/** No more happens to it. */
export function isOver({ state }: BulkJob): boolean {
  return state === 'JobComplete' || state === 'Failed' || state === 'Aborted';
}

/** As an answer of the API tells it. */
export function jobAnswer(job: BulkJob): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.createdById,
    createdDate: timeText(job.createdAt),
    systemModstamp: timeText(job.modifiedAt),
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: job.apiVersion,
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
}

function timeText(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}
