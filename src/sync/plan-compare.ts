import type { ComparedLead } from '../analysis/compared-lead.ts';
import type { LeadChange } from '../crm/crm.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { ScoredLead } from './alerts.ts';

/** What the CRM holds of a lead by a model, and what `change` makes of it. `holding` are the criteria that hold for it. */
export function compare(
  { record, verdicts }: ScoredLead,
  model: CompiledModel,
  change: LeadChange,
  holding: readonly string[] = [],
): ComparedLead {
  return {
    before: record.outputs[model.id] ?? {},
    changes: change.outputs[model.id] ?? {},
    holds: verdicts.some((verdict) => verdict.model === model) ? holding : undefined,
    promotes: change.promote === true && typeof change.outputs[model.id]?.mqlAt === 'number',
  };
}
