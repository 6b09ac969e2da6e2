import { batches } from '../base/batches.ts';
import { DAY } from '../base/clock.ts';
import { markDirty } from '../ledger/dirty.ts';
import { readGone } from '../ledger/gone.ts';
import { readStates } from '../ledger/lead-state.ts';
import { readCursor, saveCursor } from '../ledger/progress.ts';
import { shardOf } from '../ledger/shards.ts';
import { allStateIds } from '../ledger/state-ids.ts';
import type { Connection } from './connection.ts';
import { findAgain } from './find-again.ts';
import { forgetLead } from './forget-lead.ts';
import { settleGone } from './settle-gone.ts';

export interface Swept {
  /** Leads that are no more, of which nobody had told. */
  readonly forgotten: number;
  /** Deleted for good: nothing is kept of them. */
  readonly erased: number;
  /** Restored, to be scored again. */
  readonly restored: number;
}

/** In so many days every lead is looked for once, however often this runs. */
const PARTS = 30;
const SWEEP_CURSOR = 'sweep';

/**
 * Finds what nobody told: leads in the CRM's bin are forgotten, those that left the bin or never came there are erased, and
 * those that were taken out of it are scored again. Of all other leads a part is looked for each day; the parts of days that
 * were missed are made up for.
 */
export async function sweep(connection: Connection, signal?: AbortSignal): Promise<Swept> {
  const { space, clock, log, wake } = connection;
  const now = clock.now();
  const gone = await readGone(space);
  let forgotten = await forgetArchived(connection, gone, signal);
  const settled = await settleGone(connection, gone, signal);
  const parts = await dueParts(connection, now);
  if (parts.size > 0) {
    // A page of keys has few leads of a part: they are gathered, so that each call asks for as many as it may.
    const { read } = connection.crm.batches;
    const some: string[] = [];
    for await (const ids of allStateIds(space)) {
      signal?.throwIfAborted();
      some.push(...ids.filter((id) => parts.has(shardOf(id, PARTS))));
      while (some.length >= read) forgotten += await lookFor(connection, some.splice(0, read), signal);
    }
    forgotten += await lookFor(connection, some, signal);
  }
  await saveCursor(space, SWEEP_CURSOR, now);
  await wake('score');
  const swept = { forgotten, ...settled };
  if (Object.values(swept).some((count) => count > 0)) log.info('leads that were deleted or restored', { ...swept });
  return swept;
}

/** One for each day since the last sweep: none on the same day. */
async function dueParts({ space }: Connection, now: number): Promise<ReadonlySet<number>> {
  const today = Math.floor(now / DAY);
  const last = Math.floor(((await readCursor(space, SWEEP_CURSOR, now)) ?? now - DAY) / DAY);
  const days = Array.from({ length: Math.min(today - last, PARTS) }, (_, index) => today - index);
  return new Set(days.map((day) => day % PARTS));
}

/** Forgets leads that are in the bin, and takes those that were known to be there out of `gone`. */
async function forgetArchived(
  connection: Connection,
  gone: Map<string, number>,
  signal?: AbortSignal,
): Promise<number> {
  let forgotten = 0;
  for await (const ids of connection.crm.archivedLeads({ signal })) {
    for (const id of ids) gone.delete(id);
    const open = await openOnes(connection, ids);
    for (const id of open) await forgetLead(connection, id);
    forgotten += open.length;
  }
  return forgotten;
}

/** Forgets those of these leads that are not there any more; whom they were merged into is scored. */
async function lookFor(connection: Connection, ids: readonly string[], signal?: AbortSignal): Promise<number> {
  let forgotten = 0;
  const open = await openOnes(connection, ids);
  for (const some of batches(open, connection.crm.batches.read)) {
    const { merged, missing } = await findAgain(connection, some, signal);
    await markDirty(connection.space, merged, connection.clock.now());
    for (const id of missing) await forgetLead(connection, id);
    forgotten += missing.length;
  }
  return forgotten;
}

/** Leads whose last scoring is remembered, and that nobody has found gone since. */
async function openOnes({ space }: Connection, ids: readonly string[]): Promise<string[]> {
  const states = await readStates(space, ids);
  return ids.filter((_, index) => states[index]?.echo !== undefined);
}
