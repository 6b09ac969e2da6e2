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

/** Everything that keeps the lead from being an MQL, a line each; empty for one that is. */
export function whyNotMql(model: CompiledModel, score: Score): string[] {
  return [
    ...gateGaps(model, score).map(
      ({ dimension, score, gate }) => `${dimension} is ${score} and must be ${gate}: ${gate - score} more`,
    ),
    ...score.missingRequired.map((field) => `the field ${field} is empty`),
  ];
}
