import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import type { Explanation } from './explanation.ts';
import { isRuledOut } from './gate-gaps.ts';

/** The fast tracks of a lead that is ruled out, of which a score tells none: those it would have if a person let it through. */
export function notTaken(
  model: CompiledModel,
  lead: Lead,
  activities: readonly Activity[],
  score: Score,
  at: number,
): Explanation['notTaken'] {
  if (!isRuledOut(score) && score.override !== 'disqualified') return { fastTracks: [], heldRules: [] };
  const overrides = { ...lead.overrides, [model.id]: 'qualified' } as const;
  const { fastTracks, heldRules } = scoreLead(model, { ...lead, overrides }, activities, at);
  return { fastTracks, heldRules };
}
