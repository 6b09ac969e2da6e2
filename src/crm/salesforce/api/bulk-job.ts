import { z } from 'zod';
import { type Clock, HOUR, MINUTE, SECOND } from '../../../base/clock.ts';
import { RateLimitedError, RetryableError } from '../../../base/errors.ts';
import type { CallKind } from '../../api-budget.ts';
import type { CallOptions } from '../../crm.ts';
import { dataPath, type SalesforceApi } from './api.ts';
import { SalesforceRefusal } from './error-table.ts';
import { readAs } from './read-as.ts';

/** Salesforce no longer has the job: it keeps them for seven days, and anybody may delete one. Start another. */
export class JobGoneError extends RetryableError {}

export interface JobOptions extends CallOptions {
  readonly kind: CallKind;
}

/** The address of a job of Bulk API 2.0, and of what belongs to it. */
export function jobPath(type: 'query' | 'ingest', job: string, rest = ''): string {
  return `${dataPath(`/jobs/${type}/${encodeURIComponent(job)}`)}${rest}`;
}

/**
 * Looks after a job, ever less often, until Salesforce is done with it, whether well or badly.
 * @throws JobGoneError; RetryableError where it is not done after `longest` milliseconds (a day by default).
 */
export async function untilEnded(
  api: SalesforceApi,
  path: string,
  clock: Clock,
  { longest = 24 * HOUR, ...options }: JobOptions & { readonly longest?: number },
): Promise<JobState> {
  const begin = clock.now();
  for (let wait = FIRST_LOOK; ; wait = Math.min(wait * 2, LAST_LOOK)) {
    // No job is done at once, and each look is a call.
    await clock.sleep(wait, options.signal);
    const { body } = await api.call({ ...options, method: 'GET', path }).catch(asJobError);
    const job = readAs(jobState, body, 'a bulk job');
    if (ENDED.has(job.state)) return job;
    if (clock.now() - begin >= longest)
      throw new RetryableError('Salesforce is not done with a bulk job: look at Bulk Data Load Jobs in its setup');
  }
}

const FIRST_LOOK = SECOND;
const LAST_LOOK = 30 * SECOND;
const ENDED = new Set(['JobComplete', 'Failed', 'Aborted']);

const count = z.number().optional().catch(undefined);
const time = z.string().optional().catch(undefined);

const jobState = z.object({
  state: z.string(),
  errorMessage: z.string().nullish(),
  /** By the org's clock, as Salesforce writes times: when the job was made, and when it came to this state. */
  createdDate: time,
  systemModstamp: time,
  /** Those that failed are among them. */
  numberRecordsProcessed: count,
  numberRecordsFailed: count,
});
export type JobState = z.output<typeof jobState>;

/** As many bulk jobs as the org may have within 24 hours were made, be it by others: all else goes on. */
export class BulkLimitError extends RateLimitedError {}

/** For `catch`, of what is asked of a job and of jobs to come. */
export function asJobError(error: unknown): never {
  if (error instanceof SalesforceRefusal && error.status === 404)
    throw new JobGoneError('Salesforce no longer has the bulk job: start another');
  if (error instanceof SalesforceRefusal && error.codes.includes('LIMIT_EXCEEDED'))
    throw new BulkLimitError("Salesforce's limit of bulk jobs within 24 hours is used up", { retryAfter: LIMITED });
  throw error;
}

/** With every minute, some of the jobs of the day before no longer count. */
const LIMITED = 15 * MINUTE;

/** The error code in a failed job's text: nothing else of it goes further. */
export function jobErrorCode({ errorMessage }: JobState): string | undefined {
  return /(?:^|:\s*)([A-Z]+(?:_[A-Z]+)+)(?=:|$)/.exec(errorMessage ?? '')?.[1];
}
