import type { LeadRecord, Outputs, SalesWord, Stage } from '../crm/crm.ts';
import type { LeadState } from '../ledger/lead-state.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Verdict } from './verdicts.ts';

/** A lead as it was just scored. */
export interface ScoredLead {
  readonly record: LeadRecord;
  readonly verdicts: readonly Verdict[];
  /** What is remembered of its last scoring. */
  readonly before: LeadState | undefined;
}

/** Where a lead stands with a model before this scoring. */
export interface Standing {
  /** What the CRM holds. */
  readonly current: Partial<Outputs>;
  /** Whether the lifecycle stage goes with this model. */
  readonly isMain: boolean;
  readonly stage: Stage;
  /** Whether it can still be passed to sales for the first time, or again since it was given back. */
  readonly beforeMql: boolean;
  readonly isBeforeLead: boolean;
  /** Whether it is known not to have met the gates of a lead of this very version of the model when it was scored last. */
  readonly wasBelowLead: boolean;
  /** Whether the lead came after the baseline and nobody has scored it yet, by any model. */
  readonly isNew: boolean;
  /** Whether this very version of the model was not about the lead when it was scored last. */
  readonly passedOver: boolean;
  readonly salesSay: SalesWord | undefined;
  /** Whether sales have said so since it was scored last: of a lead that we know nothing of, nobody can tell. */
  readonly saidSince: boolean;
  /** Whether it has gone beyond MQL since it was scored last. */
  readonly beyondSince: boolean;
}

/** The stage tells of the main model whom it was passed on by; any other has but its own marks. */
export function standingOf(
  lead: ScoredLead,
  model: CompiledModel,
  mainModel: string,
  { baseline }: { readonly baseline: number },
): Standing {
  const { record, before } = lead;
  const current: Partial<Outputs> = record.outputs[model.id] ?? {};
  const isMain = model.id === mainModel;
  const { mqlAt, recycledAt = 0 } = current;
  const { salesSay } = record;
  return {
    current,
    isMain,
    stage: record.stage,
    beforeMql: isMain ? record.stage === 'before-mql' : mqlAt === undefined || recycledAt > mqlAt,
    isBeforeLead: isMain && record.isBeforeLead === true,
    wasBelowLead: wasBelow(before, leadGatesOf(model)),
    isNew: isNew(lead, baseline),
    passedOver: before?.passedOverBy.includes(model.version) === true,
    salesSay,
    saidSince:
      salesSay !== undefined &&
      before?.askedRules.includes(SALES_SAY) === true &&
      !before.heldRules.includes(saying(salesSay)),
    beyondSince: record.stage === 'beyond-mql' && isBeyondSince(before, current, isMain),
  };
}

/** Of a lead that we know nothing of, our own marks tell: who came to be an MQL by its last route was not beyond it then. */
function isBeyondSince(before: LeadState | undefined, { mqlAt, routedAt }: Partial<Outputs>, isMain: boolean): boolean {
  if (before !== undefined) return !before.heldRules.includes(BEYOND_MQL);
  return isMain && mqlAt !== undefined && mqlAt === routedAt;
}

/** Whether a lead came after the baseline and was never scored, by whatever model, as far as CRM and Redis know. */
export function isNew({ record, before }: ScoredLead, baseline: number): boolean {
  const isScored = Object.values(record.outputs).some(({ scoredAt }) => scoredAt !== undefined);
  return before === undefined && !isScored && record.lead.createdAt >= baseline;
}

function wasBelow(before: LeadState | undefined, gates: string | undefined): boolean {
  return gates !== undefined && before?.askedRules.includes(gates) === true && !before.heldRules.includes(gates);
}

/**
 * Under which a lead's state keeps that a model's gates of a lead were asked, and that they were met; undefined where it has none. By the
 * version, as another one may meet them by other points.
 */
export function leadGatesOf({ id, version, leadGates }: CompiledModel): string | undefined {
  return leadGates && `lead-gates ${id} ${version}`;
}

/** Under which a lead's state keeps that sales were listened to, beside the rules that were asked. */
export const SALES_SAY = 'sales-say';

/** Under which it keeps what they said, beside the rules that held. */
export const saying = (word: SalesWord) => `${SALES_SAY}-${word}`;

/** Under which it keeps that the lead was beyond MQL, beside them too. */
export const BEYOND_MQL = 'beyond-mql';
