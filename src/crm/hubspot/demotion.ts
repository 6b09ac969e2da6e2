import type { CallOptions, WriteOutcome } from '../crm.ts';
import type { ContactUpdate } from './api/contacts.ts';
import type { StagePlan } from './stage-plan.ts';
import type { WriteContext } from './write-context.ts';
import { writeInputs } from './write-inputs.ts';

/**
 * The first half of a move back: HubSpot moves a stage back only from empty, and leaves it where it is without a word otherwise. Nothing
 * else is written yet, so that a lead for whom the second half fails still has to be moved. @returns the leads for whom this half failed.
 */
export async function emptyStages(
  context: WriteContext,
  plan: StagePlan,
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const { lifecycle } = context.config;
  if (lifecycle === 'off') return [];
  const ids = [...plan].flatMap(([id, what]) => (what === 'back' ? [id] : []));
  const inputs = ids.map((id): ContactUpdate => {
    return { id, properties: { [lifecycle.property]: '' }, objectWriteTraceId: id };
  });
  const outcomes = await writeInputs(context, inputs, [], options);
  return outcomes.filter(({ status }) => status !== 'written');
}

/** Whose stage was left alone, as the record had moved on by itself, is told so. */
export function tellStayed(plan: StagePlan, outcomes: readonly WriteOutcome[]): WriteOutcome[] {
  return outcomes.map((outcome) =>
    outcome.status === 'written' && plan.get(outcome.id) === 'stay' ? { ...outcome, moved: false } : outcome,
  );
}
