import { type GateReport, gateReport } from './gate-report.ts';
import { auc } from './statistics/auc.ts';
import { aucInterval, type ResampleOptions } from './statistics/auc-interval.ts';
import { compareAucs } from './statistics/compare-aucs.ts';
import { liftOfTop } from './statistics/lift.ts';

/** What a model said of leads of whom it is known who bought; for both models in the order of the same leads. */
export interface ModelScores {
  readonly id: string;
  readonly name: string;
  readonly scores: Float64Array;
  /** By lead, 1 where the model would have passed it on to sales. */
  readonly sent: Uint8Array;
}

/** How good one of the two is. */
export interface ModelQuality {
  readonly model: string;
  readonly name: string;
  readonly auc: number;
  /** Where the AUC lies with 95% certainty. */
  readonly aucLow: number;
  readonly aucHigh: number;
  /** How many times as often the best tenth, or fifth, bought as all leads. */
  readonly liftTop10: number;
  readonly liftTop20: number;
  /** Whom sales would have been given. */
  readonly gate: GateReport;
}

/** What is shown of the challenger. */
export type ComparisonWord = 'better' | 'worse' | 'no difference shown';

/** A champion and its challenger on the same leads. Shares and rates are from 0 to 1. */
export interface Comparison {
  readonly leads: number;
  readonly buyers: number;
  readonly champion: ModelQuality;
  readonly challenger: ModelQuality;
  /** The AUC of the challenger less that of the champion, and where that lies with 95% certainty. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** How likely chance alone makes as large a difference, either way, between two models that are equally good. */
  readonly p: number;
  readonly word: ComparisonWord;
}

export interface CompareOptions extends ResampleOptions {
  /** From 0 to below 1: of one seed, so that the same leads give the same figures. */
  readonly random: () => number;
}

/** Less likely than this by chance, a difference counts as shown. */
const CHANCE = 0.05;

/**
 * Which of two models tells buyers from others better, by the leads that both scored: the intervals of the two AUCs may well overlap
 * where the difference is certain, for both judge the same leads.
 */
export function compareScores(
  champion: ModelScores,
  challenger: ModelScores,
  bought: Uint8Array,
  options: CompareOptions,
): Comparison {
  const { difference, low, high, p } = compareAucs(challenger.scores, champion.scores, bought);
  return {
    leads: bought.length,
    buyers: bought.reduce((sum, each) => sum + each, 0),
    champion: qualityOf(champion, bought, options),
    challenger: qualityOf(challenger, bought, options),
    difference,
    low,
    high,
    p,
    word: wordOf(difference, p),
  };
}

/** NaN, where there are too few buyers to tell, shows nothing. */
function wordOf(difference: number, p: number): ComparisonWord {
  if (!(p < CHANCE)) return 'no difference shown';
  return difference > 0 ? 'better' : 'worse';
}

function qualityOf(
  { id, name, scores, sent }: ModelScores,
  bought: Uint8Array,
  { random, resamples }: CompareOptions,
): ModelQuality {
  const { low, high } = aucInterval(scores, bought, random, resamples === undefined ? {} : { resamples });
  return {
    model: id,
    name,
    auc: auc(scores, bought),
    aucLow: low,
    aucHigh: high,
    liftTop10: liftOfTop(scores, bought, 0.1),
    liftTop20: liftOfTop(scores, bought, 0.2),
    gate: gateReport(sent, bought),
  };
}
