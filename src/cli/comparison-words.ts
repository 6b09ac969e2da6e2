import type { HoldoutReport } from '../analysis/holdout-report.ts';

/** What no comparison on such a history can undo. */
export const IN_USE =
  'Sales called whom the model in use passed on, and some bought for that: this favours whichever of the two was in use. What a holdout ' +
  'brings is free of it.';

/** `p 0.012`. */
export function chanceText(p: number): string {
  return `p ${p < 0.001 ? 'below 0.001' : p.toFixed(3)}`;
}

/** What is shown of a holdout, and what to bear in mind. */
export function holdoutSentence({ word, p }: HoldoutReport): string {
  const shown =
    word === 'no difference shown'
      ? `No difference shown between holdout and outside (${chanceText(p)}).`
      : `In the holdout leads bought ${word} than outside (${chanceText(p)}).`;
  return `${shown} Leads of before there was a holdout are on both sides, so that it makes more of a difference than is seen here.`;
}
