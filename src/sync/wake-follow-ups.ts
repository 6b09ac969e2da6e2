import type { Crm } from '../crm/crm.ts';
import { isOpen } from '../leads/follow-up-state.ts';
import { markDirty } from '../ledger/dirty.ts';
import { dueFollowUps, listFollowUps, passFollowUps, saveFollowUps } from '../ledger/follow-ups.ts';
import type { Connection } from './connection.ts';

/** How many leads one look takes together. */
const AT_ONCE = 500;

/** Marks the leads whose follow-up is to be looked at now, so that it is decided as they are scored. @returns how many. */
export async function wakeFollowUps(connection: Connection, signal?: AbortSignal): Promise<number> {
  const { space, clock, wake } = connection;
  const now = clock.now();
  await closeOfGoneModels(connection, now);
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

/** Of which it was looked after: models come and go with a start alone. */
const lookedAfter = new WeakSet<Crm>();

/** By a model that was taken out of config no lead is scored any more, so that nobody else would close what it began. */
async function closeOfGoneModels({ crm, space, models }: Connection, now: number): Promise<void> {
  if (lookedAfter.has(crm)) return;
  const ids = new Set(models.models.map(({ id }) => id));
  const left = (await listFollowUps(space, now)).filter(({ model, state }) => isOpen(state) && !ids.has(model));
  const closed = left.map(({ dueBy, ...rest }) => ({ ...rest, state: 'closed' as const }));
  await saveFollowUps(space, closed, now);
  lookedAfter.add(crm);
}
