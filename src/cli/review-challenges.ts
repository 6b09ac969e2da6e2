import { modelScores } from '../analysis/model-scores.ts';
import type { ReviewInput } from '../analysis/review/review.ts';
import type { ScoredLeads } from '../analysis/scored-leads.ts';
import { unseenChallenges } from '../analysis/unseen-challenges.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';

/** A model with what it said of the leads of whom it is known who bought. */
export interface ScoredModel {
  readonly model: CompiledModel;
  readonly scored: ScoredLeads;
}

/** The champion with each challenger, on the leads from which neither was learnt. @param why nothing can be said of who bought; undefined where it can. */
export function reviewChallenges(
  champion: ScoredModel,
  challengers: readonly ScoredModel[],
  why: string | undefined,
): Pick<ReviewInput, 'challenges' | 'uncompared'> {
  if (why !== undefined) {
    const uncompared = challengers.map(({ model: { id, name } }) => ({ model: id, name, why }));
    return { challenges: [], uncompared };
  }
  const scoresOf = ({ model, scored }: ScoredModel) => modelScores(model, scored);
  return unseenChallenges(scoresOf(champion), challengers.map(scoresOf), champion.scored.history);
}
