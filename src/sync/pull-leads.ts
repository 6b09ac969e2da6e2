import type { ChangedLead } from '../crm/crm.ts';
import { markDirty } from '../ledger/dirty.ts';
import { type LeadState, readStates } from '../ledger/lead-state.ts';
import { looseFingerprints, recall } from '../ledger/loose-leases.ts';
import { readCursor, saveCursor } from '../ledger/progress.ts';
import { LEADS_CURSOR, readBaseline } from './baseline.ts';
import type { Connection } from './connection.ts';

/**
 * Marks every lead whose record changed since the last time. The cursor moves to the window's end, never to what was
 * seen, and only after the whole window is marked. Changes that we made ourselves, or scored already, are passed over. What a bulk write
 * knows nothing of does not wait for its end.
 * @returns how many leads were marked.
 */
export async function pullLeads(connection: Connection, signal?: AbortSignal): Promise<number> {
  const { crm, space, clock } = connection;
  const now = clock.now();
  const cursor = await cursorOrBaseline(connection, now);
  if (cursor === undefined) return 0;
  const window = { from: cursor - crm.changes.overlap, to: now - crm.changes.lag };
  if (window.to <= cursor) return 0;
  let marked = 0;
  for await (const changed of crm.changedLeads(window, { signal })) {
    const all = changed.map(({ id }) => id);
    // Before the states: a bulk write that ends in between has saved them by then.
    const written = crm.batches.bulk === undefined ? [] : await looseFingerprints(space, all);
    const states = await readStates(space, all);
    const news = changed.filter((lead, index) => !isKnown(lead, states[index]) && !isComingIn(lead, written[index]));
    const ids = news.map(({ id }) => id);
    await markDirty(space, ids, clock.now());
    const inBulk = new Set(all.filter((_, index) => written[index] !== undefined));
    await recall(
      space,
      ids.filter((id) => inBulk.has(id)),
      clock.now(),
    );
    marked += ids.length;
  }
  await saveCursor(space, LEADS_CURSOR, window.to);
  if (marked > 0) await connection.wake('score');
  return marked;
}

/** A cursor left in the future by a wrong clock counts as none: then everything since the baseline is looked at again. */
async function cursorOrBaseline(connection: Connection, now: number): Promise<number | undefined> {
  const cursor = await readCursor(connection.space, LEADS_CURSOR, now);
  if (cursor !== undefined) return cursor;
  const baseline = await readBaseline(connection);
  if (baseline !== undefined) {
    connection.log.warn(
      'the cursor of changed leads is missing or lies in the future: reading again from the first backfill on',
    );
  }
  return baseline;
}

/** The record as it was when we last scored or wrote it: same change time, and the same input in the CRM's own index. */
function isKnown({ changedAt, fingerprint }: ChangedLead, state: LeadState | undefined): boolean {
  if (state?.echo === undefined || state.echo.fingerprint !== fingerprint) return false;
  const { since = state.echo.changedAt } = state.echo;
  return since <= changedAt && changedAt <= state.echo.changedAt;
}

/** Our own write as it comes in, while nobody has told us yet that it did: the input is still what was scored. */
function isComingIn({ fingerprint }: ChangedLead, written: string | undefined): boolean {
  return written !== undefined && written === fingerprint;
}
