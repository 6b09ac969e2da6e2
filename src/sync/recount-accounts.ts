import { accountSpace, allMembers } from '../ledger/accounts.ts';
import { listDeadLetters } from '../ledger/dead-letters.ts';
import { markDirty } from '../ledger/dirty.ts';
import { accountModels } from './account-members.ts';
import type { Connection } from './connection.ts';

/**
 * Marks every account that has people or holds a score, so that each is compared with the CRM, also one whose last person left while
 * nobody looked. @returns the leads that still count for an account and have not been scored since `since` (milliseconds since
 * 1970), when a backfill began: unlike all others it did not come upon them, so that most must have been deleted.
 */
export async function recountAccounts(
  connection: Connection,
  since: number,
  signal?: AbortSignal,
): Promise<Set<string>> {
  const { crm, space, clock } = connection;
  const unlisted = new Set<string>();
  if (accountModels(connection).length === 0) return unlisted;
  const accounts = accountSpace(space);
  for await (const members of allMembers(space)) {
    signal?.throwIfAborted();
    await markDirty(accounts, [...new Set(members.map(({ accountId }) => accountId))], clock.now());
    for (const { leadId, at } of members) if (at < since) unlisted.add(leadId);
  }
  for await (const ids of crm.scoredAccounts({ signal })) await markDirty(accounts, ids, clock.now());
  // It came upon these, and told why they could not be scored.
  for (const { id } of await listDeadLetters(space)) unlisted.delete(id);
  return unlisted;
}
