import { eraseActivities } from '../ledger/activities.ts';
import { removeDeadLetters } from '../ledger/dead-letters.ts';
import { forgetState, readStates } from '../ledger/lead-state.ts';
import type { Space } from '../ledger/space.ts';

/** A lead that the CRM no longer has: nothing of its record stays. What its address did stays, for it may be in another record. */
export async function forgetLead(space: Space, id: string): Promise<void> {
  await eraseActivities(space, [id], []);
  await forgetRecord(space, id);
}

/** A privacy deletion: what the person did under their addresses and former ids goes as well. */
export async function eraseLead(space: Space, id: string): Promise<void> {
  const [state] = await readStates(space, [id]);
  await eraseActivities(space, [id, ...(state?.formerIds ?? [])], state?.emailHashes ?? []);
  await forgetRecord(space, id);
}

/** The record's own entries; what was done under its id stays, for it was merged into another. */
export async function forgetRecord(space: Space, id: string): Promise<void> {
  await forgetState(space, id);
  await removeDeadLetters(space, [id]);
}
