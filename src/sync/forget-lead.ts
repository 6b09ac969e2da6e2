import { leaveAccounts } from '../ledger/accounts.ts';
import { eraseActivities } from '../ledger/activities.ts';
import { removeDeadLetters } from '../ledger/dead-letters.ts';
import { dropGone, markGone } from '../ledger/gone.ts';
import { closeState, forgetStates, readStates } from '../ledger/lead-state.ts';
import { leaveLists } from '../ledger/list-members.ts';
import { forgetOwnerTurns } from '../ledger/owner-turns.ts';
import type { Space } from '../ledger/space.ts';
import { type Connection, keepFor } from './connection.ts';

/**
 * A lead that the CRM no longer has under this id. It may be restored, or live on in the record that it was merged into, and
 * what was done under its id is told only once: that stays for as long as any model looks back, and so does what a later
 * privacy deletion needs.
 */
export async function forgetLead({ space, models, clock }: Connection, id: string): Promise<void> {
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
  await eraseActivities(space, ids, [...hashes.difference(kept)]);
  await forgetStates(space, ids);
  await forgetPlaces(space, ids, now);
  await leaveLists(space, ids);
  await forgetOwnerTurns(space, ids);
  await dropGone(space, ids);
}

async function forgetPlaces(space: Space, ids: readonly string[], now: number): Promise<void> {
  await leaveAccounts(space, ids, now);
  await removeDeadLetters(space, ids);
}
