import { type GateReport, gateReport } from './gate-report.ts';
import { type HoldoutReport, holdoutCount, holdoutReport } from './holdout-report.ts';
import { auc } from './statistics/auc.ts';
import { aucInterval, type ResampleOptions } from './statistics/auc-interval.ts';
import { compareAucs } from './statistics/compare-aucs.ts';
import { credible } from './statistics/credible.ts';
import { liftOfTop } from './statistics/lift.ts';

/** What a model said of leads of whom it is known who bought; for both models in the order of the same leads. */
export interface ModelScores {
  readonly id: string;
  readonly name: string;
  readonly scores: Float64Array;
  /** By when all leads had come that it was learnt from, at the end of a day, in milliseconds since 1970; absent where its file does not say. */
  readonly learntUntil?: number | undefined;
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
  /** The day after which these leads came, such as `2026-10-01`: until then one of the two was learnt. Absent where neither says so. */
  readonly learntUntil?: string;
  readonly champion: ModelQuality;
  readonly challenger: ModelQuality;
  /** How those did whom the challenger scores for real; absent where it has no holdout. */
  readonly holdout?: HoldoutReport;
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

/** A champion and a challenger on leads that both scored. */
export interface Challenge {
  readonly champion: ModelScores;
  readonly challenger: ModelScores;
  /** By lead, 1 or 0. */
  readonly bought: Uint8Array;
  /** The day after which these leads came, as one of the two was learnt until then; absent where neither says so. */
  readonly learntUntil?: string;
  /** By lead, as `holdoutCount` takes it; absent where the challenger scores nobody for real. */
  readonly holdout?: Uint8Array;
}

/**
 * Which of two models tells buyers from others better, by the leads that both scored: the intervals of the two AUCs may well overlap
 * where the difference is certain, for both judge the same leads. Of the differences that are called better or worse at most one in twenty
 * is chance, however many there are. A champion has the same interval beside each challenger of the same leads.
 */
export function compareEach(challenges: readonly Challenge[], options: CompareOptions): Comparison[] {
  const tests = challenges.map(({ champion, challenger, bought }) =>
    compareAucs(challenger.scores, champion.scores, bought),
  );
  const isShown = credible(tests.map(({ p }) => p));
  const holdouts = challenges.map(({ holdout, bought }) => holdout && holdoutCount(holdout, bought));
  const isApart = credible(holdouts.map((each) => each?.p ?? Number.NaN));
  const championQuality = oncePerLeads(options);
  return challenges.map(({ champion, challenger, bought, learntUntil }, place): Comparison => {
    const { difference, low, high, p } = tests[place] ?? UNKNOWN;
    const holdout = holdouts[place];
    return {
      leads: bought.length,
      buyers: bought.reduce((sum, each) => sum + each, 0),
      ...(learntUntil !== undefined && { learntUntil }),
      champion: championQuality(champion, bought),
      challenger: qualityOf(challenger, bought, options),
      ...(holdout !== undefined && { holdout: holdoutReport(holdout, isApart[place] === true) }),
      difference,
      low,
      high,
      p,
      word: isShown[place] !== true ? 'no difference shown' : difference > 0 ? 'better' : 'worse',
    };
  });
}

const UNKNOWN = { difference: Number.NaN, low: Number.NaN, high: Number.NaN, p: Number.NaN };

/** Drawing the interval of an AUC anew would take seconds, and move its ends. */
function oncePerLeads(options: CompareOptions): (model: ModelScores, bought: Uint8Array) => ModelQuality {
  const known: { readonly model: ModelScores; readonly bought: Uint8Array; readonly quality: ModelQuality }[] = [];
  return (model, bought) => {
    const same = known.find((each) => each.model.scores === model.scores && each.bought === bought);
    if (same !== undefined) return same.quality;
    const quality = qualityOf(model, bought, options);
    known.push({ model, bought, quality });
    return quality;
  };
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
