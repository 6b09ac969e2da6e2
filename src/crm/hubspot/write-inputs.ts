import { batches } from '../../base/batches.ts';
import { FatalError, type LeadgaugeError, RetryableError } from '../../base/errors.ts';
import type { CallOptions, WriteOutcome } from '../crm.ts';
import { BATCH, type ContactUpdate } from './api/contacts.ts';
import { writeBatch } from './write-batch.ts';
import type { WriteContext } from './write-context.ts';

/**
 * Updates of records, in batches of 100; `settled` are outcomes that need no call. Where the connection fails before anything was
 * settled, it throws; once something was, the inputs that remain come back as failed with that error, so that no outcome is lost.
 */
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
