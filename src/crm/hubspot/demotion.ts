import type { CallOptions, WriteOutcome } from '../crm.ts';
import type { ContactUpdate } from './api/contacts.ts';
import type { StagePlan } from './stage-plan.ts';
import type { WriteContext } from './write-context.ts';
import { writeInputs } from './write-inputs.ts';

/**
 * The second half of a move back: HubSpot moves a stage back only from empty, and leaves it where it is without a word otherwise. The first
 * half emptied it together with all else that is written, that the lead was given back as well: a lead for whom this half fails is known
 * by that, and is moved the next time, whatever it did meanwhile. @returns the outcomes with those of this half in place of the first.
 */
export async function setStages(
  context: WriteContext,
  plan: StagePlan,
  outcomes: readonly WriteOutcome[],
  options?: CallOptions,
): Promise<WriteOutcome[]> {
  const { config, recycledStage } = context;
  const { lifecycle } = config;
  if (lifecycle === 'off' || recycledStage === undefined) return [...outcomes];
  const emptied = outcomes.filter(({ id, status }) => status === 'written' && plan.get(id) === 'back');
  const inputs = emptied.map(({ id }): ContactUpdate => {
    return { id, properties: { [lifecycle.property]: recycledStage }, objectWriteTraceId: id };
  });
  const ids = new Set(emptied.map(({ id }) => id));
  const settled = outcomes.filter(({ id }) => !ids.has(id));
  return writeInputs(context, inputs, settled, options);
}

/** Whose stage was left alone, as the record had moved on by itself, is told so. */
export function tellStayed(plan: StagePlan, outcomes: readonly WriteOutcome[]): WriteOutcome[] {
  return outcomes.map((outcome) =>
    outcome.status === 'written' && plan.get(outcome.id) === 'stay' ? { ...outcome, moved: false } : outcome,
  );
}
