import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { type Challenger, isInHoldout } from '../scoring/challenger.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import type { Verdict } from './verdicts.ts';

/** What a challenger says of a lead that its champion is about. */
export interface Challenged {
  readonly challenger: Challenger;
  readonly score: Score;
}

export interface Scoring {
  readonly lead: Lead;
  readonly activities: readonly Activity[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a model with challengers says, and what these do; of a lead in a holdout it is the challenger's word that counts. */
export function challengedVerdict(model: CompiledModel, challengers: readonly Challenger[], scoring: Scoring): Verdict {
  const { lead, activities, at } = scoring;
  const challenged = challengers.map((challenger) => ({
    challenger,
    score: scoreLead(challenger.inPlace, lead, activities, at),
  }));
  const real = challenged.find(({ challenger }) => isInHoldout(challenger, lead));
  return real === undefined
    ? { model, score: scoreLead(model, lead, activities, at), challenged }
    : { model, score: withRulesOf(model, real.score, scoring), challenged, holdout: real.challenger };
}

/** A challenger judges who is ready for sales. What people ask for is not a matter of points: the rules for that stay the champion's. */
function withRulesOf(model: CompiledModel, score: Score, { lead, activities, at }: Scoring): Score {
  const { override, disqualifications } = score;
  if (override === 'disqualified' || (override === undefined && disqualifications.length > 0)) return score;
  // Whom only the champion rules out is not ruled out here.
  const overrides = { ...lead.overrides, [model.id]: 'qualified' as const };
  const { fastTracks, heldRules, nurture } = scoreLead(model, { ...lead, overrides }, activities, at);
  return { ...score, fastTracks, heldRules, nurture };
}
