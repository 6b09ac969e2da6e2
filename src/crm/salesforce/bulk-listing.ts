import type { Clock } from '../../base/clock.ts';
import { RetryableError } from '../../base/errors.ts';
import type { CallOptions, LeadRecord } from '../crm.ts';
import { JobGoneError } from './api/bulk-job.ts';
import { bulkFormers } from './bulk-formers.ts';
import { type BulkResults, bulkResults } from './bulk-results.ts';
import { type ListingPlace, placeText, readPlace } from './listing-place.ts';
import { PERSON_KINDS, type PersonKind } from './person-kind.ts';
import type { Reading } from './read-batch.ts';
import { type Row, textOf } from './row.ts';

export type ListAll<Listed> = (
  after: string | undefined,
  options?: CallOptions,
) => Promise<{ readonly records: readonly Listed[]; readonly next: string | undefined }>;

/** What is made of the rows of a listing. */
export interface Making<Listed> {
  /** Reads whatever else the rows of one page of results need; what it gives makes a record of each. */
  open(kind: PersonKind, rows: readonly Row[], options: CallOptions): Promise<(row: Row) => Listed>;
  /** A listing begins: what was read for another is to be read again. */
  forget(): void;
}

/** How many leads are handed out at once: what one call writes. */
const PAGE = 200;
/** How many lost jobs a listing survives before somebody should look what becomes of them. */
const MOST_LOST = 3;

/** A page of results that is kept while its rows are handed out. */
interface Kept<Listed> extends BulkResults {
  readonly locator: string | undefined;
  readonly make: (row: Row) => Listed;
}

/**
 * All Leads and then all Contacts by Bulk API 2.0, one job for each kind. `next` says where in which job's results the listing is:
 * Salesforce keeps those for seven days, so that a listing that broke off reads one page of results again and goes on. They come in no
 * order that it promises: where a job is gone, nothing tells what was still to come, and its kind of records is listed anew.
 * https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/queries.htm
 */
export function bulkListing<Listed>(reading: Reading, clock: Clock, making: Making<Listed>): ListAll<Listed> {
  let kept: Kept<Listed> | undefined;

  async function keptAt(place: ListingPlace, options: CallOptions): Promise<Kept<Listed>> {
    const { kind, job, locator } = place;
    if (job !== undefined && kept?.job === job && kept.locator === locator) return kept;
    // Two pages at once would be twice the memory.
    kept = undefined;
    const results = await bulkResults(reading, clock, place, options);
    kept = { ...results, locator, make: await making.open(kind, results.rows, options) };
    return kept;
  }

  /** Undefined where the job is gone. */
  async function unlessGone(place: ListingPlace, options: CallOptions): Promise<Kept<Listed> | undefined> {
    try {
      return await keptAt(place, options);
    } catch (error) {
      if (!(error instanceof JobGoneError)) throw error;
      if (place.lost >= MOST_LOST) throw new RetryableError(LOST);
      return undefined;
    }
  }

  return async (after, options = {}) => {
    if (after === undefined) making.forget();
    let next: ListingPlace | undefined = readPlace(after);
    while (next !== undefined) {
      const place: ListingPlace = next;
      const results = await unlessGone(place, options);
      next = results === undefined ? { kind: place.kind, row: 0, lost: place.lost + 1 } : nextPlace(results, place);
      if (next === undefined) kept = undefined;
      const records = results?.rows.slice(place.row, place.row + PAGE).map(results.make) ?? [];
      if (records.length > 0) return { records, next: next && placeText(next) };
    }
    return { records: [], next: undefined };
  };
}

/** Every lead as it is read, with what lives on in it. */
export function leadMaking(reading: Reading, clock: Clock): Making<LeadRecord> {
  const formers = bulkFormers(reading, clock);
  return {
    async open(kind, rows, options) {
      const found = await formers.of(kind, rows.map(idOf), options);
      return (row) => reading.mappings[kind].toRecord(row, found.of(idOf(row)));
    },
    forget: formers.forget,
  };
}

const LOST =
  'Salesforce lost one bulk job after another while all leads were listed: see under Setup, Bulk Data Load Jobs, whether somebody deletes them';

const idOf = (row: Row) => textOf(row, 'Id') ?? '';

/** Behind these rows: in the same results, in the next ones, or at the beginning of the other kind of records. */
function nextPlace(
  { job, locator, rows, next }: Kept<unknown>,
  { kind, row, lost }: ListingPlace,
): ListingPlace | undefined {
  if (row + PAGE < rows.length) return { kind, job, locator, row: row + PAGE, lost };
  if (next !== undefined) return { kind, job, locator: next, row: 0, lost };
  const following = PERSON_KINDS[PERSON_KINDS.indexOf(kind) + 1];
  return following === undefined ? undefined : { kind: following, row: 0, lost };
}
