import { MINUTE } from '../base/clock.ts';
import { initCursor, initProgress, readProgress, saveProgress } from '../ledger/progress.ts';
import type { Connection } from './connection.ts';

export const LEADS_CURSOR = 'leads';

/**
 * When the first backfill began, in milliseconds since 1970; undefined before it. What people did earlier alerts nobody,
 * and polls that know no better begin there.
 */
export async function readBaseline({ space, clock, log }: Connection): Promise<number | undefined> {
  const text = await readProgress(space, 'baseline');
  if (text === undefined) return undefined;
  const now = clock.now();
  if (Number(text) <= now + MINUTE) return Number(text);
  // Left as it is, it would silence every fast track until then.
  log.warn(
    'the time of the first backfill lies in the future, as a wrong clock left it: from now on it is the present',
  );
  await saveProgress(space, 'baseline', String(now));
  return now;
}

/** The same; it is the present from now on where there was none, and changed leads are read from there on. */
export async function initBaseline(connection: Connection): Promise<number> {
  const known = await readBaseline(connection);
  if (known !== undefined) return known;
  const now = connection.clock.now();
  // First, or a poll in between would find a portal that is known and miss its cursor.
  await initCursor(connection.space, LEADS_CURSOR, now);
  await initProgress(connection.space, 'baseline', String(now));
  return (await readBaseline(connection)) ?? now;
}
