import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';

/** A later score, with nothing new done. */
export interface Later {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly score: Score;
}

/** Reasons may fade many times below a cap before anybody sees a change. */
const MOST_STEPS = 1_000;

/**
 * When score, grade, flags, MQL or what rules the lead out next differ, and what they are then; undefined where they never
 * do. What changes in the reasons alone is passed over.
 */
export function nextVisible(
  model: CompiledModel,
  lead: Lead,
  activities: readonly Activity[],
  score: Score,
): Later | undefined {
  const now = seenOf(score);
  let at = score.nextChange;
  let later: Later | undefined;
  for (let step = 0; at !== undefined && step < MOST_STEPS; step++) {
    later = { at, score: scoreLead(model, lead, activities, at) };
    if (seenOf(later.score) !== now) return later;
    at = later.score.nextChange;
  }
  return at === undefined ? undefined : later;
}

function seenOf({ fit, engagement, grade, flags, mql, disqualifications }: Score): string {
  return JSON.stringify([fit, engagement, grade, flags, mql, disqualifications]);
}
