import { MINUTE } from '../base/clock.ts';
import type { Crm } from '../crm/crm.ts';
import { isOpen } from '../leads/follow-up-state.ts';
import { finishDecisions } from '../ledger/ceiling-decisions.ts';
import { markDirty } from '../ledger/dirty.ts';
import {
  dueFollowUps,
  forgetModelsOfFollowUps,
  listFollowUps,
  modelsOfFollowUps,
  passFollowUps,
  saveFollowUps,
} from '../ledger/follow-ups.ts';
import type { Connection } from './connection.ts';

/** How many leads one look takes together. */
const AT_ONCE = 500;

/** After how long a decision on a rule that was stopped is finished by the worker, in milliseconds: its command takes seconds, unless it broke off. */
const BROKEN_OFF = MINUTE;

/**
 * Marks the leads whose follow-up is to be looked at now, so that it is decided as they are scored, and those of a decision on a rule that
 * broke off. @returns how many.
 */
export async function wakeFollowUps(connection: Connection, signal?: AbortSignal): Promise<number> {
  const { space, clock, wake, crm } = connection;
  const now = clock.now();
  await closeOfGoneModels(connection, now);
  const decided = (await finishDecisions(space, now, BROKEN_OFF)).flatMap(({ leads }) => leads);
  // Those of other connections are for the schedule of their scoring.
  let marked = decided.filter((lead) => lead.connection === crm.name).length;
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
  const gone = (await modelsOfFollowUps(space)).filter((model) => !ids.has(model));
  if (gone.length > 0) {
    const left = (await listFollowUps(space, now)).filter(({ model, state }) => isOpen(state) && !ids.has(model));
    const closed = left.map(({ dueBy, ...rest }) => ({ ...rest, state: 'closed' as const, isLeft: true as const }));
    await saveFollowUps(space, closed, now);
    await forgetModelsOfFollowUps(space, gone);
  }
  lookedAfter.add(crm);
}
