import { setImmediate as nextTurn } from 'node:timers/promises';
import type { History } from '../history.ts';
import { partsOf } from './folds.ts';

/** The score of a lead, by its index. */
export type Scorer = (lead: number) => number;

/**
 * Scores each lead by what was learnt from all folds but its own, so that nothing is judged by what it was learnt from.
 * @param foldOf by lead, as `stratifiedFolds` deals them out.
 * @param learn learns from these leads and nothing else; it is asked for fold after fold. Other work gets its turn between two.
 * @returns by lead, its score.
 */
export async function crossValidate(
  { bought }: Pick<History, 'bought'>,
  foldOf: Uint8Array,
  learn: (train: Uint32Array, fold: number) => Scorer,
): Promise<Float64Array> {
  const scores = new Float64Array(bought.length);
  const folds = foldOf.reduce((most, fold) => Math.max(most, fold + 1), 0);
  for (let fold = 0; fold < folds; fold++) {
    await nextTurn();
    const { train, test } = partsOf(foldOf, fold);
    const score = learn(train, fold);
    for (const lead of test) scores[lead] = score(lead);
  }
  return scores;
}
