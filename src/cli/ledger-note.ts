import { readProgress } from '../ledger/progress.ts';
import type { Space } from '../ledger/space.ts';

/** Why this Redis does not know everything yet; undefined once a backfill has gone through. */
export async function ledgerNote(space: Space): Promise<string | undefined> {
  if ((await readProgress(space, 'model-version')) !== undefined) return undefined;
  if ((await readProgress(space, 'baseline')) !== undefined) {
    return 'note: the first backfill has not gone through yet, so not all that people did is known';
  }
  return 'note: this Redis has seen no backfill, so what people did is not known: run "leadgauge backfill"';
}
