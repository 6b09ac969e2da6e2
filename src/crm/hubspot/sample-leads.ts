import { z } from 'zod';
import type { CallOptions, LeadSample } from '../crm.ts';
import { PATHS } from './paths.ts';
import type { Transport } from './transport.ts';

/**
 * Ids of about so many contacts, spread evenly over the portal. Record ids are anything but even: an old portal has a few
 * thousand small ones and then numbers of twelve digits. So the range of ids is halved where most records are, until there
 * are enough pieces of about the same number of records, and each gives its share from its beginning. Nothing is left to
 * chance: an unchanged portal gives the same sample again.
 *
 * A search gives no more than 10,000 results, but counts them all; the search limit is why there are few pieces.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm
 */
export async function sampleLeads(transport: Transport, count: number, options?: CallOptions): Promise<LeadSample> {
  const search = (range: Partial<Range>, limit: number, direction: Direction = 'ASCENDING') =>
    searchIds(transport, range, limit, direction, options);
  const { ids: first, total } = await search({}, PAGE);
  const [least] = first;
  const [greatest] = (await search({}, 1, 'DESCENDING')).ids;
  if (least === undefined || greatest === undefined) return { ids: [], total: 0 };

  const whole = { from: BigInt(least), to: BigInt(greatest) + 1n, records: total, first };
  const pieces = await split(whole, piecesFor(count, total), (range) => search(range, PAGE));
  const ids = new Set<string>();
  for (const [index, { from, to, records, first = [] }] of pieces.entries()) {
    // Of what is still to be had, so that what rounding leaves over is made up for by later pieces.
    const share = Math.round(((count - ids.size) * records) / recordsFrom(pieces, index));
    const enough = ids.size + share;
    let page = first.slice(0, share);
    let next = from;
    while (ids.size < enough) {
      if (page.length === 0) page = (await search({ from: next, to }, Math.min(enough - ids.size, PAGE))).ids;
      // The portal has fewer than it had a moment ago.
      if (page.length === 0) break;
      for (const id of page) ids.add(id);
      next = BigInt(page.at(-1) ?? next) + 1n;
      page = [];
    }
  }
  return { ids: [...ids], total };
}

/** `from` (inclusive) to `to` (exclusive). */
interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

interface Piece extends Range {
  readonly records: number;
  /** The ids of its first records, as far as one search gave them. */
  readonly first?: readonly string[];
}

type Direction = 'ASCENDING' | 'DESCENDING';

const PAGE = 200;
/** More pieces are more even; each costs one search or two, of which there are a handful a second. */
const PIECES = { least: 8, most: 32, leads: 10 };

function piecesFor(count: number, total: number): number {
  if (count >= total) return 1;
  const wanted = Math.min(Math.max(Math.ceil(count / PIECES.leads), PIECES.least), PIECES.most);
  return Math.min(count, Math.max(wanted, Math.ceil(count / PAGE)));
}

type Search = (range: Range) => Promise<{ readonly ids: readonly string[]; readonly total: number }>;

/** Halves the piece with the most records, over and over; in the order of the ids. */
async function split(whole: Piece, wanted: number, search: Search): Promise<readonly Piece[]> {
  let pieces: readonly Piece[] = [whole];
  while (pieces.length < wanted) {
    const largest = pieces.reduce((one, other) => (other.records > one.records ? other : one));
    if (largest.records < 2 || largest.to - largest.from < 2n) break;
    const { from, to, records } = largest;
    const middle = from + (to - from) / 2n;
    const below = await search({ from, to: middle });
    // The portal may have changed since it was counted.
    const count = Math.min(below.total, records);
    const halves: readonly Piece[] = [
      { from, to: middle, records: count, first: below.ids },
      { from: middle, to, records: records - count },
    ];
    pieces = pieces.flatMap((piece) => (piece === largest ? halves.filter((half) => half.records > 0) : piece));
  }
  return pieces;
}

const recordsFrom = (pieces: readonly Piece[], index: number) =>
  pieces.slice(index).reduce((sum, { records }) => sum + records, 0);

const answerSchema = z.object({ total: z.number(), results: z.array(z.object({ id: z.string() })) });

/** The first ids of the range, or the last, and how many the range has in all. */
async function searchIds(
  transport: Transport,
  { from = 1n, to }: Partial<Range>,
  limit: number,
  direction: Direction,
  options?: CallOptions,
): Promise<{ ids: string[]; total: number }> {
  const above = { propertyName: 'hs_object_id', operator: 'GTE', value: String(from) };
  const below = to === undefined ? [] : [{ propertyName: 'hs_object_id', operator: 'LT', value: String(to) }];
  const body = {
    filterGroups: [{ filters: [above, ...below] }],
    sorts: [{ propertyName: 'hs_object_id', direction }],
    properties: ['hs_object_id'],
    limit,
  };
  const call = { kind: 'search', method: 'POST', path: PATHS.contactSearch, body, schema: answerSchema } as const;
  const { results, total } = await transport.call(call, options);
  return { ids: results.map(({ id }) => id), total };
}
