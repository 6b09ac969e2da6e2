import type { Clock } from '../../base/clock.ts';
import { RetryableError } from '../../base/errors.ts';
import type { CallOptions, LeadPage } from '../crm.ts';
import { JobGoneError } from './api/bulk-job.ts';
import { bulkFormers } from './bulk-formers.ts';
import { type BulkResults, bulkResults } from './bulk-results.ts';
import type { Formers } from './formers.ts';
import { type ListingPlace, placeText, readPlace } from './listing-place.ts';
import { PERSON_KINDS } from './person-kind.ts';
import type { Reading } from './read-batch.ts';
import { type Row, textOf } from './row.ts';

export type ListLeads = (after: string | undefined, options?: CallOptions) => Promise<LeadPage>;

/** How many leads are handed out at once: what one call writes. */
const PAGE = 200;
/** How many lost jobs a listing survives before somebody should look what becomes of them. */
const MOST_LOST = 3;

/** A page of results that is kept while its rows are handed out. */
interface Kept extends BulkResults {
  readonly locator: string | undefined;
  readonly formers: Formers;
}

/**
 * All Leads and then all Contacts by Bulk API 2.0, one job for each kind. `next` says where in which job's results the listing is:
 * Salesforce keeps those for seven days, so that a listing that broke off reads one page of results again and goes on. They come in no
 * order that it promises: where a job is gone, nothing tells what was still to come, and its kind of records is listed anew.
 * https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/queries.htm
 */
export function bulkListing(reading: Reading, clock: Clock): ListLeads {
  const formers = bulkFormers(reading, clock);
  let kept: Kept | undefined;

  async function keptAt(place: ListingPlace, options: CallOptions): Promise<Kept> {
    const { kind, job, locator } = place;
    if (job !== undefined && kept?.job === job && kept.locator === locator) return kept;
    // Two pages at once would be twice the memory.
    kept = undefined;
    const results = await bulkResults(reading, clock, place, options);
    kept = { ...results, locator, formers: await formers.of(kind, results.rows.map(idOf), options) };
    return kept;
  }

  /** Undefined where the job is gone. */
  async function unlessGone(place: ListingPlace, options: CallOptions): Promise<Kept | undefined> {
    try {
      return await keptAt(place, options);
    } catch (error) {
      if (!(error instanceof JobGoneError)) throw error;
      if (place.lost >= MOST_LOST) throw new RetryableError(LOST);
      return undefined;
    }
  }

  return async (after, options = {}) => {
    if (after === undefined) formers.forget();
    let next: ListingPlace | undefined = readPlace(after);
    while (next !== undefined) {
      const place: ListingPlace = next;
      const results = await unlessGone(place, options);
      next = results === undefined ? { kind: place.kind, row: 0, lost: place.lost + 1 } : nextPlace(results, place);
      if (next === undefined) kept = undefined;
      const rows = results?.rows.slice(place.row, place.row + PAGE) ?? [];
      const { toRecord } = reading.mappings[place.kind];
      const records = rows.map((row) => toRecord(row, results?.formers.of(idOf(row)) ?? []));
      if (records.length > 0) return { records, next: next && placeText(next) };
    }
    return { records: [], next: undefined };
  };
}

const LOST =
  'Salesforce lost one bulk job after another while all leads were listed: see under Setup, Bulk Data Load Jobs, whether somebody deletes them';

const idOf = (row: Row) => textOf(row, 'Id') ?? '';

/** Behind these rows: in the same results, in the next ones, or at the beginning of the other kind of records. */
function nextPlace({ job, locator, rows, next }: Kept, { kind, row, lost }: ListingPlace): ListingPlace | undefined {
  if (row + PAGE < rows.length) return { kind, job, locator, row: row + PAGE, lost };
  if (next !== undefined) return { kind, job, locator: next, row: 0, lost };
  const following = PERSON_KINDS[PERSON_KINDS.indexOf(kind) + 1];
  return following === undefined ? undefined : { kind: following, row: 0, lost };
}
