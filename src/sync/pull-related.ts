import type { RelatedRecords } from '../crm/crm.ts';
import { markDirty } from '../ledger/dirty.ts';
import { readCursor, saveCursor } from '../ledger/progress.ts';
import { movedRelated, settleRelated } from '../ledger/related.ts';
import { readBaseline } from './baseline.ts';
import type { Connection } from './connection.ts';

/**
 * Marks the leads of every related record, such as a company, that changed since the last time in what their fields come from.
 * One that changed otherwise, as with our own write of an account score, is passed over. A cursor moves only after its
 * whole window is marked. @returns how many were marked.
 */
export async function pullRelated(connection: Connection, signal?: AbortSignal): Promise<number> {
  const baseline = await readBaseline(connection);
  // Before the first backfill has begun nobody is scored with anything.
  if (baseline === undefined) return 0;
  let marked = 0;
  for (const source of connection.crm.related) marked += await pullSource(connection, source, baseline, signal);
  if (marked > 0) await connection.wake('score');
  return marked;
}

/** The name of the cursor of such records. */
export const relatedCursor = ({ name }: Pick<RelatedRecords, 'name'>) => `related ${name}`;

async function pullSource(
  { space, clock }: Connection,
  source: RelatedRecords,
  baseline: number,
  signal?: AbortSignal,
): Promise<number> {
  const now = clock.now();
  const name = relatedCursor(source);
  const cursor = (await readCursor(space, name, now)) ?? baseline;
  const window = { from: cursor - source.overlap, to: now - source.lag };
  if (window.to <= cursor) return 0;
  let marked = 0;
  for await (const changed of source.changed(window, { signal })) {
    const moved = await movedRelated(space, source.name, changed);
    if (moved.length === 0) continue;
    const ids = moved.map(({ id }) => id);
    for await (const leads of source.leadsOf(ids, { signal })) {
      await markDirty(space, leads, clock.now());
      marked += leads.length;
    }
    await settleRelated(space, source.name, moved);
  }
  await saveCursor(space, name, window.to);
  return marked;
}
