import { SECOND } from '../base/clock.ts';
import type { OutputChange } from '../crm/crm.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Nurture, Score } from '../scoring/score.ts';
import type { Alert } from './alerts.ts';
import type { Moment } from './outputs.ts';
import type { Standing } from './standing.ts';

/** What routing a lead to sales makes of its properties; `alerts` are those of this model that sales is told of, and `followUpBy` when the first of them is due. */
export function salesOutputs(
  standing: Standing,
  alerts: readonly Alert[],
  { now }: Moment,
  followUpBy: number,
): OutputChange {
  const { current } = standing;
  const last = fastTracksOf(alerts).at(-1);
  // A request that is reported late does not hide a later one.
  const isLatest = last !== undefined && last.at >= (current.fastTrackAt ?? 0);
  return {
    ...(standing.beforeMql && { mqlAt: now }),
    route: 'sales',
    ...(isLatest && { fastTrack: last.rule, fastTrackAt: last.at }),
    routedAt: now,
    followUpBy,
    followUp: 'open',
    firstTouchedAt: null,
    attempts: 0,
    overdue: false,
  };
}

/** Of these, the fast tracks, oldest first. */
export function fastTracksOf(alerts: readonly Alert[]): Alert[] {
  return alerts.filter(({ isMql }) => isMql !== true).toSorted((one, other) => one.at - other.at);
}

/** What giving a lead back to marketing makes of its properties. */
export function recycledOutputs({ current }: Standing, reason: string, { now }: Moment): OutputChange {
  const isOpen = current.followUp !== undefined && current.followUp !== 'reached';
  return {
    recycledAt: now,
    stageReason: reason,
    ...(current.route !== undefined && { route: null }),
    ...(isOpen && { followUp: 'closed' as const }),
    ...(current.overdue === true && { overdue: false }),
  };
}

/**
 * What a lead did last that routes it to a nurture series: since the rule began, since sales gave it back, and after what routed it
 * there before. Undefined for one that is with sales, by whichever model.
 */
export function nurtureHit(
  standing: Standing,
  model: CompiledModel,
  score: Score,
  moment: Moment,
): Nurture | undefined {
  const { current, beforeMql, stage } = standing;
  if (moment.mode !== 'live' || !beforeMql || stage !== 'before-mql') return undefined;
  // Routed to sales by a fast track of this model, and not given back since.
  if (current.route === 'sales' && (current.recycledAt ?? 0) <= (current.routedAt ?? 0)) return undefined;
  // A CRM may keep whole seconds only.
  const since = Math.max(moment.baseline, current.recycledAt ?? 0, secondAfter(current.nurtureAt));
  const hits = score.nurture.filter((hit) => hit.activity.at >= Math.max(since, moment.nurtureStartOf(model, hit)));
  return hits.toSorted((one, other) => one.activity.at - other.activity.at).at(-1);
}

const secondAfter = (at: number | undefined) => (at === undefined ? 0 : (Math.floor(at / SECOND) + 1) * SECOND);

export function nurtureOutputs({ rule, activity }: Nurture): OutputChange {
  return { route: 'nurture', nurture: rule, nurtureAt: activity.at };
}
