import type { Org } from '../org/org.ts';
import { isDone, isOver, type JobPace } from './bulk-job.ts';
import { readCsv } from './csv.ts';
import type { IngestJob } from './ingest-job.ts';
import { ingestRow } from './ingest-rows.ts';

export interface IngestPace extends JobPace {
  readonly rowsLand: 'first' | 'last';
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One look at a job under way. @returns how many rows were worked on since the look before. */
export function goOn(org: Org, job: IngestJob, { rowsLand, now, ...pace }: IngestPace): number {
  job.polls++;
  if (isDone(job, pace, now)) return finish(org, job, now);
  const worked = rowsLand === 'first' ? workOff(org, job) : 0;
  job.state = 'InProgress';
  job.modifiedAt = now;
  return worked;
}

/** A job that was closed is done with this. @returns how many rows were worked on for it. */
export function finish(org: Org, job: IngestJob, now: number): number {
  if (isOver(job) || job.readyAt === undefined) return 0;
  const worked = workOff(org, job);
  job.state = job.end ?? 'Failed';
  job.modifiedAt = now;
  return worked;
}

/** Works a job off, once: each row for itself, unless the whole of it cannot be worked on. */
function workOff(org: Org, job: IngestJob): number {
  if (job.end !== undefined) return 0;
  const table = readCsv(job.csv ?? '', job) ?? [];
  const [header = [], ...rows] = table;
  job.header = header;
  job.unprocessed = rows;
  const problem = jobProblem(org, job, table);
  const most = problem === undefined ? (job.failure === undefined ? rows.length : (job.failure.afterRows ?? 0)) : 0;
  job.settled = rows.slice(0, most).map((cells) => ingestRow(org, job, cells));
  job.unprocessed = rows.slice(most);
  job.recordsProcessed = job.settled.length;
  job.errorMessage = problem ?? job.failure?.message;
  job.end = job.errorMessage === undefined ? 'JobComplete' : 'Failed';
  return job.recordsProcessed;
}

/** What fails a job before its first row; undefined where nothing does. */
function jobProblem(org: Org, job: IngestJob, table: readonly (readonly string[])[]): string | undefined {
  const { csv = '', lineEnding } = job;
  const hasOther = lineEnding === 'LF' ? csv.includes('\r\n') : /(^|[^\r])\n/.test(csv);
  if (hasOther)
    return `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`;
  if (table.length === 0) return 'InvalidBatch : Failed to parse CSV header';
  const unknown = job.header.find((name) => !isWritable(org, job, name));
  return unknown === undefined ? undefined : `InvalidBatch : Field name not found : ${unknown}`;
}

/** A field that this user does not see is not there, as one that nobody has made. */
function isWritable(org: Org, { object, createdById }: IngestJob, name: string): boolean {
  const type = org.type(object);
  const field = type.field(name);
  return field !== undefined && org.access.canRead(createdById, type, field);
}
