import { MINUTE, SECOND } from '../../base/clock.ts';
import { FatalError } from '../../base/errors.ts';
import type { CallOptions, Lateness, Window } from '../crm.ts';
import { type Contact, pageSchema } from './api/contacts.ts';
import type { Transport } from './transport.ts';

/**
 * HubSpot's search index runs "a few moments" behind: a window ends a little before the present and reaches back a little
 * behind the cursor, as an index that was slow once shows a record late. https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm
 */
export const SEARCH_LATENESS: Lateness = { overlap: 2 * MINUTE, lag: 10 * SECOND };

export interface WindowSearch {
  /** Of the search of this kind of record. */
  readonly path: string;
  /** Times of the record, of which one lies within its window: at most five. */
  readonly within: readonly { readonly property: string; readonly window: Window }[];
  /** What the record must hold besides, by property. */
  readonly where?: Readonly<Record<string, string>>;
  readonly properties: readonly string[];
}

const PAGE = 200;
/** Before HubSpot was there; it takes a very small number for no time at all. */
const EARLIEST = Date.UTC(2005);
/** HubSpot refuses a search whose body is longer than 3,000 characters. */
const LONGEST_BODY = 3_000;

/**
 * Every record with a time within the window, at most 200 at once. Every page asks for the ids above the last one seen, and
 * never for an offset: a record that changes again while we read leaves the window, and with offsets all after it would
 * move up and one be skipped. It also never comes near the 10,000 results that HubSpot gives of one search, and a thousand
 * records with the same time cannot stop it.
 */
export async function* searchWindow(
  transport: Transport,
  search: WindowSearch,
  options?: CallOptions,
): AsyncIterable<Contact[]> {
  if (search.within.every(({ window }) => window.from >= window.to)) return;
  let lastId = '0';
  for (;;) {
    const body = searchBody(search, lastId);
    const call = { kind: 'search', method: 'POST', path: search.path, body, schema: pageSchema } as const;
    const { results, paging } = await transport.call(call, options);
    if (results.length > 0) {
      lastId = highestId(results, lastId);
      yield results;
    }
    if (paging?.next?.after === undefined || results.length === 0) return;
  }
}

/** Whether HubSpot takes this search with so many properties. */
export function fitsSearch(search: WindowSearch): boolean {
  return JSON.stringify(searchBody(search, HIGHEST)).length <= LONGEST_BODY;
}

const HIGHEST = String(2n ** 63n - 1n);

function searchBody({ within, where = {}, properties }: WindowSearch, lastId: string) {
  const held = Object.entries(where).map(([propertyName, value]) => ({ propertyName, operator: 'EQ', value }));
  const filterGroups = within.map(({ property: propertyName, window: { from, to } }) => ({
    filters: [
      { propertyName, operator: 'GTE', value: String(Math.max(from, EARLIEST)) },
      { propertyName, operator: 'LT', value: String(to) },
      ...held,
      { propertyName: 'hs_object_id', operator: 'GT', value: lastId },
    ],
  }));
  const sorts = [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }];
  return { filterGroups, sorts, properties, limit: PAGE };
}

/** @throws FatalError where the answer is not in the order of the ids, as going on from there would leave records out. */
export function highestId(records: readonly { readonly id: string }[], before: string): string {
  let highest = BigInt(before);
  for (const { id } of records) {
    if (BigInt(id) <= highest)
      throw new FatalError(
        'HubSpot did not sort its search by record id as it was asked to: nothing was skipped, but no changes can be read',
      );
    highest = BigInt(id);
  }
  return String(highest);
}
