import { z } from 'zod';
import { type Answer, notFound } from '../http/answer.ts';
import type { Call, Route } from '../http/router.ts';
import type { ContactList } from '../portal/lists.ts';
import type { Portal } from '../portal/portal.ts';
import { readBody } from './read-body.ts';

const base = '/crm/lists/{version}';
/** Every list of the sandbox is of contacts. */
const CONTACTS = '0-1';

const searchBody = z.object({
  query: z.string().default(''),
  listIds: z.array(z.coerce.string()).default([]),
  processingTypes: z.array(z.enum(['MANUAL', 'DYNAMIC', 'SNAPSHOT'])).default([]),
  objectTypeId: z.string().optional(),
  additionalProperties: z.array(z.string()).default([]),
  offset: z.number().int().min(0).default(0),
  count: z.number().int().min(1).max(500).default(20),
});

/** Lists, which HubSpot also calls segments. https://developers.hubspot.com/docs/api-reference/crm-lists-v3/guide */
export function listRoutes(portal: Portal): Route[] {
  const read = { kind: 'setup', scopes: ['crm.lists.read'] } as const;
  const { lists } = portal;
  return [
    {
      method: 'GET',
      template: base,
      ...read,
      handle: ({ query }) => {
        const found = query.getAll('listIds').flatMap((id) => lists.find(id) ?? []);
        return { status: 200, body: { lists: found.map(listAnswer) } };
      },
    },
    {
      method: 'GET',
      template: `${base}/{listId}`,
      ...read,
      handle: ({ params }) => ({ status: 200, body: { list: listAnswer(listOf(portal, params.listId)) } }),
    },
    {
      method: 'GET',
      template: `${base}/object-type-id/{objectTypeId}/name/{listName}`,
      ...read,
      handle: ({ params }) => {
        const found = params.objectTypeId === CONTACTS ? lists.findByName(params.listName ?? '') : undefined;
        if (found === undefined) throw notFound(`There is no list of that name for ${params.objectTypeId}`);
        return { status: 200, body: { list: listAnswer(found) } };
      },
    },
    { method: 'POST', template: `${base}/search`, ...read, handle: (call) => search(portal, call) },
  ];
}

/** @throws HubSpotError 404 where there is none of this id */
export function listOf({ lists }: Portal, id = ''): ContactList {
  const list = lists.find(id);
  if (list === undefined) throw notFound(`List does not exist with ID ${id}.`);
  return list;
}

/** HubSpot's search of lists has a page by count and offset, unlike that of records; it is none of the searches with a limit of their own. */
function search({ lists }: Portal, { body }: Call): Answer {
  const asked = readBody(searchBody, body);
  const words = asked.query.trim().toLowerCase();
  const matches = lists.all.filter(
    ({ id, name, processingType }) =>
      name.toLowerCase().includes(words) &&
      (asked.listIds.length === 0 || asked.listIds.includes(id)) &&
      (asked.processingTypes.length === 0 || asked.processingTypes.includes(processingType)) &&
      (asked.objectTypeId === undefined || asked.objectTypeId === CONTACTS),
  );
  const page = matches.slice(asked.offset, asked.offset + asked.count);
  const offset = asked.offset + page.length;
  return {
    status: 200,
    body: {
      hasMore: offset < matches.length,
      lists: page.map((list) => ({ ...describe(list), additionalProperties: additional(list) })),
      offset,
      total: matches.length,
    },
  };
}

function listAnswer(list: ContactList) {
  return { ...describe(list), size: list.members.size };
}

function describe({ id, name, processingType, createdAt }: ContactList) {
  const at = new Date(createdAt).toISOString();
  return {
    listId: id,
    listVersion: 1,
    name,
    objectTypeId: CONTACTS,
    processingType,
    processingStatus: 'COMPLETE',
    createdAt: at,
    // Of the definition: who looks for changes of membership must look at the additional properties.
    updatedAt: at,
    filtersUpdatedAt: at,
  };
}

/** Those that come with every search; text all of them, times as milliseconds, and left out where there is no value. */
function additional({ members, lastAddedAt, lastRemovedAt }: ContactList): Record<string, string> {
  return {
    hs_list_size: String(members.size),
    hs_list_reference_count: '0',
    ...(lastAddedAt === undefined ? {} : { hs_last_record_added_at: String(lastAddedAt) }),
    ...(lastRemovedAt === undefined ? {} : { hs_last_record_removed_at: String(lastRemovedAt) }),
  };
}
