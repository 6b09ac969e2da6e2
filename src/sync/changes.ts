import type { LeadChange, LeadRecord, OutputChange, Outputs } from '../crm/crm.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Alert } from './alerts.ts';
import type { Connection } from './connection.ts';
import {
  entersLead,
  entersMql,
  leadReason,
  leavesPromotion,
  promotionReason,
  recycleDue,
  recycling,
} from './lifecycle.ts';
import { differences, emptied, type Moment, stateOutputs } from './outputs.ts';
import { fastTracksOf, nurtureHit, nurtureOutputs, recycledOutputs, salesOutputs } from './routes.ts';
import { silentChanges } from './silent-outputs.ts';
import { type ScoredLead, type Standing, standingOf } from './standing.ts';
import type { Verdict } from './verdicts.ts';

/** What is settled about a lead before its changes are. */
export interface Given {
  /** What sales is told of. */
  readonly fired: readonly Alert[];
  /** The models by which it is not passed on though it meets their gates: too many did at once, and a person is to decide. */
  readonly held?: ReadonlySet<CompiledModel>;
  /** Those by which it is not, as a person decided. */
  readonly dropped?: ReadonlySet<CompiledModel>;
  /** By when sales are to follow up on an alert; within its time when absent. */
  dueAt?(alert: Pick<Alert, 'at' | 'followUpWithin'>): number;
  /** When sales last tried to reach the lead, in milliseconds since 1970. */
  readonly touchedAt?: number | undefined;
  /** How a follow-up stands, be it of a lead that is routed `justNow`; undefined where nobody looks after them. */
  followUp?(standing: Standing, verdict: Verdict, justNow: boolean): FollowedUp | undefined;
}

export interface FollowedUp {
  readonly outputs: OutputChange;
  readonly act?: 'remind' | 'escalate';
  readonly dueBy?: number;
  readonly nextAt?: number;
}

/** What becomes of a lead by one model. */
export interface ModelDecision {
  readonly verdict: Verdict;
  readonly standing: Standing;
  readonly outputs: OutputChange;
  /** Whether it goes to sales now, be it once more. */
  readonly isPassedOn: boolean;
  readonly isPromoted: boolean;
  readonly isRecycled: boolean;
  /** The nurture rule that it is routed by now. */
  readonly nurture?: string;
  /** How the follow-up of an earlier route stands; undefined where there is none. */
  readonly followed?: FollowedUp;
  /** When the lead may go back to marketing with nothing new, beside what the score tells. */
  readonly recycleDue?: number;
}

export interface Decision {
  /** What must be written so that the lead holds what every model says of it. Nothing but the id where the CRM holds it all already. */
  readonly change: LeadChange;
  readonly models: readonly ModelDecision[];
}

/** What becomes of a lead now, by every model. */
export function decide(connection: Connection, lead: ScoredLead, given: Given, moment: Moment): Decision {
  const { models, mainModel } = connection;
  const { record, verdicts } = lead;
  const outputs: Record<string, OutputChange> = { ...silentChanges(connection, lead, moment.now) };
  const decisions: ModelDecision[] = [];
  const isWithSales = goesToSales(lead, given, mainModel, moment);
  // The one that the stage goes with comes last: it takes nobody away from sales whom another one has just given them.
  const isMain = ({ id }: CompiledModel) => Number(id === mainModel);
  for (const model of models.models.toSorted((one, other) => isMain(one) - isMain(other))) {
    const standing = standingOf(lead, model, mainModel, moment);
    const verdict = verdicts.find((each) => each.model === model);
    const decision = verdict && decideBy(verdict, standing, { ...given, others: decisions, isWithSales }, moment);
    const change = decision === undefined ? emptied(standing.current) : decision.outputs;
    if (decision !== undefined) decisions.push(decision);
    if (Object.keys(change).length > 0) outputs[model.id] = change;
  }
  // Another model may pass on somebody who is beyond MQL by now: the stage is shared, and never moves back.
  const promote = decisions.some(({ isPromoted }) => isPromoted) && record.stage === 'before-mql';
  // It goes back once the last model that has the lead with sales gives it back.
  const isGivenBack = decisions.some(({ isRecycled }) => isRecycled) && !decisions.some(keepsWithSales);
  // What stopped half way is finished, whatever the lead did since.
  const demote = (isGivenBack && record.stage === 'mql') || (record.isHalfBack === true && !promote);
  const ofMain = decisions.find(({ standing }) => standing.isMain);
  const toLead = !promote && typeof ofMain?.outputs.leadAt === 'number';
  const moves = { ...(promote && { promote }), ...(demote && { demote }), ...(toLead && { toLead }) };
  return { change: { id: record.lead.id, outputs, ...moves }, models: decisions };
}

/** The same where nobody is told, of which only the change is of interest. */
export function changesOf(
  connection: Connection,
  lead: ScoredLead,
  held: ReadonlySet<CompiledModel> | undefined,
  moment: Moment,
): LeadChange {
  return decide(connection, lead, { fired: [], ...(held && { held }) }, moment).change;
}

interface GivenBeside extends Given {
  /** What the models before this one decided. */
  readonly others: readonly ModelDecision[];
  /** Whether any model passes the lead on now: then none of them has it nurtured. */
  readonly isWithSales: boolean;
}

function goesToSales({ verdicts, ...lead }: ScoredLead, given: Given, mainModel: string, moment: Moment): boolean {
  if (given.fired.length > 0) return true;
  return verdicts.some(({ model, score }) => {
    const mayCross = given.held?.has(model) !== true && given.dropped?.has(model) !== true;
    return mayCross && entersMql(standingOf({ ...lead, verdicts }, model, mainModel, moment), score, moment);
  });
}

