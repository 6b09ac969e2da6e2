import { MINUTE } from '../../base/clock.ts';
import { countDirty } from '../../ledger/dirty.ts';
import { readCursor } from '../../ledger/progress.ts';
import { LEADS_CURSOR } from '../../sync/baseline.ts';
import { until } from './watch.ts';
import type { World } from './world.ts';

/** Longer than a poll of everything that a backfill of a large portal has touched. */
const WITHIN = 5 * MINUTE;

/**
 * Waits until every webhook is taken in, every poll has looked past this moment, and no lead waits to be scored.
 * @returns whether that came in time.
 */
export async function settle({ app, sandbox }: World, signal: AbortSignal): Promise<boolean> {
  const { space, clock, crm } = app.connection;
  await sandbox.webhooks?.settled();
  const moment = clock.now();
  const cursors = [LEADS_CURSOR, ...crm.streams.map(({ name }) => name)];
  return until(clock, async () => (await haveAllPassed()) && (await countDirty(space)) === 0, signal, WITHIN);

  async function haveAllPassed(): Promise<boolean> {
    const reached = await Promise.all(cursors.map((name) => readCursor(space, name, clock.now())));
    return reached.every((cursor) => cursor !== undefined && cursor >= moment);
  }
}
