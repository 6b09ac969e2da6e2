import type { CompiledModel } from '../scoring/compiled-model.ts';
import type { DimensionName, Score } from '../scoring/score.ts';

/** A gate on the way to MQL that is not passed. */
export interface GateGap {
  readonly dimension: DimensionName;
  readonly score: number;
  readonly gate: number;
}

export function gateGaps(model: CompiledModel, score: Score): GateGap[] {
  const dimensions: readonly DimensionName[] = ['fit', 'engagement'];
  return dimensions
    .map((dimension) => ({ dimension, score: score[dimension], gate: model.gates[dimension] }))
    .filter(({ score, gate }) => score < gate);
}

/** Whether the model itself rules the lead out, and no person says otherwise. */
export const isRuledOut = ({ override, disqualifications }: Score): boolean =>
  override === undefined && disqualifications.length > 0;

/** What rules the lead out, each once. */
export const whyRuledOut = ({ disqualifications }: Score): readonly string[] => [
  ...new Set(disqualifications.map(({ why }) => why)),
];

/** `ready for sales`, `not for sales`: what a person decided. */
export const handText = (override: NonNullable<Score['override']>): string =>
  override === 'qualified' ? 'ready for sales' : 'not for sales';

/** Everything that keeps the lead from being an MQL, a line each; empty for one that is. */
export function whyNotMql(model: CompiledModel, score: Score): string[] {
  if (score.mql) return [];
  if (score.override === 'disqualified') return [`set by hand: ${handText(score.override)}`];
  return [
    ...whyRuledOut(score).map((why) => `ruled out: ${why}`),
    ...gateGaps(model, score).map(gapText),
    ...score.missingRequired.map(missingText),
  ];
}

export const gapText = ({ dimension, score, gate }: GateGap): string =>
  `${dimension} is ${score} and must be ${gate}: ${gate - score} more`;

export const missingText = (field: string): string => `the field ${field} is empty`;
