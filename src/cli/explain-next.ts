import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import { whyRuledOut } from './gate-gaps.ts';

/** A later score, with nothing new done. */
export interface Later {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly score: Score;
}

/** Nothing that can be seen changes before this time, in milliseconds since 1970; what then comes was not looked for. */
export interface NotBefore {
  readonly notBefore: number;
}

/** Reasons may fade many times below a cap before anybody sees a change. */
const MOST_STEPS = 1_000;

/**
 * When score, grade, flags, MQL or what rules the lead out next differ, and what they are then; undefined where they never
 * do. What changes in the reasons alone is passed over, so many times and no more.
 */
export function nextVisible(
  model: CompiledModel,
  lead: Lead,
  activities: readonly Activity[],
  score: Score,
): Later | NotBefore | undefined {
  const now = seenOf(score);
  let at = score.nextChange;
  for (let step = 0; at !== undefined && step < MOST_STEPS; step++) {
    const later = scoreLead(model, lead, activities, at);
    if (seenOf(later) !== now) return { at, score: later };
    at = later.nextChange;
  }
  return at === undefined ? undefined : { notBefore: at };
}

function seenOf(score: Score): string {
  const { fit, engagement, grade, flags, mql } = score;
  return JSON.stringify([fit, engagement, grade, flags.toSorted(), mql, whyRuledOut(score).toSorted()]);
}
