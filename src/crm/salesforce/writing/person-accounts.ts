import type { CallOptions, WriteOutcome } from '../../crm.ts';
import { placesOf } from './contact-places.ts';
import { type RowUpdate, updateOf } from './row-update.ts';
import { refusedRow } from './row-verdict.ts';
import type { Attempt } from './update-and-read.ts';
import type { WriteContext } from './write-context.ts';

/** Contacts that became person accounts since they were read: the same fields for their Accounts. The org itself is asked. */
export async function toTheirAccounts(
  { api }: Pick<WriteContext, 'api'>,
  attempts: readonly Attempt[],
  options?: CallOptions,
): Promise<{ readonly updates: RowUpdate[]; readonly settled: WriteOutcome[] }> {
  const contacts = attempts.map(({ update }) => update.readId);
  const places = await placesOf({ api, personAccounts: true }, contacts, options);
  const updates: RowUpdate[] = [];
  const settled: WriteOutcome[] = [];
  for (const { update, problems } of attempts) {
    const { id, readId, fields } = update;
    const moved = updateOf(id, readId, places.get(readId), fields);
    if (moved.object === 'Account') updates.push(moved);
    else settled.push(refusedRow(update, problems));
  }
  return { updates, settled };
}
