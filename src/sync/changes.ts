import type { LeadChange, LeadRecord, OutputChange, Outputs } from '../crm/crm.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { type Alert, isNew, type ScoredLead } from './alerts.ts';
import type { Connection } from './connection.ts';
import {
  differences,
  emptied,
  eventOutputs,
  leavesPromotion,
  type Moment,
  type Standing,
  stateOutputs,
} from './outputs.ts';
import type { Verdict } from './verdicts.ts';

/**
 * What must be written so that the lead holds what every model says of it, and what happens to it now. `fired` is what
 * sales is told of. Nothing but the id where the CRM holds it all already.
 */
export function changesOf(
  { models, mainModel }: Connection,
  lead: ScoredLead,
  fired: readonly Alert[],
  moment: Moment,
): LeadChange {
  const { record, verdicts } = lead;
  const outputs: Record<string, OutputChange> = {};
  let passesOn = false;
  for (const model of models.models) {
    const standing = standingOf(lead, model, mainModel, moment);
    const verdict = verdicts.find((each) => each.model === model);
    const alerts = fired.filter((alert) => alert.verdict === verdict);
    const change = verdict === undefined ? emptied(standing.current) : changeBy(verdict, standing, alerts, moment);
    if (Object.keys(change).length > 0) outputs[model.id] = change;
    passesOn ||= typeof change.mqlAt === 'number';
  }
  // Another model may pass on somebody who is beyond MQL by now: the stage is shared, and never moves back.
  const promote = passesOn && record.stage === 'before-mql';
  return { id: record.lead.id, outputs, ...(promote && { promote }) };
}

/** Whether a quiet backfill leaves it to the polls to promote this lead, for any of the models. */
export function leavesAnyPromotion({ mainModel }: Connection, lead: ScoredLead, moment: Moment): boolean {
  return lead.verdicts.some((verdict) => leavesPromotionBy(mainModel, lead, verdict, moment));
}

/** The same for one of the models. */
export function leavesPromotionBy(
  mainModel: string,
  lead: ScoredLead,
  { model, score }: Verdict,
  moment: Moment,
): boolean {
  return leavesPromotion(standingOf(lead, model, mainModel, moment), score, moment);
}

/** Whether the lead meets the gates of this model, and the CRM does not say so after this change either: it was left. */
export function waitsAfter({ outputs }: LeadChange, record: LeadRecord, { model, score }: Verdict): boolean {
  const said = outputs[model.id]?.mql ?? record.outputs[model.id]?.mql;
  return score.mql && said !== true;
}

function changeBy({ score }: Verdict, standing: Standing, alerts: readonly Alert[], moment: Moment): OutputChange {
  const { current } = standing;
  const { mql, ...rest } = stateOutputs(score);
  const state = leavesPromotion(standing, score, moment) ? rest : { mql, ...rest };
  const changes = differences(current, { ...state, ...eventOutputs(standing, score, alerts, moment) });
  const isScored = current.scoredAt !== undefined;
  return isScored && Object.keys(changes).length === 0 ? {} : { ...changes, scoredAt: moment.now };
}

/** The stage tells of the main model whom it was passed on by; any other has but its own mark. */
function standingOf(lead: ScoredLead, model: CompiledModel, mainModel: string, { baseline }: Moment): Standing {
  const { record, before } = lead;
  const current: Partial<Outputs> = record.outputs[model.id] ?? {};
  return {
    current,
    beforeMql: model.id === mainModel ? record.stage === 'before-mql' : current.mqlAt === undefined,
    isNew: isNew(lead, baseline),
    passedOver: before?.passedOverBy.includes(model.version) === true,
  };
}
