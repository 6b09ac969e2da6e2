import type { OutputChange, Outputs } from '../crm/crm.ts';
import { reasonsText } from '../scoring/format-reasons.ts';
import type { Score } from '../scoring/score.ts';
import type { Alert } from './alerts.ts';
import type { AlertRules } from './fast-track-starts.ts';

/**
 * `live`: who crosses into MQL is promoted, and who asks for sales fast-tracked. `quiet`: neither. `promote`: as quiet,
 * but everyone who meets the gates and stands before MQL is promoted.
 */
export type Mode = 'live' | 'quiet' | 'promote';

/** What a reader can take in, and every CRM's long text property can hold, in characters. */
export const REASONS_LENGTH = 4_000;

/** The part of the outputs that follows from the score alone, whatever happened before. */
export function stateOutputs(score: Score) {
  return {
    score: score.total,
    fit: score.fit,
    engagement: score.engagement,
    grade: score.grade,
    reasons: reasonsText(score, REASONS_LENGTH),
    flags: score.flags,
    mql: score.mql,
    persona: score.persona ?? null,
    disqualified: whyDisqualified(score),
    modelVersion: score.modelVersion,
  } satisfies OutputChange;
}

/** A person's word goes before the model's, in either direction. */
function whyDisqualified({ disqualifications, override }: Score): string | null {
  if (override === 'qualified') return null;
  const byHand = override === 'disqualified' ? ['set by hand'] : [];
  // Sorted, for the order of the model is not part of its version.
  const lines = [...byHand, ...new Set(disqualifications.map(({ why }) => why).sort())];
  return lines.length === 0 ? null : lines.join('\n');
}

/** What must be emptied for a lead that the model is not about (any more): the state, while what happened stays. */
export function emptied(current: Partial<Outputs>): OutputChange {
  const { mqlAt, route, fastTrack, fastTrackAt, ...state } = current;
  return Object.fromEntries(Object.keys(state).map((key) => [key, null]));
}

export interface Moment extends AlertRules {
  readonly mode: Mode;
}

/** Where a lead stands with a model before this scoring. */
export interface Standing {
  /** What the CRM holds. */
  readonly current: Partial<Outputs>;
  /** Whether it can still be passed to sales for the first time. */
  readonly beforeMql: boolean;
  /** Whether the lead came after the baseline and nobody has scored it yet, by any model. */
  readonly isNew: boolean;
  /** Whether this very version of the model was not about the lead when it was scored last. */
  readonly passedOver: boolean;
}

/** What happens to the lead now: a promotion, a fast track. `alerts` are those of this model that sales is told of. */
export function eventOutputs(
  standing: Standing,
  score: Score,
  alerts: readonly Alert[],
  moment: Moment,
): Partial<Outputs> {
  const last = alerts.toSorted((one, other) => one.at - other.at).at(-1);
  if (last === undefined && !entersMql(standing, score, moment)) return {};
  const promotion = standing.beforeMql ? { mqlAt: moment.now } : {};
  // A request that is reported late does not hide a later one.
  const isLatest = last !== undefined && last.at >= (standing.current.fastTrackAt ?? 0);
  const fastTrack = isLatest ? { fastTrack: last.rule, fastTrackAt: last.at } : {};
  return { ...promotion, route: 'sales', ...fastTrack };
}

/**
 * A lead that met the gates already when a model first saw it is not promoted by its next page view: only one that
 * crosses under the same model is, be it by coming to be a lead of that model, or one that is new.
 */
function entersMql(standing: Standing, score: Score, { mode, everyoneKnown }: Moment): boolean {
  if (!score.mql || !standing.beforeMql) return false;
  const { mql: was, modelVersion: before, mqlAt } = standing.current;
  if (mode === 'quiet') return false;
  if (mode === 'promote') return mqlAt === undefined;
  if (before === undefined) return standing.isNew || (everyoneKnown && standing.passedOver);
  return everyoneKnown && before === score.modelVersion && was !== true;
}

/**
 * Whether a quiet backfill comes upon somebody whom the polls would promote. Writing that the gates are met would make it
 * look old to them, so that is left for them to write.
 */
export function leavesPromotion(standing: Standing, score: Score, moment: Moment): boolean {
  return moment.mode === 'quiet' && entersMql(standing, score, { ...moment, mode: 'live' });
}

/** What must be written so that the lead holds `wanted`; empty where it does already. */
export function differences(current: Partial<Outputs>, wanted: OutputChange): OutputChange {
  return Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => !sameValue(current[key as keyof Outputs], value)),
  );
}

function sameValue(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => item === other[index]);
  }
  const isEmpty = other === null || (Array.isArray(other) && other.length === 0);
  return isEmpty ? one === undefined : one === other;
}
