import type { Route } from '../http/route.ts';
import type { BulkJobs } from './bulk-jobs.ts';
import { ingestJobRoutes } from './ingest-job-routes.ts';
import { queryJobRoutes } from './query-job-routes.ts';

/** Bulk API 2.0. */
export function bulkRoutes(jobs: BulkJobs): Route[] {
  return [...queryJobRoutes(jobs), ...ingestJobRoutes(jobs)];
}
