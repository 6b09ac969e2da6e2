import type { History } from './history.ts';
import { type SplitToJudge, splitToJudge } from './split-to-judge.ts';
import { brier } from './statistics/brier.ts';
import { type CalibrationRow, calibration } from './statistics/calibration.ts';
import { sensibleSlices } from './statistics/even-slices.ts';
import { plattScaling, scaled } from './statistics/platt-scaling.ts';

/** What points say as a probability: a line is fitted on some leads and judged on others. */
export interface ProbabilityReport extends Pick<SplitToJudge, 'by' | 'judgedFrom'> {
  /** How many leads the line was fitted on, and on how many it was judged. */
  readonly fitted: number;
  readonly judged: number;
  /** The logarithm of the odds is `intercept` + `slope` × points. */
  readonly intercept: number;
  readonly slope: number;
  /** The score of Brier: lower is better. */
  readonly brier: number;
  /** The same of giving every lead the rate of those that the line was fitted on: what it must be held against. */
  readonly brierOfBaseRate: number;
  /** From the least likely up. */
  readonly calibration: readonly CalibrationRow[];
}

export function probabilityReport(
  history: Pick<History, 'bought' | 'at'>,
  scores: Float64Array,
  random: () => number,
): ProbabilityReport {
  const { fitted, judged, ...split } = splitToJudge(history, random);
  const scoresOf = (leads: Uint32Array) => Float64Array.from(leads, (lead) => scores[lead] ?? Number.NaN);
  const outcomesOf = (leads: Uint32Array) => Uint8Array.from(leads, (lead) => history.bought[lead] ?? 0);
  const line = plattScaling(scoresOf(fitted), outcomesOf(fitted));
  const bought = outcomesOf(judged);
  const probabilities = scaled(line, scoresOf(judged));
  const buyers = buyersIn(bought);
  const baseRate = buyersIn(outcomesOf(fitted)) / fitted.length;
  return {
    ...split,
    fitted: fitted.length,
    judged: judged.length,
    intercept: line.intercept,
    slope: line.slope,
    brier: brier(probabilities, bought),
    brierOfBaseRate: brier(new Float64Array(bought.length).fill(baseRate), bought),
    calibration: calibration(probabilities, bought, sensibleSlices(buyers, bought.length - buyers)),
  };
}

function buyersIn(bought: Uint8Array): number {
  return bought.reduce((sum, each) => sum + each, 0);
}
