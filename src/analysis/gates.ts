import { type Aim, judgeOf, leadsPerWeek, type Passing } from './aim.ts';
import { asksActivity } from './asks-activity.ts';
import { bestGates, countPassing, type Gates } from './best-gates.ts';
import { dimensionScores } from './dimension-scores.ts';
import type { History } from './history.ts';
import { upTo } from './statistics/design.ts';
import { complement } from './statistics/folds.ts';
import type { Suggestion } from './suggest.ts';

/** The least of each dimension that makes a lead an MQL, base points included, and whom these gates let pass. */
export interface SuggestedGates extends Gates, Passing {
  /** What everybody begins with, as in other scorecards: no gate of a model may lie below 0, and many a lead does. Mostly 0. */
  readonly base: Gates;
  readonly aim: Aim;
  /** Dimensions whose gate keeps nobody out. */
  readonly open: readonly ('fit' | 'engagement')[];
  /** Who passes no gates: a field is missing that the model requires, or a criterion rules the lead out. */
  readonly barred: { readonly leads: number; readonly buyers: number };
  /** Whether points fade, so that more leads pass at some time than at the one at which each is looked at. */
  readonly coolsOff: boolean;
  /** What is to be expected of leads to come: each was judged by points and gates that were both chosen without it. */
  readonly expected: Passing;
}

/**
 * Of all pairs of gates the one that comes nearest to the aim.
 * @throws ConfigError where leads a week are asked for, and the history does not tell when its leads were.
 */
export function gatesFor(
  aim: Aim,
  { scores, foldModels }: Pick<Suggestion, 'scores' | 'foldModels'>,
  history: History,
): SuggestedGates {
  const perWeek = leadsPerWeek(history);
  const all = upTo(history.bought.length);
  const judge = judgeOf(aim, choiceOf(all, history, perWeek));
  const { gates, lowest, passing } = bestGates(judge, scores, history, all);
  const base = { fit: baseFor(gates.fit, lowest.fit), engagement: baseFor(gates.engagement, lowest.engagement) };
  const expected = { leads: 0, buyers: 0 };
  for (const { points, tested } of foldModels) {
    const learntFrom = complement(tested, history.bought.length);
    const own = dimensionScores(points, history);
    const ownJudge = judgeOf(aim, choiceOf(learntFrom, history, perWeek));
    const chosen = bestGates(ownJudge, own, history, learntFrom);
    const { leads, buyers } = countPassing(chosen.gates, own, history, tested);
    expected.leads += leads;
    expected.buyers += buyers;
  }
  return {
    ...passing,
    fit: gates.fit + base.fit,
    engagement: gates.engagement + base.engagement,
    base,
    aim,
    open: (['fit', 'engagement'] as const).filter((dimension) => gates[dimension] <= lowest[dimension]),
    barred: countBarred(history),
    coolsOff: history.features.some(({ when }) => asksActivity(when)),
    expected: judge.passing(expected.leads, expected.buyers),
  };
}

function choiceOf(leads: Uint32Array, { bought }: Pick<History, 'bought'>, perWeek: number | undefined) {
  let buyers = 0;
  for (const lead of leads) buyers += bought[lead] ?? 0;
  return { leads: leads.length, buyers, perWeek };
}

function countBarred({ bought, barred }: Pick<History, 'bought' | 'barred'>): SuggestedGates['barred'] {
  let [leads, buyers] = [0, 0];
  for (const [lead, isBarred] of barred?.entries() ?? []) {
    leads += isBarred;
    buyers += isBarred * (bought[lead] ?? 0);
  }
  return { leads, buyers };
}

/** Enough to lift the gate above 0, where leads lie below 0 and it is no higher. */
function baseFor(gate: number, lowest: number): number {
  return gate > 0 || lowest >= 0 ? 0 : (Math.floor(-gate / ROUND) + 1) * ROUND;
}

/** Of base points. */
const ROUND = 5;
