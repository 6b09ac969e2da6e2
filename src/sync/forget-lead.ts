import { leaveAccounts } from '../ledger/accounts.ts';
import { eraseActivities } from '../ledger/activities.ts';
import { removeDeadLetters } from '../ledger/dead-letters.ts';
import { closeState, forgetStates, readStates } from '../ledger/lead-state.ts';
import type { Space } from '../ledger/space.ts';
import { type Connection, keepFor } from './connection.ts';

/**
 * A lead that the CRM no longer has. It may be restored, and what was done under its id is told only once: that stays for
 * as long as any model looks back, and so does what a later privacy deletion needs.
 */
export async function forgetLead({ space, models, clock }: Connection, id: string): Promise<void> {
  await closeState(space, id, { keep: keepFor(models), merged: false });
  await forgetPlaces(space, id, clock.now());
}

/** A record that was merged into another: what was done under its id stays for that one, and so does what held for it. */
export async function handOverLead({ space, models, clock }: Connection, id: string): Promise<void> {
  await closeState(space, id, { keep: keepFor(models), merged: true });
  await forgetPlaces(space, id, clock.now());
}

/** A privacy deletion: nothing stays of what the person did under their addresses and ids. */
export async function eraseLead(space: Space, id: string, now: number): Promise<void> {
  const [state] = await readStates(space, [id]);
  const ids = [id, ...(state?.formerIds ?? [])];
  await eraseActivities(space, ids, state?.emailHashes ?? []);
  await forgetStates(space, ids);
  await forgetPlaces(space, id, now);
}

async function forgetPlaces(space: Space, id: string, now: number): Promise<void> {
  await leaveAccounts(space, [id], now);
  await removeDeadLetters(space, [id]);
}
