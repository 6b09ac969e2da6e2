import { z } from 'zod';
import { readBody } from '../http/read-body.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { refusal } from '../http/salesforce-error.ts';
import { apiError, wrongState } from './bulk-error.ts';
import { isOver, newJob, versionOf } from './bulk-job.ts';
import type { BulkJobs } from './bulk-jobs.ts';
import { csvFormat, readCsv } from './csv.ts';
import { type IngestJob, ingestJobAnswer, ingestJobState, type ResultKind, resultsCsv } from './ingest-job.ts';

const JOBS = '/services/data/{version}/jobs/ingest';
const JOB = `${JOBS}/{id}`;

const newJobBody = z.strictObject({
  object: z.string(),
  operation: z.enum(['insert', 'update', 'upsert', 'delete']),
  externalIdFieldName: z.string().optional(),
  assignmentRuleId: z
    .string()
    .regex(/^01Q\w{12}(?:\w{3})?$/)
    .optional(),
  ...csvFormat,
});
const stateBody = z.strictObject({ state: z.enum(['UploadComplete', 'Aborted']) });

/** https://developer.salesforce.com/docs/platform/api-asynch/guide/create-job.html */
export function ingestJobRoutes(jobs: BulkJobs): Route[] {
  const kind = 'write';
  const list = (call: Call) => jobs.ingests.list(call.query, call.path, ingestJobState);
  const csvRoute = (name: ResultKind): Route => {
    return { method: 'GET', template: `${JOB}/${name}`, kind, handle: (call) => results(jobs, call, name) };
  };
  return [
    { method: 'POST', template: JOBS, kind, handle: (call) => create(jobs, call) },
    { method: 'GET', template: JOBS, kind: 'other', handle: (call) => ({ status: 200, body: list(call) }) },
    { method: 'GET', template: JOB, kind, handle: (call) => check(jobs, call) },
    { method: 'PUT', template: `${JOB}/batches`, kind, handle: (call) => upload(jobs, call) },
    { method: 'PATCH', template: JOB, kind, handle: (call) => changeState(jobs, call) },
    { method: 'DELETE', template: JOB, kind, handle: (call) => remove(jobs, call) },
    csvRoute('successfulResults'),
    csvRoute('failedResults'),
    csvRoute('unprocessedrecords'),
  ];
}

function create(jobs: BulkJobs, { body, params, session }: Call): Answer {
  const { object: name, operation, contentType: _, ...asked } = readBody(newJobBody, body);
  const { org } = jobs;
  const object = org.object(name);
  if (object === undefined || !object.writable || !org.access.mayReach(session.userId, object, 'Read'))
    throw refusal('INVALIDENTITY', `Entity '${name}' is not supported by the Bulk API.`);
  checkUpsert(object.field(asked.externalIdFieldName ?? '')?.externalId, operation, asked.externalIdFieldName);
  jobs.limits.checkIngest();
  const of = { id: jobs.mintId(), operation, object: object.name, createdById: session.userId, csv: undefined };
  const job = newJob(
    { externalIdFieldName: undefined, assignmentRuleId: undefined, ...of, ...asked, apiVersion: versionOf(params) },
    jobs.now(),
    undefined,
    jobs.takeFailure('ingest'),
  );
  const added = jobs.ingests.add({ ...job, header: [], settled: [], unprocessed: [], end: undefined });
  return { status: 200, body: ingestJobAnswer(added) };
}

function checkUpsert(isExternalId: boolean | undefined, operation: string, field: string | undefined): void {
  if (operation !== 'upsert') {
    if (field !== undefined) throw apiError('externalIdFieldName is for upsert alone');
    return;
  }
  if (isExternalId !== true && field?.toLowerCase() !== 'id')
    throw apiError('upsert needs externalIdFieldName, a field that is an external id');
}

/** The whole CSV goes in one request. */
function upload(jobs: BulkJobs, { params, text }: Call): Answer {
  const job = jobs.ingests.get(params.id);
  if (job.state !== 'Open') throw wrongState(`The job is ${job.state}: it takes no more data`);
  if (job.csv !== undefined) {
    throw apiError(
      `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  }
  if (Buffer.byteLength(text) > jobs.mostBytes)
    throw refusal('CONTENT_TOO_LARGE', 'The CSV has more than 100 MB', { status: 413 });
  job.csv = text;
  return { status: 201 };
}

function changeState(jobs: BulkJobs, { params, body }: Call): Answer {
  const { state } = readBody(stateBody, body);
  const job = jobs.ingests.get(params.id);
  const now = jobs.now();
  if (isOver(job) || (state === 'UploadComplete' && job.state !== 'Open'))
    throw wrongState(`The job is ${job.state} and cannot become ${state}`);
  if (state === 'UploadComplete' && job.csv === undefined) throw wrongState('The job has no data yet');
  job.state = state;
  job.modifiedAt = now;
  if (state === 'UploadComplete') job.readyAt = now;
  else keepUnprocessed(job);
  return { status: 200, body: ingestJobAnswer(job) };
}

/** What an aborted job would have brought in; what it did bring in stays. */
function keepUnprocessed(job: IngestJob): void {
  if (job.end !== undefined) return;
  const [header = [], ...rows] = readCsv(job.csv ?? '', job) ?? [];
  job.header = header;
  job.unprocessed = rows;
}

function check(jobs: BulkJobs, { params }: Call): Answer {
  const job = jobs.ingests.get(params.id);
  if (!isOver(job) && job.state !== 'Open') jobs.askAfter(job);
  return { status: 200, body: ingestJobState(job) };
}

function remove(jobs: BulkJobs, { params }: Call): Answer {
  const job = jobs.ingests.get(params.id);
  if (job.state === 'Open' || job.state === 'InProgress') throw wrongState(`The job is ${job.state}: abort it first`);
  jobs.ingests.remove(job);
  return { status: 204 };
}

function results(jobs: BulkJobs, { params }: Call, name: ResultKind): Answer {
  const job = jobs.ingests.get(params.id);
  if (!isOver(job)) throw wrongState(`The job is ${job.state}: it has no results`);
  return { status: 200, text: resultsCsv(job, name), headers: { 'Content-Type': 'text/csv; charset=UTF-8' } };
}
