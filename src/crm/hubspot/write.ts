import { FatalError, type LeadgaugeError, RecordError, RetryableError } from '../../base/errors.ts';
import type { CallOptions, LeadChange, WriteOutcome } from '../crm.ts';
import { BATCH, type ContactUpdate } from './api/contacts.ts';
import { batches } from './batches.ts';
import { encodeOutputs } from './outputs.ts';
import { writeBatch } from './write-batch.ts';
import type { WriteContext } from './write-context.ts';

/**
 * Writes in batches of 100. Where the connection fails before anything was settled, it throws; once something was, the
 * changes that remain come back as failed with that error, so that no outcome is lost.
 */
export async function writeLeads(
  context: WriteContext,
  changes: readonly LeadChange[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const { inputs, outcomes } = prepare(context, changes);
  const written = await writeInputs(context, inputs, outcomes, options);
  const again = await withoutOwners(context, inputs, written, options);
  return setBack(context, changes, again, options);
}

/** The same for inputs as HubSpot takes them; `settled` are outcomes that need no call. */
export async function writeInputs(
  context: WriteContext,
  inputs: readonly ContactUpdate[],
  settled: readonly WriteOutcome[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const outcomes = [...settled];
  let broken: LeadgaugeError | undefined;
  for (const batch of batches(inputs, BATCH)) {
    try {
      if (broken === undefined) outcomes.push(...(await writeBatch(context, batch, options)));
    } catch (error) {
      const ours = error instanceof RetryableError || error instanceof FatalError;
      if (!ours || outcomes.length === 0) throw error;
      broken = error;
    }
    const error = broken;
    if (error !== undefined) outcomes.push(...batch.map(({ id }) => ({ id, status: 'failed', error }) as const));
  }
  return outcomes;
}

const OWNER = 'hubspot_owner_id';

/** An owner may have left since: that is no reason to keep the score from the record. */
async function withoutOwners(
  context: WriteContext,
  inputs: readonly ContactUpdate[],
  outcomes: readonly WriteOutcome[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const refused = new Set(outcomes.flatMap((outcome) => (isRefused(outcome) ? [outcome.id] : [])));
  const owned = inputs.filter(({ id, properties }) => refused.has(id) && OWNER in properties);
  if (owned.length === 0) return [...outcomes];
  context.transport.log?.warn('HubSpot refused records with a new owner: they are written without', {
    leads: owned.length,
  });
  const bare = owned.map(({ properties: { [OWNER]: _, ...properties }, ...input }) => ({ ...input, properties }));
  const ids = new Set(owned.map(({ id }) => id));
  const kept = outcomes.filter(({ id }) => !ids.has(id));
  return writeInputs(context, bare, kept, options);
}

const isRefused = (outcome: WriteOutcome) => outcome.status === 'failed' && outcome.error instanceof RecordError;

/**
 * The second half of a demotion: HubSpot moves a stage back only from empty, and leaves it where it is without a word otherwise.
 * Where it fails the lead comes back as failed, so that whoever asked asks again.
 */
async function setBack(
  context: WriteContext,
  changes: readonly LeadChange[],
  outcomes: readonly WriteOutcome[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const { config, recycledStage } = context;
  const { lifecycle } = config;
  if (lifecycle === 'off' || recycledStage === undefined) return [...outcomes];
  const demoted = new Set(changes.filter(({ demote }) => demote === true).map(({ id }) => id));
  const emptied = outcomes.filter(({ id, status }) => status === 'written' && demoted.has(id));
  if (emptied.length === 0) return [...outcomes];
  const ids = new Set(emptied.map(({ id }) => id));
  const inputs = [...ids].map((id): ContactUpdate => {
    return { id, properties: { [lifecycle.property]: recycledStage }, objectWriteTraceId: id };
  });
  const others = outcomes.filter(({ id }) => !ids.has(id));
  return writeInputs(context, inputs, others, options);
}

/** What is nothing in HubSpot's terms (a promotion with the lifecycle off) is written as it stands: by doing nothing. */
function prepare(context: WriteContext, changes: readonly LeadChange[]) {
  // HubSpot refuses a batch that names a record twice.
  const merged = new Map<string, { moves: boolean; properties: Record<string, string> }>();
  for (const change of changes) {
    const before = merged.get(change.id);
    const moves = change.promote === true || change.demote === true || before?.moves === true;
    merged.set(change.id, { moves, properties: { ...before?.properties, ...encode(context, change) } });
  }
  const inputs: ContactUpdate[] = [];
  const outcomes: WriteOutcome[] = [];
  for (const [id, { moves, properties }] of merged) {
    if (Object.keys(properties).length > 0) inputs.push({ id, properties, objectWriteTraceId: id });
    else outcomes.push({ id, status: 'written', changedAt: context.clock.now(), ...(moves ? { moved: true } : {}) });
  }
  return { inputs, outcomes };
}

function encode({ config: { lifecycle }, models, recycledStage }: WriteContext, change: LeadChange) {
  const { outputs, promote, demote, ownerId } = change;
  let properties: Record<string, string> = {};
  for (const { model, names } of models)
    properties = { ...properties, ...encodeOutputs(names, outputs[model.id] ?? {}) };
  if (lifecycle !== 'off' && promote === true) properties[lifecycle.property] = lifecycle.mql;
  if (lifecycle !== 'off' && demote === true && recycledStage !== undefined) properties[lifecycle.property] = '';
  if (ownerId !== undefined) properties[OWNER] = ownerId;
  return properties;
}
