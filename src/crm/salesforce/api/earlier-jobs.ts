import { z } from 'zod';
import type { Clock } from '../../../base/clock.ts';
import { dataPath, type SalesforceApi } from './api.ts';
import { JobGoneError, type JobOptions, jobPath, untilEnded } from './bulk-job.ts';
import { SalesforceRefusal } from './error-table.ts';
import { readAs } from './read-as.ts';

export interface OwnJob {
  readonly id: string;
  readonly object: string;
  readonly createdById: string;
}

/**
 * Waits until no other update of this object is under way that the same user began before: a process of ours that died may have left one
 * behind, and done later, it would put older values over those of this job.
 * https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/get_all_jobs.htm
 */
export async function untilEarlierEnded(
  api: SalesforceApi,
  own: OwnJob,
  clock: Clock,
  options: JobOptions,
): Promise<void> {
  for (const job of await earlierJobs(api, own, options)) {
    try {
      await untilEnded(api, jobPath('ingest', job), clock, options);
    } catch (error) {
      if (!(error instanceof JobGoneError)) throw error;
    }
  }
}

async function earlierJobs(api: SalesforceApi, own: OwnJob, options: JobOptions): Promise<string[]> {
  const found: string[] = [];
  let path: string | undefined = dataPath('/jobs/ingest?jobType=V2Ingest');
  while (path !== undefined) {
    const page: JobPage = await readPage(api, path, options);
    found.push(...page.records.filter((job) => isUnderWay(job) && isLike(job, own)).map(({ id }) => id));
    path = page.nextRecordsUrl ?? undefined;
  }
  return found;
}

/** Nothing for a user who may not see the jobs of the org. */
async function readPage(api: SalesforceApi, path: string, options: JobOptions): Promise<JobPage> {
  try {
    const { body } = await api.call({ ...options, method: 'GET', path });
    return readAs(pageSchema, body, 'the list of bulk jobs');
  } catch (error) {
    if (error instanceof SalesforceRefusal && error.status === 403) return { records: [] };
    throw error;
  }
}

const jobSchema = z.looseObject({
  id: z.string(),
  object: z.string().nullish(),
  operation: z.string().nullish(),
  state: z.string().nullish(),
  createdById: z.string().nullish(),
});
const pageSchema = z.object({ records: z.array(jobSchema), nextRecordsUrl: z.string().nullish() });

type Job = z.output<typeof jobSchema>;
type JobPage = z.output<typeof pageSchema>;

/** One that is open was not told to begin: two that look at each other do not wait in a circle. */
const isUnderWay = ({ state }: Job) => state === 'UploadComplete' || state === 'InProgress';

const isLike = ({ id, object, operation, createdById }: Job, own: OwnJob) =>
  id !== own.id && object === own.object && operation === 'update' && createdById === own.createdById;
