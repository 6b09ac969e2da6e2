import { SECOND } from '../base/clock.ts';
import type { MemberList } from '../crm/crm.ts';
import { markDirty } from '../ledger/dirty.ts';
import { forgetList, readListStands, replaceMembers, saveListStand } from '../ledger/list-members.ts';
import { readBaseline } from './baseline.ts';
import type { Connection } from './connection.ts';

/** How long a list rests for each page that reading it took, in milliseconds: a large one that changes all the time would eat up the API budget. */
const REST = 15 * SECOND;

/**
 * Marks everyone who came to a list or left it since the last time. A list is read only where the CRM says that it changed,
 * and what it said is remembered only once all are marked. @returns how many were marked.
 */
export async function pullLists(connection: Connection, signal?: AbortSignal): Promise<number> {
  const { crm, space, clock, log } = connection;
  if ((await readBaseline(connection)) === undefined) return 0;
  const stands = await readListStands(space);
  if (crm.lists.length === 0 && stands.size === 0) return 0;
  const versions = await crm.listVersions({ signal });
  let marked = 0;
  const mark = async (ids: readonly string[]) => {
    await markDirty(space, ids, clock.now());
    marked += ids.length;
  };
  const present = new Set<string>();
  for (const list of oncePerId(crm.lists)) {
    const version = versions.get(list.name);
    if (version === undefined) continue;
    present.add(list.id);
    const stand = stands.get(list.id);
    if (stand?.version === version || (stand?.restsUntil ?? 0) > clock.now()) continue;
    await readList(connection, list, version, mark, signal);
  }
  for (const id of stands.keys()) {
    if (present.has(id)) continue;
    log.warn('a list is no longer in the CRM or in config: nobody counts as its member any more', { list: id });
    await replaceMembers(space, id, new Set(), mark);
    await forgetList(space, id);
  }
  if (marked > 0) await connection.wake('score');
  return marked;
}

/**
 * Notes who is on the lists that nothing is known of yet, before a backfill reads its leads: whoever comes or goes
 * later is marked.
 */
export async function noteLists(connection: Connection, signal?: AbortSignal): Promise<void> {
  const { crm, space } = connection;
  if (crm.lists.length === 0) return;
  const stands = await readListStands(space);
  const unknown = oncePerId(crm.lists).filter(({ id }) => !stands.has(id));
  if (unknown.length === 0) return;
  const versions = await crm.listVersions({ signal });
  for (const list of unknown) {
    const version = versions.get(list.name);
    if (version !== undefined) await readList(connection, list, version, async () => {}, signal);
  }
}

async function readList(
  { space, clock }: Connection,
  list: MemberList,
  version: string,
  moved: (ids: readonly string[]) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const members = new Set<string>();
  let pages = 0;
  for await (const ids of list.members({ signal })) {
    pages += 1;
    for (const id of ids) members.add(id);
  }
  await replaceMembers(space, list.id, members, moved);
  await saveListStand(space, list.id, { version, restsUntil: clock.now() + pages * REST });
}

/** Two fields may come from one list. */
function oncePerId(lists: readonly MemberList[]): MemberList[] {
  return [...new Map(lists.map((list) => [list.id, list])).values()];
}
