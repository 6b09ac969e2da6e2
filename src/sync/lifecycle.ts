import { durationText } from '../base/duration-text.ts';
import type { SalesWord } from '../crm/crm.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Score } from '../scoring/score.ts';
import type { Moment } from './outputs.ts';
import type { Standing } from './standing.ts';

/**
 * A lead that met the gates already when a model first saw it is not promoted by its next page view: only one that
 * crosses under the same model is, be it by coming to be a lead of that model, or one that is new. Nobody is whom sales gave back and say so still.
 */
export function entersMql(standing: Standing, score: Score, { mode, everyoneKnown }: Moment): boolean {
  if (!mayEnterMql(standing, score)) return false;
  const { mql: was, modelVersion: before, mqlAt, recycledAt = 0 } = standing.current;
  if (mode === 'quiet') return false;
  if (mode === 'promote') return mqlAt === undefined || recycledAt > mqlAt;
  if (before === undefined) return standing.isNew || (everyoneKnown && standing.passedOver);
  return everyoneKnown && before === score.modelVersion && was !== true;
}

/** Whether nothing stands against promoting a lead but how it was before. */
function mayEnterMql({ beforeMql, salesSay }: Standing, { mql }: Score): boolean {
  return mql && beforeMql && !goesBack(salesSay);
}

/** Whether a promotion that did not come about so far still can: also of a lead that meets the gates of another version of the model since. */
export function mayStillEnterMql(standing: Standing, score: Score): boolean {
  return mayEnterMql(standing, score) && standing.current.mql !== true;
}

/**
 * Whether a quiet backfill comes upon somebody whom the polls would promote. Writing that the gates are met would make it
 * look old to them, so that is left for them to write.
 */
export function leavesPromotion(standing: Standing, score: Score, moment: Moment): boolean {
  return moment.mode === 'quiet' && entersMql(standing, score, { ...moment, mode: 'live' });
}

/**
 * Whether a subscriber is a lead by now: one that comes to meet the gates, or is new; all who meet them only where that is asked for.
 */
export function entersLead(standing: Standing, score: Score, { mode, everyoneKnown }: Moment): boolean {
  if (mode === 'quiet' || !standing.isBeforeLead || !score.lead) return false;
  return mode === 'promote' || standing.isNew || (everyoneKnown && standing.wasBelowLead);
}

/** Why a lead goes back to marketing now, in words; undefined where it stays with sales. */
export function recycling(
  standing: Standing,
  model: CompiledModel,
  score: Score,
  touchedAt: number | undefined,
  moment: Moment,
): string | undefined {
  if (moment.mode !== 'live' || !isWithSales(standing)) return undefined;
  const { salesSay, saidSince } = standing;
  if (goesBack(salesSay) && saidSince) return `Recycled: sales say ${SAYING[salesSay]}`;
  const recycle = recycleTime(standing, model, score, touchedAt, moment);
  if (recycle === undefined || model.recycle === undefined || recycle > moment.now) return undefined;
  const { below, for: time } = model.recycle;
  return `Recycled: engagement below ${below} for ${durationText(time)}`;
}

/** When a lead that is cold goes back with nothing new, if that is to come; undefined where it is not. */
export function recycleDue(
  standing: Standing,
  model: CompiledModel,
  score: Score,
  touchedAt: number | undefined,
  moment: Moment,
): number | undefined {
  const due = isWithSales(standing) ? recycleTime(standing, model, score, touchedAt, moment) : undefined;
  return due !== undefined && due > moment.now ? due : undefined;
}

/**
 * When a lead was cold for long enough that sales had it for as long, and nobody tried to reach it for as long. Never while sales work
 * it, where a person says that it is theirs, or put it there. Who was cold for long enough when this version of the model came has as long once more.
 */
function recycleTime(
  { salesSay, current }: Standing,
  model: CompiledModel,
  { cold, override }: Score,
  touchedAt: number | undefined,
  moment: Moment,
): number | undefined {
  const { recycle } = model;
  if (recycle === undefined || cold === undefined || salesSay === 'working' || override === 'qualified')
    return undefined;
  const { mqlAt, recycledAt = 0, routedAt = 0 } = current;
  if (mqlAt === undefined || mqlAt < recycledAt) return undefined;
  const start = moment.recycleStart(model);
  const since = Math.max(mqlAt, routedAt, touchedAt ?? 0, cold.recycleAt < start ? start : 0);
  return Math.max(cold.recycleAt, since + recycle.for);
}

/** Whether sales have it and nobody sold yet. A stage beyond MQL is theirs alone. */
function isWithSales({ isMain, stage, beforeMql, current }: Standing): boolean {
  return isMain ? stage === 'mql' : !beforeMql && current.mqlAt !== undefined && stage !== 'beyond-mql';
}

/** Whether sales give a lead back by this word. */
export function goesBack(word: SalesWord | undefined): word is 'not-now' | 'rejected' {
  return word === 'not-now' || word === 'rejected';
}

const SAYING = { 'not-now': 'not now', rejected: 'that it is none for them' } as const;

/** Why a lead is an MQL now, in words. `rule` is the fast track that made it one. */
export function promotionReason(model: CompiledModel, { fit, engagement, override }: Score, rule?: string): string {
  if (rule !== undefined) return `${BY_FAST_TRACK}${rule}`;
  if (override === 'qualified') return 'MQL: set by hand';
  return `MQL: fit ${fit} and engagement ${engagement} meet the gates of ${model.name}`;
}

/** The id of the fast track that a reason is about; undefined for any other reason. */
export function promotedBy(reason: string | undefined): string | undefined {
  return reason?.startsWith(BY_FAST_TRACK) ? reason.slice(BY_FAST_TRACK.length) : undefined;
}

const BY_FAST_TRACK = 'MQL: fast track ';

export function leadReason(model: CompiledModel, { fit, engagement }: Score): string {
  return `Lead: fit ${fit} and engagement ${engagement} meet the gates of ${model.name}`;
}
