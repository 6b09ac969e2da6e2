import { MINUTE } from '../../base/clock.ts';
import { countDirty } from '../../ledger/dirty.ts';
import { readCursor } from '../../ledger/progress.ts';
import { LEADS_CURSOR, readBaseline } from '../../sync/baseline.ts';
import { until } from './watch.ts';
import type { World } from './world.ts';

/** Longer than a poll of everything that a backfill of a large portal has touched. */
const WITHIN = 5 * MINUTE;

/**
 * Waits until every webhook is taken in, what people did up to this moment has been polled, one whole poll has looked at
 * what the backfill wrote, and no lead waits to be scored. @returns whether that came in time.
 */
export async function settle({ app, sandbox }: World, signal: AbortSignal): Promise<boolean> {
  const { connection } = app;
  const { space, clock, crm } = connection;
  await sandbox.webhooks?.settled();
  const moment = clock.now();
  const baseline = (await readBaseline(connection)) ?? moment;
  return until(clock, isSettled, signal, WITHIN);

  async function isSettled(): Promise<boolean> {
    const streams = await Promise.all(crm.streams.map(({ name }) => readCursor(space, name, clock.now())));
    const leads = await readCursor(space, LEADS_CURSOR, clock.now());
    return (
      streams.every((cursor) => cursor !== undefined && cursor >= moment) &&
      leads !== undefined &&
      leads > baseline &&
      (await countDirty(space)) === 0
    );
  }
}
