import { refusal } from '../http/salesforce-error.ts';
import { RollingDay } from './rolling-day.ts';

const KB = 1_024;
const MB = 1_024 * KB;
/** Rows of an ingest job that Salesforce counts as one batch. */
const ROWS_A_BATCH = 10_000;

/**
 * What an org may do in bulk in any 24 hours.
 * https://developer.salesforce.com/docs/platform/salesforce-app-limits-cheatsheet/guide/salesforce-app-limits-platform-bulkapi.html
 */
export class BulkLimits {
  readonly queryJobs: RollingDay;
  /** In bytes: 1 TB. */
  readonly queryResults: RollingDay;
  readonly ingestBatches: RollingDay;

  constructor(now: () => number) {
    this.queryJobs = new RollingDay(10_000, now);
    this.queryResults = new RollingDay(1_000_000_000 * KB, now);
    this.ingestBatches = new RollingDay(15_000, now);
  }

  /** @throws LIMIT_EXCEEDED where no more queries can be started today */
  checkQuery(): void {
    const { queryJobs, queryResults } = this;
    if (queryJobs.used >= queryJobs.max) {
      const reached = `(${queryJobs.max}) per 24 hrs has been reached (${queryJobs.used})`;
      throw refusal('LIMIT_EXCEEDED', `Max bulk v2 query jobs ${reached}`);
    }
    if (queryResults.used >= queryResults.max) {
      const exceeded = `(${Math.floor(queryResults.max / KB)}) kb per 24 hrs has been exceeded`;
      throw refusal('LIMIT_EXCEEDED', `Max bulk v2 query result size stored ${exceeded}`);
    }
  }

  /** @throws LIMIT_EXCEEDED where no more rows can be brought in today */
  checkIngest(): void {
    if (this.ingestBatches.remaining === 0) throw refusal('LIMIT_EXCEEDED', 'ApiBatchItems Limit exceeded.');
  }

  useIngest(rows: number): void {
    this.ingestBatches.use(Math.ceil(rows / ROWS_A_BATCH));
  }

  /** For `GET /limits`. */
  answer(): Record<string, { readonly Max: number; readonly Remaining: number }> {
    const { queryJobs, queryResults, ingestBatches } = this;
    return {
      DailyBulkApiBatches: { Max: ingestBatches.max, Remaining: ingestBatches.remaining },
      DailyBulkV2QueryJobs: { Max: queryJobs.max, Remaining: queryJobs.remaining },
      DailyBulkV2QueryFileStorageMB: {
        Max: Math.floor(queryResults.max / MB),
        Remaining: Math.floor(queryResults.remaining / MB),
      },
    };
  }
}
