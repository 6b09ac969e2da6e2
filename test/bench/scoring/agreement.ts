import { isDeepStrictEqual } from 'node:util';
import type { Activity } from '../../../src/leads/activity.ts';
import type { Lead } from '../../../src/leads/lead.ts';
import type { Score } from '../../../src/scoring/score.ts';
import { Disagreement } from '../part.ts';
import { type Known, NOW } from './population.ts';
import type { Points } from './rules-engine/score.ts';

type Scorer<Answer> = (lead: Lead, activities: readonly Activity[], at: number) => Answer;

export interface Scorers {
  readonly compiled: Scorer<Score>;
  readonly handWritten: Scorer<Score>;
  readonly rulesEngine: Scorer<Promise<Points>>;
}

/**
 * Checks that all score every lead alike: the hand-written program to the last reason, the rules engine in points and flags.
 * @throws Disagreement with the first lead that they differ on, and how.
 */
export async function checkAgreement(people: readonly Known[], scorers: Scorers): Promise<void> {
  for (const { lead, activities } of people) {
    const score = scorers.compiled(lead, activities, NOW);
    const byHand = scorers.handWritten(lead, activities, NOW);
    if (!isDeepStrictEqual(score, byHand)) throw disagreement('hand-written code', lead, score, byHand);
    const { fit, engagement, flags } = score;
    const byRules = await scorers.rulesEngine(lead, activities, NOW);
    if (!isDeepStrictEqual({ fit, engagement, flags }, byRules)) {
      throw disagreement('json-rules-engine', lead, { fit, engagement, flags }, byRules);
    }
  }
}

function disagreement(whose: string, { id }: Lead, ours: object, theirs: object): Disagreement {
  return new Disagreement(
    `${whose} scores lead ${id} otherwise\nthe model: ${JSON.stringify(ours)}\n${whose}: ${JSON.stringify(theirs)}`,
  );
}
