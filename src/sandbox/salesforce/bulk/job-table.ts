import { DAY } from '../../../base/clock.ts';
import { notFound } from '../http/salesforce-error.ts';
import { fullId } from '../org/ids.ts';
import type { BulkJob } from './bulk-job.ts';

const KEPT_FOR = 7 * DAY;
const PAGE = 1_000;

/** The jobs of one kind, for a week. */
export class JobTable<T extends BulkJob> {
  readonly #now: () => number;
  readonly #jobs = new Map<string, T>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Oldest first. */
  get all(): T[] {
    return [...this.#jobs.values()].filter((job) => !this.#isTooOld(job));
  }

  add(job: T): T {
    for (const old of this.#jobs.values()) if (this.#isTooOld(old)) this.#jobs.delete(old.id);
    this.#jobs.set(job.id, job);
    return job;
  }

  find(id: string | undefined): T | undefined {
    const job = this.#jobs.get(fullId(id ?? '') ?? '');
    return job === undefined || this.#isTooOld(job) ? undefined : job;
  }

  /** By an id of 15 or 18 characters. @throws NOT_FOUND */
  get(id: string | undefined): T {
    const job = this.find(id);
    if (job === undefined) throw notFound();
    return job;
  }

  remove(job: T): void {
    this.#jobs.delete(job.id);
  }

  /** As the API lists them, a thousand at a time. @param path of the list */
  list(query: URLSearchParams, path: string, answer: (job: T) => Record<string, unknown>): Record<string, unknown> {
    const from = Number(query.get('queryLocator') ?? 0) || 0;
    const all = this.all;
    const to = from + PAGE;
    const done = to >= all.length;
    const nextRecordsUrl = done ? null : `${path}?queryLocator=${to}`;
    return { done, records: all.slice(from, to).map(answer), nextRecordsUrl };
  }

  #isTooOld({ createdAt }: BulkJob): boolean {
    return this.#now() - createdAt > KEPT_FOR;
  }
}
