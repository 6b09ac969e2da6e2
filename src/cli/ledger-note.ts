import { readProgress } from '../ledger/progress.ts';
import type { Space } from '../ledger/space.ts';

/** The same for the head of an explanation, which is otherwise told as if it knew. */
export async function unknownDoings(space: Space): Promise<string | undefined> {
  if ((await ledgerNote(space)) === undefined) return undefined;
  if ((await readProgress(space, 'baseline')) !== undefined) {
    return 'Not all that people did is known here: the first backfill has not gone through yet. Until it has, take engagement, and whether the lead is inactive, for unknown.';
  }
  return 'What people did is not known here: this Redis has seen no backfill (in memory it ends with each command: install redis-server or set REDIS_URL), so take engagement, and whether the lead is inactive, for unknown. To fill it, run: leadgauge backfill';
}

/** Why this Redis does not know everything yet; undefined once a backfill has gone through. */
export async function ledgerNote(space: Space): Promise<string | undefined> {
  if ((await readProgress(space, 'model-version')) !== undefined) return undefined;
  if ((await readProgress(space, 'baseline')) !== undefined) {
    return 'note: the first backfill has not gone through yet, so not all that people did is known';
  }
  return 'note: this Redis has seen no backfill, so what people did is not known: run "leadgauge backfill"';
}
