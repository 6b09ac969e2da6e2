import { DAY } from '../base/clock.ts';
import type { LeadRecord } from '../crm/crm.ts';
import { activityReference, areFastTracksDone, ruleReference, ruleReferences } from '../ledger/fast-tracks.ts';
import type { LeadState } from '../ledger/lead-state.ts';
import type { HeldRule } from '../scoring/score.ts';
import { type Connection, keepFor } from './connection.ts';
import type { AlertRules } from './fast-track-starts.ts';
import type { Verdict } from './verdicts.ts';

/** Something that puts a lead in front of sales. */
export interface Alert {
  /** Of the model whose rule says so. */
  readonly verdict: Verdict;
  /** The id of the rule. */
  readonly rule: string;
  /** When the person did it, or when the rule came to hold: milliseconds since 1970. */
  readonly at: number;
  /** In milliseconds. */
  readonly followUpWithin: number;
  /** What the ledger and the task know it by: two models that ask for the same share it. */
  readonly reference: string;
  /** Under which it may be done as well: those of records that were merged into this one. */
  readonly formerReferences?: readonly string[];
  /** Of a rule on fields, what it asks. */
  readonly meaning?: string;
}

/** A lead as it was just scored. */
export interface ScoredLead {
  readonly record: LeadRecord;
  readonly verdicts: readonly Verdict[];
  /** What is remembered of its last scoring. */
  readonly before: LeadState | undefined;
}

/** Whether a lead came after the baseline and was never scored, by whatever model, as far as CRM and Redis know. */
export function isNew({ record, before }: ScoredLead, baseline: number): boolean {
  const isScored = Object.values(record.outputs).some(({ scoredAt }) => scoredAt !== undefined);
  return before === undefined && !isScored && record.lead.createdAt >= baseline;
}

/** The alerts of these leads that nobody has finished yet, in the order of `leads`. */
export async function pendingAlerts(
  { space, models }: Connection,
  leads: readonly ScoredLead[],
  rules: AlertRules,
): Promise<Alert[][]> {
  // What is older we may have forgotten to have done.
  const since = Math.max(rules.baseline, rules.now - keepFor(models) + DAY);
  const all = leads.map((lead) =>
    lead.verdicts.flatMap((verdict) => [
      ...activityAlerts(verdict, since, rules),
      ...fieldAlerts(lead, verdict, rules),
    ]),
  );
  const references = all.flat().flatMap(referencesOf);
  const isDone = await areFastTracksDone(space, references);
  const done = new Set(references.filter((_, index) => isDone[index]));
  return all.map((own) => own.filter((alert) => !referencesOf(alert).some((reference) => done.has(reference))));
}

const referencesOf = ({ reference, formerReferences = [] }: Alert) => [reference, ...formerReferences];

/** What came before the baseline or before its rule alerts nobody. */
function activityAlerts(verdict: Verdict, since: number, { startOf }: AlertRules): Alert[] {
  const { model, score } = verdict;
  const recent = score.fastTracks.filter(
    (fastTrack) => fastTrack.activity.at >= Math.max(since, startOf(model, fastTrack)),
  );
  return recent.map(({ rule, activity, followUpWithin }) => {
    return { verdict, rule, at: activity.at, followUpWithin, reference: activityReference(activity) };
  });
}

function fieldAlerts(lead: ScoredLead, verdict: Verdict, rules: AlertRules): Alert[] {
  const begun = verdict.score.heldRules.filter((rule) => begins(lead, verdict, rule, rules));
  return begun.map(({ rule, meaning, followUpWithin }) => {
    const reference = ruleReference(meaning, lead.record.lead.id);
    const formerReferences = ruleReferences(meaning, lead.record.lead).slice(1);
    return { verdict, rule, at: rules.now, followUpWithin, reference, formerReferences, meaning };
  });
}

/**
 * A rule on fields alerts when it begins to hold: it was asked before, did not hold, and does now. Of one that is new, or that
 * asks something else since the model or a list was edited, nobody can tell since when it does; and a lead that we know nothing of must be new, or all whom the rule fits would be alerts once Redis was emptied.
 */
function begins(lead: ScoredLead, { model }: Verdict, rule: HeldRule, { baseline }: AlertRules): boolean {
  const { before } = lead;
  if (before === undefined) return isNew(lead, baseline);
  if (before.heldRules.includes(rule.meaning)) return false;
  return model.fieldRules.some(({ meaning, asked }) => meaning === rule.meaning && before.askedRules.includes(asked));
}
