import { z } from 'zod';
import { type Answer, invalid } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { Contact } from '../portal/contact.ts';
import type { Membership } from '../portal/lists.ts';
import type { Portal } from '../portal/portal.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { listOf } from './list-routes.ts';
import { readBody, readLimit } from './read-body.ts';

const base = '/crm/lists/{version}';
const recordsBody = z.object({
  inputs: z
    .array(z.object({ objectTypeId: z.string(), recordId: z.coerce.string() }))
    .min(1)
    .max(100),
});

const idsBody = z.array(z.coerce.string());

/** A member and its place in an order: by time and id, or by id alone. */
interface Member {
  readonly contact: Contact;
  readonly membership: Membership;
  readonly place: readonly number[];
}

/** Who is on a list, and on which lists a record is. https://developers.hubspot.com/docs/api-reference/crm-lists-v3/guide */
export function listMembershipRoutes(portal: Portal): Route[] {
  const read = { kind: 'activity', scopes: ['crm.lists.read'] } as const;
  return [
    {
      method: 'GET',
      template: `${base}/{listId}/memberships`,
      ...read,
      handle: (call) => members(portal, call, 'member', ({ number }) => [number]),
    },
    {
      method: 'GET',
      template: `${base}/{listId}/memberships/join-order`,
      ...read,
      handle: (call) => members(portal, call, 'joined', ({ number }, { lastAddedAt }) => [lastAddedAt, number]),
    },
    {
      method: 'GET',
      template: `${base}/records/{objectTypeId}/{recordId}/memberships`,
      ...read,
      handle: ({ params }) => {
        const results = membershipsOf(portal, params.objectTypeId, params.recordId);
        return { status: 200, body: { results, total: results.length } };
      },
    },
    {
      method: 'POST',
      template: `${base}/records/memberships/batch/read`,
      ...read,
      handle: ({ body }) => {
        const results = readBody(recordsBody, body).inputs.map(({ objectTypeId, recordId }) => ({
          objectTypeId,
          recordId,
          recordListMemberships: membershipsOf(portal, objectTypeId, recordId),
        }));
        const at = new Date(portal.now()).toISOString();
        return { status: 200, body: { status: 'COMPLETE', results, startedAt: at, completedAt: at } };
      },
    },
    {
      method: 'PUT',
      template: `${base}/{listId}/memberships/add`,
      kind: 'write',
      scopes: ['crm.lists.write'],
      alsoScope: 'crm.lists.read',
      handle: (call) => add(portal, call),
    },
  ];
}

/** Who is on it already and who does not exist is passed over. */
function add(portal: Portal, { params, body }: Call): Answer {
  const list = listOf(portal, params.listId);
  if (list.processingType === 'DYNAMIC')
    throw invalid(`List ${list.id} is not MANUAL or SNAPSHOT: its memberships cannot be updated by hand.`);
  const ids = readBody(idsBody, body);
  const found = new Map(ids.map((id) => [id, portal.contacts.find(id)]));
  const recordsIdsAdded: string[] = [];
  for (const contact of found.values()) {
    if (contact === undefined || list.members.has(contact)) continue;
    portal.lists.join(list, contact, portal.now());
    recordsIdsAdded.push(contact.id);
  }
  const recordIdsMissing = ids.filter((id) => found.get(id) === undefined);
  return { status: 200, body: { recordsIdsAdded, recordIdsMissing, recordIdsRemoved: [] } };
}

/** A page after one cursor in rising order, or before another in falling order; `after` wins where both are sent. */
function members(
  portal: Portal,
  { params, query }: Call,
  kind: string,
  placeOf: (contact: Contact, membership: Membership) => readonly number[],
): Answer {
  const list = listOf(portal, params.listId);
  const limit = readLimit(query, { standard: 100, most: 250 });
  const after = readCursor(kind, query.get('after'));
  const before = after === undefined ? readCursor(kind, query.get('before')) : undefined;
  const sorted = [...list.members]
    .map(([contact, membership]): Member => ({ contact, membership, place: placeOf(contact, membership) }))
    .sort((a, b) => compare(a.place, b.place));
  if (before !== undefined) sorted.reverse();
  const following = sorted.filter(({ place }) => {
    if (after !== undefined) return compare(place, after) > 0;
    return before === undefined || compare(place, before) < 0;
  });
  const page = following.slice(0, limit);
  const more = following.length > limit;
  const rising = before === undefined;
  return {
    status: 200,
    body: {
      total: list.members.size,
      results: page.map(({ contact, membership }) => ({
        recordId: contact.id,
        membershipTimestamp: new Date(membership.lastAddedAt).toISOString(),
      })),
      ...pagingOf(kind, rising ? page : page.toReversed(), {
        next: rising ? more : true,
        previous: rising ? after !== undefined : more,
      }),
    },
  };
}

/** @param page in rising order */
function pagingOf(kind: string, page: readonly Member[], { next, previous }: { next: boolean; previous: boolean }) {
  const [first, last] = [page[0], page.at(-1)];
  if (first === undefined || last === undefined || (!next && !previous)) return {};
  return {
    paging: {
      ...(next ? { next: { after: writeCursor(kind, ...last.place) } } : {}),
      ...(previous ? { prev: { before: writeCursor(kind, ...first.place) } } : {}),
    },
  };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function membershipsOf({ contacts, lists }: Portal, objectTypeId: string | undefined, recordId = '') {
  const contact = objectTypeId === '0-1' ? contacts.find(recordId) : undefined;
  if (contact === undefined) return [];
  return lists.ofContact(contact).map(({ list, membership }) => ({
    listId: list.id,
    listVersion: 1,
    firstAddedTimestamp: new Date(membership.firstAddedAt).toISOString(),
    lastAddedTimestamp: new Date(membership.lastAddedAt).toISOString(),
    isPublicList: true,
  }));
}
