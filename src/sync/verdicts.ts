import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { Challenger } from '../scoring/challenger.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { appliesTo, type ModelSet } from '../scoring/model-set.ts';
import type { Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import { type Challenged, challengedVerdict } from './challenged.ts';

/** What one model says of a lead. */
export interface Verdict {
  readonly model: CompiledModel;
  /** Its challenger's where the lead is in the holdout of one. */
  readonly score: Score;
  /** What its challengers say, in their order; absent where it has none. */
  readonly challenged?: readonly Challenged[];
  /** The challenger whose score it is; absent outside of holdouts. */
  readonly holdout?: Challenger;
}

/** What every model that is about this lead says of it at a time, in milliseconds since 1970, in the order of the models. */
export function verdictsOf(
  { models, challengers }: ModelSet,
  lead: Lead,
  activities: readonly Activity[],
  at: number,
): readonly Verdict[] {
  const applying = models.filter((model) => appliesTo(model, lead));
  return applying.map((model) => {
    const own = challengers.length === 0 ? [] : challengers.filter(({ champion }) => champion === model);
    return own.length === 0
      ? { model, score: scoreLead(model, lead, activities, at) }
      : challengedVerdict(model, own, { lead, activities, at });
  });
}

/** The first time at which any of these changes with nothing new, be it for a challenger; undefined where none does. */
export function nextChangeOf(verdicts: readonly Verdict[]): number | undefined {
  const scores = verdicts.flatMap(({ score, challenged = [] }) => [score, ...challenged.map((each) => each.score)]);
  const times = scores.flatMap(({ nextChange }) => nextChange ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}
