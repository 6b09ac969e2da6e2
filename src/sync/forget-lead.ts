import { leaveAccounts } from '../ledger/accounts.ts';
import { eraseActivities } from '../ledger/activities.ts';
import { forgetHeld } from '../ledger/ceilings.ts';
import { removeDeadLetters } from '../ledger/dead-letters.ts';
import { markDirty } from '../ledger/dirty.ts';
import { forgetFollowUps } from '../ledger/follow-ups.ts';
import { dropGone, markGone } from '../ledger/gone.ts';
import { closeState, forgetStates, readStates } from '../ledger/lead-state.ts';
import { leaveLists } from '../ledger/list-members.ts';
import { forgetNotices } from '../ledger/outbox.ts';
import { forgetOwed } from '../ledger/owed-tasks.ts';
import { forgetOwnerTurns } from '../ledger/owner-turns.ts';
import { hideRecord, leavePeople, type RecordReference, readPeople } from '../ledger/person-records.ts';
import type { Space } from '../ledger/space.ts';
import { type Connection, keepFor } from './connection.ts';
import { leaveAllPeople } from './one-person.ts';

/**
 * A lead that the CRM no longer has under this id. It may be restored, or live on in the record that it was merged into, and
 * what was done under its id is told only once: that stays for as long as any model looks back, and so does what a later
 * privacy deletion needs. What it is owed stays too, for the record that it lives on in to take over. `hashes` are of addresses that it
 * was just scored by, where nobody has remembered them yet.
 */
export async function forgetLead(connection: Connection, id: string, hashes: readonly string[] = []): Promise<void> {
  const { space, models, clock } = connection;
  const [state] = await readStates(space, [id]);
  await leaveAllPeople(connection, id, [...new Set([...hashes, ...(state?.emailHashes ?? [])])]);
  await closeState(space, id, keepFor(models));
  await forgetPlaces(space, [id], clock.now());
  await markGone(space, id, clock.now());
}

/**
 * A privacy deletion: nothing stays of what the person did under their addresses and ids, but under the addresses whose
 * hashes are `kept`.
 */
export async function eraseLead(
  space: Space,
  id: string,
  now: number,
  kept: ReadonlySet<string> = new Set(),
): Promise<void> {
  const [state] = await readStates(space, [id]);
  const ids = [id, ...(state?.formerIds ?? [])];
  const states = await readStates(space, ids);
  const hashes = new Set(states.flatMap((each) => each?.emailHashes ?? []));
  const erased = [...hashes.difference(kept)];
  await eraseActivities(space, ids, erased);
  await leavePersons(space, ids, [...hashes], now);
  await forgetStates(space, ids);
  await forgetPlaces(space, ids, now);
  await forgetOwed(space, ids);
  await leaveLists(space, ids);
  await forgetOwnerTurns(space, ids);
  await forgetHeld(space, ids);
  await forgetNotices(space, ids);
  await dropGone(space, ids);
}

/** Whoever else is of these persons is scored again, without what was erased. */
async function leavePersons(
  space: Space,
  ids: readonly string[],
  hashes: readonly string[],
  now: number,
): Promise<void> {
  const own = ids.map((id): RecordReference => ({ connection: space.connection, id }));
  for (const record of own) await hideRecord(space, hashes, record);
  const records = (await readPeople(space, hashes)).flatMap((known) => known.records);
  for (const [name, some] of Map.groupBy(records, ({ connection }) => connection))
    await markDirty(
      space.of(name),
      some.map(({ id }) => id),
      now,
    );
  for (const record of own) await leavePeople(space, hashes, record);
}

async function forgetPlaces(space: Space, ids: readonly string[], now: number): Promise<void> {
  await leaveAccounts(space, ids, now);
  await forgetFollowUps(space, ids);
  await removeDeadLetters(space, ids);
}
