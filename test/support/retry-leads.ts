import { markDirty } from '../../src/ledger/dirty.ts';
import { askForOwed } from '../../src/ledger/owed-tasks.ts';
import type { Connection } from '../../src/sync/connection.ts';

/** As `leadgauge dead-letters retry` does with leads. */
export async function retryLeads({ space, clock }: Connection, ids: readonly string[]): Promise<void> {
  await askForOwed(space, ids);
  await markDirty(space, ids, clock.now());
}
