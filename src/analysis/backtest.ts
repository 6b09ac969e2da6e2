import { asTodayWarning } from './as-today.ts';
import { backtestWarnings } from './backtest-warnings.ts';
import { type BandRow, conversionByBand, conversionByGrade, type GradeRow } from './bands.ts';
import { enoughData } from './enough-data.ts';
import { type GateReport, gateReport } from './gate-report.ts';
import type { History } from './history.ts';
import { type ColumnFacts, type LeaveOut, leakageOf } from './leakage.ts';
import { type ProbabilityReport, probabilityReport } from './probability-report.ts';
import { sourceFacts } from './source-facts.ts';
import { auc } from './statistics/auc.ts';
import { aucInterval, type ResampleOptions } from './statistics/auc-interval.ts';
import { ks } from './statistics/ks.ts';
import { bestLiftOfTop, liftOfTop } from './statistics/lift.ts';
import { type CriterionVerdict, verdictsOf } from './verdicts.ts';

export interface BacktestOptions extends ResampleOptions {
  /** From 0 to below 1: of one seed, so that the same history gives the same figures. */
  readonly random: () => number;
  /** By lead, 1 where the model would have passed it on to sales. */
  readonly sent?: Uint8Array;
  /** By lead, 1 where it would have done so then or at any time before. */
  readonly ever?: Uint8Array | undefined;
  /** By lead, such as `B2`. */
  readonly grades?: readonly string[];
  /** What is known of the columns or fields that the scores rest on, beside the features; nothing when absent. */
  readonly columns?: readonly ColumnFacts[];
  /** What they would be left out of: the model when absent. */
  readonly leaveOut?: LeaveOut;
}

/** How good scores are, on leads of whom it is known who bought. Shares and rates are from 0 to 1. */
export interface BacktestReport {
  readonly leads: number;
  readonly buyers: number;
  /** The share of all leads that bought: what every rate below is to be held against. */
  readonly baseRate: number;
  readonly auc: number;
  /** Where the AUC lies with 95% certainty. */
  readonly aucLow: number;
  readonly aucHigh: number;
  readonly ks: number;
  /** How many times as often the best tenth, or fifth, bought as all leads. */
  readonly liftTop10: number;
  readonly liftTop20: number;
  /** What the lift of the best tenth would be if all in it, or all buyers, were buyers: the base rate limits it. */
  readonly liftTop10Best: number;
  /** Absent where no gate was asked about. */
  readonly gate?: GateReport;
  /** The best band first. */
  readonly bands: readonly BandRow[];
  /** `A1` first; empty where the scores have no grades. */
  readonly grades: readonly GradeRow[];
  readonly probability: ProbabilityReport;
  /** In the order of the features. */
  readonly criteria: readonly CriterionVerdict[];
  /** What would mislead a reader of the figures alone, in sentences. */
  readonly warnings: readonly string[];
}

/**
 * Says how good scores are by who bought. They are taken to be what the leads had before: scores of a model that was fitted on these very
 * leads must come from a cross-validation, or they look better than they are.
 * @throws ConfigError where there are too few buyers, or too few others.
 */
export function backtest(history: History, scores: Float64Array, options: BacktestOptions): BacktestReport {
  const { bought } = history;
  const { random, resamples, sent, ever, grades, columns, leaveOut = 'model' } = options;
  const rough = enoughData(bought);
  const buyers = bought.reduce((sum, each) => sum + each, 0);
  const baseRate = buyers / bought.length;
  const { low: aucLow, high: aucHigh } = aucInterval(
    scores,
    bought,
    random,
    resamples === undefined ? {} : { resamples },
  );
  const report = {
    leads: bought.length,
    buyers,
    baseRate,
    auc: auc(scores, bought),
    aucLow,
    aucHigh,
    ks: ks(scores, bought),
    liftTop10: liftOfTop(scores, bought, 0.1),
    liftTop20: liftOfTop(scores, bought, 0.2),
    liftTop10Best: bestLiftOfTop(baseRate, 0.1),
    ...(sent !== undefined && { gate: gateReport(sent, bought, ever) }),
    bands: conversionByBand(scores, bought),
    grades: grades === undefined ? [] : conversionByGrade(grades, bought),
    probability: probabilityReport(history, scores, random),
    criteria: verdictsOf(history, scores),
  };
  const leaks = leakageOf([...(columns ?? []), ...sourceFacts(history)], leaveOut);
  const unknown = asTodayWarning(history.features, 'verdicts');
  return { ...report, warnings: [...rough, ...leaks, ...unknown, ...backtestWarnings(history, scores, report)] };
}
