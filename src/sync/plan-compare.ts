import { type ComparedLead, type Moves, STAYS } from '../analysis/compared-lead.ts';
import type { LeadChange } from '../crm/crm.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { waitsAfter } from './changes.ts';
import type { ScoredLead } from './standing.ts';

/** What the CRM holds of a lead by a model, and what `change` makes of it. `holding` are the criteria that hold for it. */
export function compare(
  lead: ScoredLead,
  model: CompiledModel,
  change: LeadChange,
  holding: readonly string[] = [],
): ComparedLead {
  const { record, verdicts } = lead;
  const verdict = verdicts.find((each) => each.model === model);
  return {
    before: record.outputs[model.id] ?? {},
    changes: change.outputs[model.id] ?? {},
    holds: verdict === undefined ? undefined : holding,
    moves: movesBy(lead, model, change),
    waits: verdict !== undefined && waitsAfter(change, record, verdict),
  };
}

/** Where a change that is written takes the lead. */
function movesBy({ record }: ScoredLead, model: CompiledModel, { promote, toLead, outputs }: LeadChange): Moves {
  const changes = outputs[model.id];
  if (changes === undefined) return STAYS;
  const before = record.outputs[model.id] ?? {};
  // Routed by the same rule once more, only the time of it changes.
  const nurture = typeof changes.nurtureAt === 'number' ? (changes.nurture ?? before.nurture) : undefined;
  const fastTrack = typeof changes.fastTrackAt === 'number' ? (changes.fastTrack ?? before.fastTrack) : undefined;
  return {
    promotes: promote === true && typeof changes.mqlAt === 'number',
    toLead: toLead === true && typeof changes.leadAt === 'number',
    recycles: typeof changes.recycledAt === 'number',
    ...(nurture !== undefined && { nurture }),
    fastTracks: fastTrack === undefined ? [] : [fastTrack],
  };
}
