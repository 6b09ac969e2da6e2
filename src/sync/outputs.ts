import type { LeadRecord, Outputs } from '../crm/crm.ts';
import { formatReasons } from '../scoring/format-reasons.ts';
import type { FastTrack, Score } from '../scoring/score.ts';
import type { AlertRules } from './fast-track-starts.ts';

/**
 * `live`: who crosses into MQL is promoted, and who asks for sales fast-tracked. `quiet`: neither. `promote`: as quiet,
 * but everyone who meets the gates and stands before MQL is promoted.
 */
export type Mode = 'live' | 'quiet' | 'promote';

/** What a reader can take in, and every CRM's long text property can hold, in characters. */
export const REASONS_LENGTH = 4_000;

/** The part of the outputs that follows from the score alone, whatever happened before. */
export function stateOutputs(score: Score): Partial<Outputs> {
  return {
    score: score.total,
    fit: score.fit,
    engagement: score.engagement,
    grade: score.grade,
    reasons: formatReasons(score.reasons, REASONS_LENGTH),
    flags: score.flags,
    mql: score.mql,
    modelVersion: score.modelVersion,
  };
}

export interface Moment extends AlertRules {
  readonly mode: Mode;
}

/** What happens to the lead now: a promotion, a fast track. */
export function eventOutputs(
  record: LeadRecord,
  score: Score,
  fired: readonly FastTrack[],
  moment: Moment,
): Partial<Outputs> {
  const last = fired.toSorted((one, other) => one.activity.at - other.activity.at).at(-1);
  if (last === undefined && !entersMql(record, score, moment)) return {};
  const promotion = record.stage === 'before-mql' ? { promote: true, mqlAt: moment.now } : {};
  // A request that is reported late does not hide a later one.
  const isLatest = last !== undefined && last.activity.at >= (record.outputs.fastTrackAt ?? 0);
  const fastTrack = isLatest ? { fastTrack: last.rule, fastTrackAt: last.activity.at } : {};
  return { ...promotion, route: 'sales', ...fastTrack };
}

/**
 * A lead that met the gates already when a model first saw it is not promoted by its next page view: only one that
 * crosses under the same model is, or one that came after the baseline.
 */
function entersMql(record: LeadRecord, score: Score, { mode, baseline, everyoneKnown }: Moment): boolean {
  if (!score.mql || record.stage !== 'before-mql') return false;
  const { mql: was, modelVersion: before, mqlAt } = record.outputs;
  if (mode === 'quiet') return false;
  if (mode === 'promote') return mqlAt === undefined;
  if (before === undefined) return record.lead.createdAt >= baseline;
  return everyoneKnown && before === score.modelVersion && was !== true;
}

/**
 * Whether a quiet backfill comes upon somebody whom the polls would promote. Writing that the gates are met would make it
 * look old to them, so that is left for them to write.
 */
export function leavesPromotion(record: LeadRecord, score: Score, moment: Moment): boolean {
  return moment.mode === 'quiet' && entersMql(record, score, { ...moment, mode: 'live' });
}

/** What must be written so that the lead holds `wanted`; empty where it does already. */
export function differences(current: Partial<Outputs>, wanted: Partial<Outputs>): Partial<Outputs> {
  return Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => !sameValue(current[key as keyof Outputs], value)),
  );
}

function sameValue(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => item === other[index]);
  }
  if (Array.isArray(other) && other.length === 0) return one === undefined;
  return one === other;
}
