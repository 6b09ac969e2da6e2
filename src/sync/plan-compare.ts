import type { ComparedLead } from '../analysis/compared-lead.ts';
import type { LeadChange } from '../crm/crm.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { ScoredLead } from './alerts.ts';
import { waitsAfter } from './changes.ts';

/** What the CRM holds of a lead by a model, and what `change` makes of it. `holding` are the criteria that hold for it. */
export function compare(
  { record, verdicts }: ScoredLead,
  model: CompiledModel,
  change: LeadChange,
  holding: readonly string[] = [],
): ComparedLead {
  const verdict = verdicts.find((each) => each.model === model);
  return {
    before: record.outputs[model.id] ?? {},
    changes: change.outputs[model.id] ?? {},
    holds: verdict === undefined ? undefined : holding,
    promotes: change.promote === true && typeof change.outputs[model.id]?.mqlAt === 'number',
    waits: verdict !== undefined && waitsAfter(change, record, verdict),
  };
}
