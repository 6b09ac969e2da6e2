import { z } from 'zod';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { after, batchErrors, expectOnlyNotFound, paging } from './shapes.ts';

/** HubSpot's number for contacts among the types of records. */
const CONTACTS = '0-1';

const listSchema = z.object({
  listId: z.coerce.string(),
  name: z.string(),
  processingType: z.string().nullish(),
  listVersion: z.number().nullish(),
  filtersUpdatedAt: z.string().nullish(),
  additionalProperties: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).catch({}),
});
export type ContactList = z.output<typeof listSchema>;

const searchSchema = z.object({ lists: z.array(listSchema), hasMore: z.boolean(), offset: z.number() });

/** Most lists of an answer. */
const PAGE = 500;

/**
 * The lists of contacts with these ids, or all that there are; their size and when somebody last came or went are among
 * `additionalProperties`. https://developers.hubspot.com/docs/api-reference/latest/crm/lists/guide#search-for-a-list
 */
export async function searchLists(
  transport: Transport,
  { kind, listIds = [] }: { readonly kind: 'setup' | 'related'; readonly listIds?: readonly string[] },
  options?: CallOptions,
): Promise<ContactList[]> {
  const found: ContactList[] = [];
  let offset = 0;
  for (;;) {
    const body = {
      objectTypeId: CONTACTS,
      listIds,
      processingTypes: [],
      additionalProperties: [],
      count: PAGE,
      offset,
    };
    const call = { kind, method: 'POST', path: `${PATHS.lists}/search`, body, schema: searchSchema } as const;
    const answer = await transport.call(call, options);
    found.push(...answer.lists);
    if (!answer.hasMore || answer.offset <= offset) return found;
    offset = answer.offset;
  }
}

const membersSchema = z.object({ results: z.array(z.object({ recordId: z.coerce.string() })), paging });

/** The ids of at most 250 members of a list, in the order of their ids. https://developers.hubspot.com/docs/api-reference/latest/crm/lists/guide#view-records-in-an-existing-list */
export async function listMembers(
  transport: Transport,
  { listId, from }: { readonly listId: string; readonly from: string | undefined },
  options?: CallOptions,
): Promise<{ ids: string[]; next: string | undefined }> {
  const path = `${PATHS.lists}/${encodeURIComponent(listId)}/memberships`;
  const query = { limit: '250', ...after(from) };
  const call = { kind: 'related', method: 'GET', path, query, schema: membersSchema } as const;
  const { results, paging: more } = await transport.call(call, options);
  return { ids: results.map(({ recordId }) => recordId), next: more?.next?.after };
}

const membershipsSchema = z.object({
  results: z.array(
    z.object({
      recordId: z.coerce.string(),
      recordListMemberships: z.array(z.object({ listId: z.coerce.string() })),
    }),
  ),
  errors: batchErrors,
});

/**
 * The ids of the lists that at most 100 contacts are on, by the contact's id; who is on none may be absent.
 * @throws RetryableError where HubSpot does not tell those of all.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/lists/memberships/get-segment-memberships-batch
 */
export async function readMemberships(
  transport: Transport,
  contactIds: readonly string[],
  options?: CallOptions,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const body = { inputs: contactIds.map((recordId) => ({ objectTypeId: CONTACTS, recordId })) };
  const path = `${PATHS.lists}/records/memberships/batch/read`;
  const call = { kind: 'related', method: 'POST', path, body, schema: membershipsSchema } as const;
  const { results, errors } = await transport.call(call, options);
  expectOnlyNotFound('list memberships', errors);
  return new Map(
    results.map(({ recordId, recordListMemberships }) => [recordId, recordListMemberships.map(({ listId }) => listId)]),
  );
}

/** As many contacts as one call of ours puts on a list; HubSpot takes more. */
export const LIST_BATCH = 1_000;

/**
 * Puts contacts on a static list. HubSpot passes over who is on it already and who does not exist (any more); doing it twice
 * changes nothing. @throws RefusedError where the list is gone, or fills itself by its filters.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/lists/guide#add-records-to-an-existing-list
 */
export async function addToList(
  transport: Transport,
  { listId, contactIds, kind = 'write' }: AddToList,
  options?: CallOptions,
): Promise<void> {
  const path = `${PATHS.lists}/${encodeURIComponent(listId)}/memberships/add`;
  await transport.call({ kind, method: 'PUT', path, body: contactIds, schema: z.unknown() }, options);
}

interface AddToList {
  readonly listId: string;
  /** At most `LIST_BATCH`. */
  readonly contactIds: readonly string[];
  readonly kind?: 'write' | 'setup';
}
