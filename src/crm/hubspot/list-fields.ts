import type { CallOptions, MemberList } from '../crm.ts';
import { type ContactList, listMembers, readMemberships, searchLists } from './api/lists.ts';
import type { HubspotConfig } from './config.ts';
import type { Beside, FieldSource } from './field-source.ts';
import type { Transport } from './transport.ts';

/** A list of the portal whose membership is a field of ours. */
export interface FieldList {
  readonly field: string;
  readonly listId: string;
}

/** By id, else by exact name. */
export function listsNamed(wanted: string, lists: readonly ContactList[]): ContactList[] {
  const byId = lists.filter(({ listId }) => listId === wanted.trim());
  return byId.length > 0 ? byId : lists.filter(({ name }) => name.trim() === wanted.trim());
}

/** The lists that config names, as far as the portal has them. */
export function fieldLists({ lists }: HubspotConfig, known: readonly ContactList[]): FieldList[] {
  return Object.entries(lists).flatMap(([field, wanted]) =>
    listsNamed(wanted, known).map(({ listId }) => ({ field, listId })),
  );
}

/** `true` for members and `false` for everyone else, so that a model may ask for either. */
export function listFields(transport: Transport, lists: readonly FieldList[]): FieldSource {
  return {
    async read(contacts, options) {
      if (contacts.length === 0) return new Map();
      const ids = contacts.map(({ id }) => id);
      const memberships = await readMemberships(transport, ids, options);
      return new Map(
        ids.map((id): [string, Beside] => {
          const on = new Set(memberships.get(id));
          const fields = lists.map(({ field, listId }) => [field, String(on.has(listId))]);
          return [id, { fields: Object.fromEntries(fields) }];
        }),
      );
    },
  };
}

export function memberLists(transport: Transport, lists: readonly FieldList[]): MemberList[] {
  return lists.map(({ field, listId }) => ({
    name: field,
    id: listId,
    async *members(options) {
      let from: string | undefined;
      do {
        const { ids, next } = await listMembers(transport, { listId, from }, options);
        yield ids;
        from = next === from ? undefined : next;
      } while (from !== undefined);
    },
  }));
}

/** Of a list that has been deleted there is none. */
export async function listVersions(
  transport: Transport,
  lists: readonly FieldList[],
  options?: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  if (lists.length === 0) return new Map();
  const listIds = [...new Set(lists.map(({ listId }) => listId))];
  const found = new Map(
    (await searchLists(transport, { kind: 'related', listIds }, options)).map((list) => [list.listId, versionOf(list)]),
  );
  return new Map(
    lists.flatMap(({ field, listId }) => {
      const version = found.get(listId);
      return version === undefined ? [] : [[field, version] as const];
    }),
  );
}

/** What HubSpot always tells of a list; the list's own time of change is that of its name and filters. */
const MOVED_BY_MEMBERS = ['hs_list_size', 'hs_last_record_added_at', 'hs_last_record_removed_at'];

function versionOf({ additionalProperties, listVersion, filtersUpdatedAt }: ContactList): string {
  const values = MOVED_BY_MEMBERS.map((name) => additionalProperties[name] ?? null);
  return JSON.stringify([...values, listVersion ?? null, filtersUpdatedAt ?? null]);
}
