import { leaveAccounts } from '../ledger/accounts.ts';
import { eraseActivities } from '../ledger/activities.ts';
import { removeDeadLetters } from '../ledger/dead-letters.ts';
import { closeState, forgetState, readStates } from '../ledger/lead-state.ts';
import type { Space } from '../ledger/space.ts';

/**
 * A lead that the CRM no longer has. It may be restored, and what was done under its id is told only once: that stays for
 * as long as any model looks back, and so does what a later privacy deletion needs.
 */
export async function forgetLead(space: Space, id: string, now: number): Promise<void> {
  await closeState(space, id);
  await leaveAccounts(space, [id], now);
  await removeDeadLetters(space, [id]);
}

/** A privacy deletion: nothing stays of what the person did under their addresses and ids. */
export async function eraseLead(space: Space, id: string, now: number): Promise<void> {
  const [state] = await readStates(space, [id]);
  await eraseActivities(space, [id, ...(state?.formerIds ?? [])], state?.emailHashes ?? []);
  await forgetRecord(space, id, now);
}

/** The record's own entries; what was done under its id stays, for it was merged into another. */
export async function forgetRecord(space: Space, id: string, now: number): Promise<void> {
  await forgetState(space, id);
  await leaveAccounts(space, [id], now);
  await removeDeadLetters(space, [id]);
}
