import { RecordError } from '../../base/errors.ts';
import type { CallOptions, LeadChange, WriteOutcome } from '../crm.ts';
import type { ContactUpdate } from './api/contacts.ts';
import { setStages, tellStayed } from './demotion.ts';
import { encodeOutputs } from './outputs.ts';
import { planStages, type StageMove, type StagePlan } from './stage-plan.ts';
import type { WriteContext } from './write-context.ts';
import { writeInputs } from './write-inputs.ts';

/**
 * Writes in batches of 100. Where the connection fails before anything was settled, it throws; once something was, the
 * changes that remain come back as failed with that error, so that no outcome is lost.
 */
export async function writeLeads(
  context: WriteContext,
  changes: readonly LeadChange[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const plan = await planStages(context, changes, options);
  const { inputs, outcomes } = prepare(context, changes, plan);
  const written = await withoutOwners(context, inputs, await writeInputs(context, inputs, outcomes, options), options);
  return tellStayed(plan, await setStages(context, plan, written, options));
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
  context.transport.log?.warn(
    'HubSpot refused records with a new owner, who may have left: they are written without. Look at tasks.owners in config',
    { leads: owned.length },
  );
  const bare = owned.map(({ properties: { [OWNER]: _, ...properties }, ...input }) => ({ ...input, properties }));
  const ids = new Set(owned.map(({ id }) => id));
  const kept = outcomes.filter(({ id }) => !ids.has(id));
  return writeInputs(context, bare, kept, options);
}

const isRefused = (outcome: WriteOutcome) => outcome.status === 'failed' && outcome.error instanceof RecordError;

/** What is nothing in HubSpot's terms (a promotion with the lifecycle off) is written as it stands: by doing nothing. */
function prepare(context: WriteContext, changes: readonly LeadChange[], plan: StagePlan) {
  // HubSpot refuses a batch that names a record twice.
  const merged = new Map<string, { moves: boolean; properties: Record<string, string> }>();
  for (const change of changes) {
    const before = merged.get(change.id);
    const { promote, demote, toLead } = change;
    const moves = promote === true || demote === true || toLead === true || before?.moves === true;
    const properties = { ...before?.properties, ...encode(context, change, plan.get(change.id)) };
    merged.set(change.id, { moves, properties });
  }
  const inputs: ContactUpdate[] = [];
  const outcomes: WriteOutcome[] = [];
  for (const [id, { moves, properties }] of merged) {
    if (Object.keys(properties).length > 0) inputs.push({ id, properties, objectWriteTraceId: id });
    else outcomes.push({ id, status: 'written', changedAt: context.clock.now(), ...(moves ? { moved: true } : {}) });
  }
  return { inputs, outcomes };
}

function encode({ config: { lifecycle }, models }: WriteContext, change: LeadChange, move?: StageMove) {
  const { outputs, promote, ownerId } = change;
  let properties: Record<string, string> = {};
  for (const { model, names } of models)
    properties = { ...properties, ...encodeOutputs(names, outputs[model.id] ?? {}) };
  if (lifecycle !== 'off') {
    // A move back begins with an empty one: see `setStages`.
    const stage = move === 'back' ? '' : move === 'on' ? lifecycle.lead : promote ? lifecycle.mql : undefined;
    if (stage !== undefined) properties[lifecycle.property] = stage;
  }
  if (ownerId !== undefined) properties[OWNER] = ownerId;
  return properties;
}
