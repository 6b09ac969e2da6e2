import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { appliesTo, type ModelSet } from '../scoring/model-set.ts';
import type { Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';

/** What one model says of a lead. */
export interface Verdict {
  readonly model: CompiledModel;
  readonly score: Score;
}

/** What every model that is about this lead says of it at a time, in milliseconds since 1970, in the order of the models. */
export function verdictsOf(
  { models }: ModelSet,
  lead: Lead,
  activities: readonly Activity[],
  at: number,
): readonly Verdict[] {
  const applying = models.filter((model) => appliesTo(model, lead));
  return applying.map((model) => ({ model, score: scoreLead(model, lead, activities, at) }));
}

/** The first time at which any of these changes with nothing new; undefined where none does. */
export function nextChangeOf(verdicts: readonly Verdict[]): number | undefined {
  const times = verdicts.flatMap(({ score }) => score.nextChange ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}
