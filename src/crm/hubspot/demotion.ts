import { batches } from '../../base/batches.ts';
import type { CallOptions, LeadChange, WriteOutcome } from '../crm.ts';
import { BATCH, batchReadContacts, type ContactUpdate } from './api/contacts.ts';
import type { WriteContext } from './write-context.ts';
import { writeInputs } from './write-inputs.ts';

/**
 * Which leads to move back: by the id, whether the record may be. Read afresh, as whoever bought meanwhile must keep the stage; an
 * empty one is what a demotion leaves that stopped half way.
 */
export async function demotable(
  { transport, config: { lifecycle }, recycledStage }: WriteContext,
  changes: readonly LeadChange[],
  options?: CallOptions,
): Promise<ReadonlyMap<string, boolean>> {
  const ids = [...new Set(changes.filter(({ demote }) => demote === true).map(({ id }) => id))];
  if (ids.length === 0 || lifecycle === 'off' || recycledStage === undefined) return new Map();
  const { property, mql } = lifecycle;
  const may = new Map(ids.map((id) => [id, false]));
  for (const batch of batches(ids, BATCH)) {
    const records = await batchReadContacts(transport, { ids: batch, properties: [property] }, options);
    for (const { id, properties } of records) may.set(id, [mql, ''].includes(properties[property] ?? ''));
  }
  return may;
}

/**
 * The second half of a demotion: HubSpot moves a stage back only from empty, and leaves it where it is without a word otherwise.
 * Where it fails the lead comes back as failed, so that whoever asked asks again.
 */
export async function setBack(
  context: WriteContext,
  demoted: ReadonlyMap<string, boolean>,
  outcomes: readonly WriteOutcome[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const { config, recycledStage } = context;
  const { lifecycle } = config;
  if (lifecycle === 'off' || recycledStage === undefined || demoted.size === 0) return [...outcomes];
  const told = outcomes.map((outcome) =>
    outcome.status === 'written' && demoted.get(outcome.id) === false ? { ...outcome, moved: false } : outcome,
  );
  const emptied = told.filter(({ id, status }) => status === 'written' && demoted.get(id) === true);
  const ids = new Set(emptied.map(({ id }) => id));
  const inputs = [...ids].map((id): ContactUpdate => {
    return { id, properties: { [lifecycle.property]: recycledStage }, objectWriteTraceId: id };
  });
  const others = told.filter(({ id }) => !ids.has(id));
  return writeInputs(context, inputs, others, options);
}
