import { batches } from '../../base/batches.ts';
import type { CallOptions, LeadChange } from '../crm.ts';
import { BATCH, batchReadContacts } from './api/contacts.ts';
import type { WriteContext } from './write-context.ts';

/** `back`: to the stage before MQL. `on`: forward to the stage of a lead. `stay`: nothing, as the record has moved on by itself. */
export type StageMove = 'back' | 'on' | 'stay';
/** By the ids of leads. */
export type StagePlan = ReadonlyMap<string, StageMove>;

/**
 * What becomes of the stage of each lead that goes back, or on to be a lead; of no other, as of a promotion HubSpot itself sees that it is
 * one. Read afresh, as whoever bought meanwhile must keep the stage. An empty one is what a move back leaves that stopped half way.
 */
export async function planStages(
  { transport, config: { lifecycle }, recycledStage, isBeforeLead }: WriteContext,
  changes: readonly LeadChange[],
  options?: CallOptions,
): Promise<StagePlan> {
  const plan = new Map<string, StageMove>();
  if (lifecycle === 'off') return plan;
  const { property, mql } = lifecycle;
  const back = idsOf(changes, ({ demote }) => demote === true && recycledStage !== undefined);
  const on = idsOf(changes, ({ toLead }) => toLead === true && isBeforeLead !== undefined);
  const ids = [...back.union(on)];
  for (const id of ids) plan.set(id, 'stay');
  for (const batch of batches(ids, BATCH)) {
    const records = await batchReadContacts(transport, { ids: batch, properties: [property] }, options);
    for (const { id, properties } of records) {
      const stage = properties[property] ?? '';
      if (back.has(id) && [mql, ''].includes(stage)) plan.set(id, 'back');
      if (on.has(id) && isBeforeLead?.(stage) === true) plan.set(id, 'on');
    }
  }
  return plan;
}

function idsOf(changes: readonly LeadChange[], which: (change: LeadChange) => boolean): Set<string> {
  return new Set(changes.filter(which).map(({ id }) => id));
}
