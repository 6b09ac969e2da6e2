import type { Backtested } from './backtest-csv.ts';
import { isoTime } from './print.ts';

/** A backtest for programs. Shares, rates and probabilities are from 0 to 1; the bands begin with the best. */
export function backtestJson({ report, warnings, unscored }: Backtested): object {
  const probability = { ...report.probability, judgedFrom: isoTime(report.probability.judgedFrom) };
  return { ...report, probability, unscored, warnings };
}
