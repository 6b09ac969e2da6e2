import { modelScores } from '../analysis/model-scores.ts';
import { leadsText } from '../analysis/number-text.ts';
import type { ReviewInput } from '../analysis/review/review.ts';
import { type RivalScores, type UnseenChallenges, unseenChallenges } from '../analysis/unseen-challenges.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { Holdouts } from '../sync/history/holdouts.ts';
import type { ScoredPast } from '../sync/history/score-past.ts';

/** A model with its rivals, and who of the leads is scored for real by which. */
export interface Challenged {
  readonly model: CompiledModel;
  readonly rivals: readonly CompiledModel[];
  readonly holdouts: Holdouts;
}

/** What is known of their scores; the rivals in the same order. */
export type ChallengedPast = Pick<ScoredPast, 'scored' | 'numbers' | 'rivals'>;

/** The model with each rival, on the leads that both are about and from which neither was learnt. */
export function challengesOf({ model, rivals, holdouts }: Challenged, past: ChallengedPast): UnseenChallenges {
  const { scored, numbers } = past;
  const beside = rivals.flatMap((rival, place): RivalScores[] => {
    const said = past.rivals[place];
    return said === undefined ? [] : [{ ...modelScores(rival, said), holdout: holdouts.of(rival, numbers) }];
  });
  const leads = { bought: scored.history.bought, createdAt: scored.createdAt };
  return unseenChallenges(modelScores(model, scored), beside, leads);
}

/** The same of a review. @param why nothing can be said of who bought; undefined where it can. */
export function reviewChallenges(
  challenged: Challenged,
  past: ChallengedPast,
  why: string | undefined,
): Pick<ReviewInput, 'challenges' | 'uncompared'> {
  if (why === undefined) return challengesOf(challenged, past);
  return { challenges: [], uncompared: challenged.rivals.map(({ id, name }) => ({ model: id, name, why })) };
}

/** That a rival is not held against the model on all of its leads, where that is so. */
export function narrowerWarnings({ model, rivals }: Challenged, past: ChallengedPast): string[] {
  return rivals.flatMap(({ name }, place) => {
    const { others = 0 } = past.rivals[place] ?? {};
    if (others === 0) return [];
    return [`${name} is not about ${leadsText(others)} of ${model.name}: the two are compared on the others.`];
  });
}
