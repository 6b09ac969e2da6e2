import { MINUTE } from '../../base/clock.ts';
import { countDirty } from '../../ledger/dirty.ts';
import { readCursor } from '../../ledger/progress.ts';
import { LEADS_CURSOR, readBaseline } from '../../sync/baseline.ts';
import type { Connection } from '../../sync/connection.ts';
import { streamsOf } from '../../sync/pull-streams.ts';
import { until } from './watch.ts';
import type { World } from './world.ts';

/** Longer than a poll of everything that a backfill of a large portal has touched. */
const WITHIN = 5 * MINUTE;

/**
 * Waits until every webhook is taken in, what people did up to this moment has been polled, one whole poll has looked at
 * what the backfill wrote, and no lead waits to be scored, in any CRM. @returns whether that came in time.
 */
export async function settle({ crms }: World, signal: AbortSignal): Promise<boolean> {
  for (const crm of crms) await crm.settled();
  const [first] = crms;
  if (first === undefined) return true;
  const { clock } = first.connection;
  const moment = clock.now();
  const checks = await Promise.all(crms.map(({ connection }) => settledCheck(connection, moment)));
  const allSettled = async () => (await Promise.all(checks.map((check) => check()))).every(Boolean);
  // Twice: a lead that is scored in one CRM may have one of another scored, which was looked at before.
  return until(clock, async () => (await allSettled()) && (await allSettled()), signal, WITHIN);
}

/** Waits until no lead waits to be scored in any CRM, and what was told is taken in. @returns whether that came in time. */
export async function quiet({ crms }: World, signal: AbortSignal): Promise<boolean> {
  const isQuiet = async () => {
    const waiting = await Promise.all(crms.map(({ connection }) => countDirty(connection.space)));
    return waiting.every((count) => count === 0);
  };
  const [first] = crms;
  return (
    first === undefined ||
    until(first.connection.clock, async () => (await isQuiet()) && (await isQuiet()), signal, WITHIN)
  );
}

async function settledCheck(connection: Connection, moment: number): Promise<() => Promise<boolean>> {
  const { space, clock } = connection;
  const baseline = (await readBaseline(connection)) ?? moment;
  return async () => {
    const names = streamsOf(connection).map(({ name }) => name);
    const streams = await Promise.all(names.map((name) => readCursor(space, name, clock.now())));
    const leads = await readCursor(space, LEADS_CURSOR, clock.now());
    return (
      streams.every((cursor) => cursor !== undefined && cursor >= moment) &&
      leads !== undefined &&
      leads > baseline &&
      (await countDirty(space)) === 0
    );
  };
}
