import { DAY, SECOND } from '../base/clock.ts';
import { inWords } from '../base/in-words.ts';
import { hashEmail } from '../leads/email.ts';
import { activityReference, areFastTracksDone, ruleReference, ruleReferences } from '../ledger/fast-tracks.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { FastTrack, HeldRule } from '../scoring/score.ts';
import { type Connection, keepFor, mayShare } from './connection.ts';
import type { AlertRules } from './fast-track-starts.ts';
import { entersMql } from './lifecycle.ts';
import type { Moment } from './outputs.ts';
import { isNew, type ScoredLead, standingOf } from './standing.ts';
import type { Verdict } from './verdicts.ts';

/** What stands for a promotion where others have the id of a fast-track rule. */
export const MQL_RULE = 'mql';

/** Something that puts a lead in front of sales. */
export interface Alert {
  /** Of the model whose rule says so. */
  readonly verdict: Verdict;
  /** The id of the rule. */
  readonly rule: string;
  /** Set where no fast track but the gates to MQL say so. */
  readonly isMql?: true;
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
  /** What sales are told of it by, where that is not the reference: records of one person have a task each, and one notice. */
  readonly told?: string;
}

/** For people: `Demo request`. */
export function alertName({ rule, isMql }: Alert): string {
  return isMql === true ? 'Ready for sales' : inWords(rule);
}

/** The alerts of these leads that nobody has finished yet, in the order of `leads`: fast tracks, and with a live `moment` who comes to be an MQL. */
export async function pendingAlerts(
  connection: Connection,
  leads: readonly ScoredLead[],
  rules: AlertRules | Moment,
): Promise<Alert[][]> {
  const { space, models, mainModel } = connection;
  // What is older we may have forgotten to have done.
  const since = Math.max(rules.baseline, rules.now - keepFor(models) + DAY);
  const all = leads.map((lead) =>
    lead.verdicts.flatMap((verdict) => [
      ...activityAlerts(lead, verdict, since, rules),
      ...fieldAlerts(lead, verdict, rules).map((alert) => toldOnce(connection, lead, alert)),
      ...('mode' in rules ? mqlAlerts(lead, verdict, mainModel, rules) : []).map((alert) =>
        toldOnce(connection, lead, alert),
      ),
    ]),
  );
  const references = all.flat().flatMap(referencesOf);
  const isDone = await areFastTracksDone(space, references);
  const done = new Set(references.filter((_, index) => isDone[index]));
  return all.map((own) =>
    withoutPromotions(own.filter((alert) => !referencesOf(alert).some((reference) => done.has(reference)))),
  );
}

/** Who is fast-tracked is an MQL by that: sales are told of the request alone. */
function withoutPromotions(alerts: readonly Alert[]): Alert[] {
  const fastTracked = new Set(alerts.filter(({ isMql }) => isMql !== true).map(({ verdict }) => verdict));
  return alerts.filter(({ isMql, verdict }) => isMql !== true || !fastTracked.has(verdict));
}

const referencesOf = ({ reference, formerReferences = [] }: Alert) => [reference, ...formerReferences];

/** Each record of a person comes upon it by itself, in whatever CRM: it is the person that makes it the same. What they did is the same everywhere. */
function toldOnce(connection: Connection, { record }: ScoredLead, alert: Alert): Alert {
  const [email] = record.lead.emails;
  if (!mayShare(connection) || email === undefined) return alert;
  const { verdict, rule, meaning = rule } = alert;
  const { mqlAt = 0, recycledAt = 0 } = record.outputs[verdict.model.id] ?? {};
  // Whoever comes to be an MQL once more is told of again. What was before has other times in each CRM, but the same day.
  const since = alert.isMql === true ? Math.floor(Math.max(mqlAt, recycledAt) / DAY) : 0;
  return { ...alert, told: [meaning, verdict.model.id, since, hashEmail(email)].join(' ') };
}

/** Somebody may come to be an MQL once more after having been given back: that is another alert. */
function mqlAlerts(lead: ScoredLead, verdict: Verdict, mainModel: string, moment: Moment): Alert[] {
  const { model, score } = verdict;
  const standing = standingOf(lead, model, mainModel, moment);
  if (moment.mode !== 'live' || !model.sales.mql || !entersMql(standing, score, moment)) return [];
  const [reference = '', ...formerReferences] = promotionReferences(lead, model);
  const { followUpWithin } = model.sales;
  return [{ verdict, rule: MQL_RULE, isMql: true, at: moment.now, followUpWithin, reference, formerReferences }];
}

/** What the ledger knows the coming promotion of a lead by, and those of records that were merged into it. */
export function promotionReferences({ record }: ScoredLead, { id }: CompiledModel): string[] {
  const { recycledAt = 0, mqlAt = 0 } = record.outputs[id] ?? {};
  return ruleReferences(`${MQL_RULE} ${id} ${Math.max(recycledAt, mqlAt)}`, record.lead);
}

/** What came before the baseline or before its rule alerts nobody, and nor does what the CRM says was told: a restored Redis may not know. */
function activityAlerts({ record }: ScoredLead, verdict: Verdict, since: number, { startOf }: AlertRules): Alert[] {
  const { model, score } = verdict;
  const { fastTrack: told, fastTrackAt = 0 } = record.outputs[model.id] ?? {};
  const isTold = ({ rule, activity }: FastTrack) => rule === told && sameSecond(activity.at, fastTrackAt);
  const recent = score.fastTracks.filter(
    (fastTrack) => fastTrack.activity.at >= Math.max(since, startOf(model, fastTrack)) && !isTold(fastTrack),
  );
  return recent.map(({ rule, activity, followUpWithin }) => {
    return { verdict, rule, at: activity.at, followUpWithin, reference: activityReference(activity) };
  });
}

/** A CRM may keep whole seconds only. */
const sameSecond = (one: number, other: number) => Math.floor(one / SECOND) === Math.floor(other / SECOND);

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
