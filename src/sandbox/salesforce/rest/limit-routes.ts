import type { ApiUsage } from '../http/answer-requests.ts';
import type { Route } from '../http/route.ts';

/** A limit of the org, and what is left of it. */
export interface OrgLimit {
  readonly Max: number;
  readonly Remaining: number;
}

/**
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-limits.html
 * @param more limits that other parts of the sandbox count, such as Bulk's
 */
export function limitRoutes(usage: ApiUsage, more: () => Readonly<Record<string, OrgLimit>>): Route[] {
  return [
    {
      method: 'GET',
      template: '/services/data/{version}/limits',
      kind: 'setup',
      handle: () => ({
        status: 200,
        body: {
          ...UNTOUCHED,
          ...more(),
          DailyApiRequests: { Max: usage.max, Remaining: Math.max(0, usage.max - usage.used) },
        },
      }),
    },
  ];
}

const untouched = (most: number): OrgLimit => ({ Max: most, Remaining: most });

/** What nothing in the sandbox uses up. */
const UNTOUCHED: Readonly<Record<string, OrgLimit>> = {
  ConcurrentAsyncGetReportInstances: untouched(200),
  DailyAsyncApexExecutions: untouched(250_000),
  DailyBulkApiBatches: untouched(15_000),
  DailyBulkV2QueryFileStorageMB: untouched(976_562),
  DailyBulkV2QueryJobs: untouched(10_000),
  DailyStandardVolumePlatformEvents: untouched(25_000),
  DailyWorkflowEmails: untouched(100_000),
  DataStorageMB: untouched(10_240),
  FileStorageMB: untouched(10_240),
  MassEmail: untouched(5_000),
  SingleEmail: untouched(5_000),
};
