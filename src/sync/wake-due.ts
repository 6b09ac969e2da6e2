import { markDirty } from '../ledger/dirty.ts';
import { DUE_STEP, dueLeads, dueSteps, forgetDue } from '../ledger/lead-state.ts';
import { readCursor, saveCursor } from '../ledger/progress.ts';
import { readBaseline } from './baseline.ts';
import type { Connection } from './connection.ts';

const DUE_CURSOR = 'due';
/** How many steps of time one look takes together. */
const STEPS_AT_ONCE = 200;

/** Marks the leads whose score has changed with time alone, so that decay costs what changes. @returns how many. */
export async function wakeDue(connection: Connection, signal?: AbortSignal): Promise<number> {
  const { space, clock } = connection;
  const now = clock.now();
  const from = (await readCursor(space, DUE_CURSOR, now)) ?? (await readBaseline(connection));
  if (from === undefined) return 0;
  const steps = dueSteps(from, now);
  let marked = 0;
  for (let start = 0; start < steps.length; start += STEPS_AT_ONCE) {
    signal?.throwIfAborted();
    const some = steps.slice(start, start + STEPS_AT_ONCE);
    const ids = await dueLeads(space, some);
    await markDirty(space, ids, now);
    await forgetDue(space, some);
    const reached = some.at(-1);
    if (reached !== undefined) await saveCursor(space, DUE_CURSOR, (reached + 1) * DUE_STEP);
    marked += ids.length;
  }
  if (marked > 0) await connection.wake('score');
  return marked;
}
