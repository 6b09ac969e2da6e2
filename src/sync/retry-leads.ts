import { markDirty } from '../ledger/dirty.ts';
import { endEnrolRests } from '../ledger/enrol-rests.ts';
import { askForOwed } from '../ledger/owed-tasks.ts';
import type { Connection } from './connection.ts';

/** Has everything tried again that the CRM refused of these leads, with their next scoring. */
export async function retryLeads(
  { space, clock }: Pick<Connection, 'space' | 'clock'>,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await askForOwed(space, ids);
  await endEnrolRests(space);
  await markDirty(space, ids, clock.now());
}
