import { z } from 'zod';
import type { CallKind } from '../../http/request-record.ts';
import { kindOfQuery } from '../http/call-kind.ts';
import { readBody } from '../http/read-body.ts';
import type { Answer, Call, Route, SentCall } from '../http/route.ts';
import { refusal } from '../http/salesforce-error.ts';
import type { Answer as Found } from '../soql/answer.ts';
import { evaluate } from '../soql/evaluate.ts';
import { SoqlError } from '../soql/soql-error.ts';
import { apiError, wrongState } from './bulk-error.ts';
import { isDone, isOver, jobAnswer, newJob, versionOf } from './bulk-job.ts';
import type { BulkJobs } from './bulk-jobs.ts';
import { readBulkSoql } from './bulk-soql.ts';
import { csvFormat } from './csv.ts';
import { type QueryJob, queryJobAnswer, readLocator, resultPage, snapshot } from './query-job.ts';

const JOBS = '/services/data/{version}/jobs/query';
const JOB = `${JOBS}/{id}`;

const newJobBody = z.strictObject({
  operation: z.enum(['query', 'queryAll']),
  query: z.string().min(1),
  ...csvFormat,
});
const abortBody = z.strictObject({ state: z.literal('Aborted') });

/** https://developer.salesforce.com/docs/platform/api-asynch/guide/query-bulk-api-2-0.html */
export function queryJobRoutes(jobs: BulkJobs): Route[] {
  const kind = (call: SentCall) => kindOfCall(jobs, call);
  const list = (call: Call) => jobs.queries.list(call.query, call.path, queryJobAnswer);
  return [
    { method: 'POST', template: JOBS, kind, handle: (call) => create(jobs, call) },
    { method: 'GET', template: JOBS, kind: 'other', handle: (call) => ({ status: 200, body: list(call) }) },
    { method: 'GET', template: JOB, kind, handle: (call) => check(jobs, call) },
    { method: 'PATCH', template: JOB, kind, handle: (call) => abort(jobs, call) },
    { method: 'DELETE', template: JOB, kind, handle: (call) => remove(jobs, call) },
    { method: 'GET', template: `${JOB}/results`, kind, handle: (call) => results(jobs, call) },
  ];
}

/** Whatever is done with a job counts as what its query is about. */
function kindOfCall(jobs: BulkJobs, { params, body }: SentCall): CallKind {
  const soql = jobs.queries.find(params.id)?.soql ?? newJobBody.safeParse(body).data?.query;
  return soql === undefined ? 'other' : kindOfQuery(soql);
}

function create(jobs: BulkJobs, { body, params, session }: Call): Answer {
  const { operation, query, contentType: _, ...format } = readBody(newJobBody, body);
  jobs.limits.checkQuery();
  const { isChunked } = readBulkSoql(query);
  const found = ask(() => evaluate(jobs.org, query, { user: session.userId, all: operation === 'queryAll' }));
  const now = jobs.now();
  const of = { id: jobs.mintId(), operation, object: found.type, createdById: session.userId, soql: query, isChunked };
  const started = newJob({ ...of, apiVersion: versionOf(params), ...format }, now, now, jobs.takeFailure('query'));
  const job = jobs.queries.add({ ...started, ...snapshot(found, format) });
  jobs.limits.queryJobs.use(1);
  return { status: 200, body: jobAnswer(job) };
}

function ask(query: () => Found): Found {
  try {
    return query();
  } catch (error) {
    throw error instanceof SoqlError ? refusal(error.code, error.message) : error;
  }
}

function check(jobs: BulkJobs, { params }: Call): Answer {
  const job = jobs.queries.get(params.id);
  if (!isOver(job)) goOn(jobs, job);
  return { status: 200, body: queryJobAnswer(job) };
}

function goOn(jobs: BulkJobs, job: QueryJob): void {
  job.polls++;
  job.modifiedAt = jobs.now();
  if (!isDone(job, jobs.pace, jobs.now())) {
    job.state = 'InProgress';
    return;
  }
  job.state = job.failure === undefined ? 'JobComplete' : 'Failed';
  job.errorMessage = job.failure?.message;
  if (job.failure !== undefined) return;
  job.recordsProcessed = job.results.count;
  jobs.limits.queryResults.use(job.results.bytes);
}

function abort(jobs: BulkJobs, { params, body }: Call): Answer {
  readBody(abortBody, body);
  const job = jobs.queries.get(params.id);
  if (isOver(job)) throw wrongState(`The job is ${job.state} and can no longer be aborted`);
  job.state = 'Aborted';
  job.modifiedAt = jobs.now();
  return { status: 200, body: jobAnswer(job) };
}

function remove(jobs: BulkJobs, { params }: Call): Answer {
  const job = jobs.queries.get(params.id);
  if (!isOver(job)) throw wrongState(`The job is ${job.state}: abort it before it is deleted`);
  jobs.queries.remove(job);
  return { status: 204 };
}

/** https://developer.salesforce.com/docs/platform/api-asynch/guide/query-get-job-results.html */
function results(jobs: BulkJobs, { params, query }: Call): Answer {
  const job = jobs.queries.get(params.id);
  if (versionOf(params) !== job.apiVersion) {
    throw refusal('API_ERROR', `Use v${job.apiVersion}.0, the version that the query was created with`, {
      status: 409,
    });
  }
  if (job.state !== 'JobComplete') throw wrongState(`The job is ${job.state}: it has no results`);
  const locator = query.get('locator');
  const from = locator === null ? 0 : readLocator(locator, job);
  if (from === undefined) throw refusal('INVALID_QUERY_LOCATOR', 'Invalid locator');
  const page = resultPage(job, from, Math.min(readMost(query), jobs.mostRecords));
  return {
    status: 200,
    text: page.csv,
    headers: {
      'Content-Type': 'text/csv; charset=UTF-8',
      'Sforce-Locator': page.locator,
      'Sforce-NumberOfRecords': String(page.records),
    },
  };
}

function readMost(query: URLSearchParams): number {
  const text = query.get('maxRecords');
  if (text === null) return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d*$/.test(text)) throw apiError('maxRecords must be a whole number above 0');
  return Number(text);
}
