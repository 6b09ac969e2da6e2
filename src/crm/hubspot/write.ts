import { FatalError, type LeadgaugeError, RetryableError } from '../../base/errors.ts';
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
  return writeInputs(context, inputs, outcomes, options);
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

/** What is nothing in HubSpot's terms (a promotion with the lifecycle off) is written as it stands: by doing nothing. */
function prepare({ config, models, clock }: WriteContext, changes: readonly LeadChange[]) {
  const { lifecycle } = config;
  // HubSpot refuses a batch that names a record twice.
  const merged = new Map<string, { promote: boolean; properties: Record<string, string> }>();
  for (const { id, outputs, promote = false } of changes) {
    const before = merged.get(id);
    let properties: Record<string, string> = { ...before?.properties };
    for (const { model, names } of models)
      properties = { ...properties, ...encodeOutputs(names, outputs[model.id] ?? {}) };
    merged.set(id, { promote: promote || before?.promote === true, properties });
  }
  const inputs: ContactUpdate[] = [];
  const outcomes: WriteOutcome[] = [];
  for (const [id, { promote, properties: encoded }] of merged) {
    const stage = promote && lifecycle !== 'off' ? { [lifecycle.property]: lifecycle.mql } : {};
    const properties = { ...encoded, ...stage };
    if (Object.keys(properties).length > 0) {
      inputs.push({ id, properties, objectWriteTraceId: id });
    } else {
      outcomes.push({ id, status: 'written', changedAt: clock.now(), ...(promote ? { promoted: true } : {}) });
    }
  }
  return { inputs, outcomes };
}
