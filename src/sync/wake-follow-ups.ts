import { markDirty } from '../ledger/dirty.ts';
import { dueFollowUps, passFollowUps } from '../ledger/follow-ups.ts';
import type { Connection } from './connection.ts';

/** How many leads one look takes together. */
const AT_ONCE = 500;

/** Marks the leads whose follow-up is to be looked at now, so that it is decided as they are scored. @returns how many. */
export async function wakeFollowUps(connection: Connection, signal?: AbortSignal): Promise<number> {
  const { space, clock, wake } = connection;
  const now = clock.now();
  let marked = 0;
  let isMore = true;
  while (isMore) {
    signal?.throwIfAborted();
    const due = await dueFollowUps(space, now, AT_ONCE);
    const ids = [...new Set(due.map(({ leadId }) => leadId))];
    // Marked before they are passed, so that a crash in between loses none.
    await markDirty(space, ids, now);
    await passFollowUps(space, due);
    marked += ids.length;
    isMore = due.length === AT_ONCE;
  }
  if (marked > 0) await wake('score');
  return marked;
}
