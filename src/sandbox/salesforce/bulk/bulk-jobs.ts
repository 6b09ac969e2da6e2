import { mintId } from '../org/ids.ts';
import type { Org } from '../org/org.ts';
import type { JobFailure, JobPace } from './bulk-job.ts';
import { BulkLimits } from './bulk-limits.ts';
import type { IngestJob } from './ingest-job.ts';
import { finish, goOn, type IngestPace } from './ingest-work.ts';
import { JobTable } from './job-table.ts';
import type { QueryJob } from './query-job.ts';

export type JobKind = 'query' | 'ingest';

/** The jobs of Bulk API 2.0 in an org, and how they go. */
export class BulkJobs {
  readonly org: Org;
  readonly queries: JobTable<QueryJob>;
  readonly ingests: JobTable<IngestJob>;
  readonly limits: BulkLimits;
  /** One poll finds a job in progress, and the next finds it done, unless a test says otherwise. */
  readonly pace: JobPace = { polls: 1, ms: 0 };
  /** How ingest jobs go, where a test wants them otherwise than queries. */
  ingestPace: JobPace | undefined;
  /**
   * When the rows of an ingest job are written: once it is done, or as soon as it is in progress. Salesforce writes them batch by batch,
   * some long before the job is done.
   */
  rowsLand: IngestPace['rowsLand'] = 'last';
  /** A page of results has no more records than this, however many were asked for. */
  mostRecords = 250_000;
  /** Bytes of CSV that one job takes. */
  mostBytes = 100_000_000;
  readonly #failures: { readonly kind: JobKind; readonly failure: JobFailure }[] = [];
  #lastId = 0;

  constructor(org: Org) {
    this.org = org;
    const now = () => this.now();
    this.queries = new JobTable(now);
    this.ingests = new JobTable(now);
    this.limits = new BulkLimits(now);
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.org.settings.clock.now();
  }

  /** Somebody asks how this job is getting on. */
  askAfter(job: IngestJob): void {
    const { ingestPace = this.pace, rowsLand } = this;
    this.limits.useIngest(goOn(this.org, job, { ...ingestPace, rowsLand, now: this.now() }));
  }

  /** Salesforce goes on with what it was given, whether anybody asks or not: every ingest job that was closed is done now. */
  finishIngests(): void {
    for (const job of this.ingests.all) this.limits.useIngest(finish(this.org, job, this.now()));
  }

  mintId(): string {
    return mintId('750', ++this.#lastId);
  }

  /** The next job of this kind fails once it is worked on. */
  failNext(kind: JobKind, failure: JobFailure): void {
    this.#failures.push({ kind, failure });
  }

  /** The failure that was ordered for a job that begins now. */
  takeFailure(kind: JobKind): JobFailure | undefined {
    const place = this.#failures.findIndex((one) => one.kind === kind);
    return place < 0 ? undefined : this.#failures.splice(place, 1)[0]?.failure;
  }
}
