import type { OutputChange, Outputs } from '../crm/crm.ts';
import { isOpen } from '../leads/follow-up-state.ts';
import { reasonsText } from '../scoring/format-reasons.ts';
import type { Score } from '../scoring/score.ts';
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
  const state = Object.keys(current).filter((key) => STATE.has(key));
  // Nobody is to follow up any more.
  const closed = current.followUp !== undefined && isOpen(current.followUp) ? { followUp: 'closed' as const } : {};
  const inTime = current.overdue === true ? { overdue: false } : {};
  return { ...Object.fromEntries(state.map((key) => [key, null])), ...closed, ...inTime };
}

const STATE: ReadonlySet<string> = new Set<keyof Outputs>([
  'score',
  'fit',
  'engagement',
  'grade',
  'reasons',
  'flags',
  'mql',
  'persona',
  'disqualified',
  'modelVersion',
  'scoredAt',
]);

export interface Moment extends AlertRules {
  readonly mode: Mode;
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