function decideBy(verdict: Verdict, standing: Standing, given: GivenBeside, moment: Moment): ModelDecision {
  const { model, score } = verdict;
  const { current } = standing;
  const isHeld = given.held?.has(model) === true;
  const alerts = given.fired.filter((alert) => alert.verdict === verdict);
  const crosses = !isHeld && given.dropped?.has(model) !== true && entersMql(standing, score, moment);
  const isPassedOn = alerts.length > 0 || crosses;
  const isPromoted = isPassedOn && standing.beforeMql;
  const isOthers = standing.isMain && given.others.some(keepsWithSales);
  const touchedAt = lastSold(standing, given);
  const why = isPassedOn || isOthers ? undefined : recycling(standing, model, score, touchedAt, moment);
  const hit = given.isWithSales ? undefined : nurtureHit(standing, model, score, moment);
  // Whom a person has promoted all at once, nobody is told of: no clock starts for them.
  const isRouted = alerts.length > 0 || (crosses && model.sales.mql && moment.mode === 'live');
  const sales = isRouted ? salesOutputs(standing, alerts, moment, dueOf(verdict, alerts, given, moment)) : {};
  const routed = isRouted ? { ...standing, current: held(current, sales) } : standing;
  const followed = why === undefined ? given.followUp?.(routed, verdict, isRouted) : undefined;
  const { mql, ...rest } = stateOutputs(score);
  const leavesMql = isHeld || leavesPromotion(standing, score, moment);
  const rule = fastTracksOf(alerts).at(-1)?.rule;
  const changes = differences(current, {
    ...(leavesMql ? rest : { mql, ...rest }),
    ...sales,
    ...followed?.outputs,
    ...(!isPassedOn &&
      entersLead(standing, score, moment) && { leadAt: moment.now, stageReason: leadReason(model, score) }),
    ...(isPromoted && { mqlAt: moment.now, stageReason: promotionReason(model, score, rule) }),
    ...(crosses && model.sales.mql && { route: 'sales' }),
    ...(why !== undefined && recycledOutputs(standing, why, moment)),
    ...(hit !== undefined && nurtureOutputs(hit)),
  });
  const isScored = current.scoredAt !== undefined;
  return {
    verdict,
    standing,
    outputs: isScored && Object.keys(changes).length === 0 ? {} : { ...changes, scoredAt: moment.now },
    isPassedOn,
    isPromoted,
    isRecycled: why !== undefined,
    nurture: hit?.rule,
    followed,
    // As it stands after this: of a lead that was cold already, nothing else would tell when it is to go back.
    recycleDue:
      why !== undefined || isOthers
        ? undefined
        : recycleDue(isPromoted ? promoted(routed, changes) : routed, model, score, touchedAt, moment),
  };
}

function promoted(standing: Standing, changes: OutputChange): Standing {
  const stage = standing.stage === 'before-mql' ? 'mql' : standing.stage;
  return { ...standing, stage, beforeMql: false, current: held(standing.current, changes) };
}

/** Whether sales have the lead by this model. One that never says when that is over leaves it to the model that the stage goes with. */
function keepsWithSales(decision: ModelDecision): boolean {
  const { mqlAt, recycledAt = 0 } = afterwards(decision);
  const { standing, verdict, isPassedOn } = decision;
  const isTold = standing.isMain || isPassedOn || verdict.model.recycle !== undefined;
  return isTold && mqlAt !== undefined && recycledAt <= mqlAt;
}

/** When sales last tried to reach the lead; of the stage that all models share, also when one of the others last gave it to them. */
function lastSold({ isMain }: Standing, { touchedAt, others }: GivenBeside): number | undefined {
  const given = isMain ? others.map(afterwards).flatMap(({ mqlAt, routedAt }) => [mqlAt ?? 0, routedAt ?? 0]) : [];
  const last = Math.max(touchedAt ?? 0, ...given);
  return last === 0 ? undefined : last;
}

/** By when sales are to follow up: on the first of what they are told of that is due. */
function dueOf({ model }: Verdict, alerts: readonly Alert[], given: Given, { now }: Moment): number {
  const asked = alerts.length > 0 ? alerts : [{ at: now, followUpWithin: model.sales.followUpWithin }];
  return Math.min(...asked.map((alert) => given.dueAt?.(alert) ?? alert.at + alert.followUpWithin));
}

/** Whether a quiet backfill leaves it to the polls to promote this lead, for any of the models, or to give it back. */
export function leavesAnything(connection: Connection, lead: ScoredLead, moment: Moment): boolean {
  if (moment.mode !== 'quiet') return false;
  return lead.verdicts.some((verdict) => {
    const standing = standingOf(lead, verdict.model, connection.mainModel, moment);
    const { model, score } = verdict;
    const live = { ...moment, mode: 'live' } as const;
    return (
      leavesPromotion(standing, score, moment) ||
      entersLead(standing, score, live) ||
      recycling(standing, model, score, undefined, live) !== undefined ||
      nurtureHit(standing, model, score, live) !== undefined
    );
  });
}

/** Whether a quiet backfill leaves it to the polls to promote this lead for one of the models. */
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

/** What a model's properties hold once this is written. */
export function afterwards({ standing, outputs }: ModelDecision): Partial<Outputs> {
  return held(standing.current, outputs);
}

function held(current: Partial<Outputs>, change: OutputChange): Partial<Outputs> {
  return Object.fromEntries(Object.entries({ ...current, ...change }).filter(([, value]) => value !== null));
}
