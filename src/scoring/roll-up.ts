import { roundHalfAway } from './rounding.ts';

/** How the scores of one company's people make one score of the company. */
export interface AccountRule {
  /** Which score of its people is rolled up. */
  readonly of: 'total' | 'fit' | 'engagement';
  readonly rollUp: 'max' | 'average' | { readonly sumOfTop: number };
}

/** The score of an account, a whole number, from those of its people; 0 where it has none. Halves go away from 0. */
export function rollUp({ rollUp }: AccountRule, scores: readonly number[]): number {
  if (scores.length === 0) return 0;
  if (rollUp === 'max') return scores.reduce((best, score) => Math.max(best, score));
  if (rollUp === 'average') return roundHalfAway(sum(scores) / scores.length);
  return sum(scores.toSorted((one, other) => other - one).slice(0, rollUp.sumOfTop));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
