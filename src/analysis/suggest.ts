import type { LeftOut } from './candidates.ts';
import { type ChosenPoints, choosePoints, scoreBy } from './choose-points.ts';
import { type DimensionScores, dimensionScores } from './dimension-scores.ts';
import { enoughData } from './enough-data.ts';
import type { Feature, History } from './history.ts';
import { logOddsOf } from './points.ts';
import type { Way } from './select-features.ts';
import { auc } from './statistics/auc.ts';
import { aucInterval } from './statistics/auc-interval.ts';
import { crossValidate } from './statistics/cross-validate.ts';
import { countHolding, type Design, designOf, upTo } from './statistics/design.ts';
import { partsOf, stratifiedFolds } from './statistics/folds.ts';
import type { Interval } from './statistics/interval.ts';
import { wilson } from './statistics/wilson.ts';

/** For how many leads a feature holds, and what became of them. */
interface Counted {
  readonly feature: Feature;
  readonly leads: number;
  readonly buyers: number;
  /** The share that bought, from 0 to 1, lies between these two. */
  readonly conversion: Interval;
}

export interface SuggestedCriterion extends Counted {
  /** A whole number other than 0; +10 double the odds that a lead buys. */
  readonly points: number;
  /** Where the points lie, as far as this history can tell; whole numbers too. */
  readonly interval: Interval;
}

export interface LeftOutFeature extends Counted {
  readonly why: LeftOut;
}

/** What was learnt from all leads but these. */
export interface FoldModel {
  readonly tested: Uint32Array;
  /** By feature of the history. */
  readonly points: Int32Array;
}

/** What a history suggests to score by. */
export interface Suggestion {
  readonly leads: number;
  readonly buyers: number;
  /** In the order of the history's features. */
  readonly criteria: readonly SuggestedCriterion[];
  readonly leftOut: readonly LeftOutFeature[];
  /** Cross-validated, of whole points, with all choices made anew in each fold. */
  readonly auc: number;
  readonly aucLow: number;
  readonly aucHigh: number;
  readonly folds: number;
  readonly way: Way;
  /** Such as that there is little to learn from. */
  readonly warnings: readonly string[];
  /** What the criteria give to each lead of the history. */
  readonly scores: DimensionScores;
  /** What each part of the leads was tested by, which others had been learnt from; all together test each lead once. */
  readonly foldModels: readonly FoldModel[];
}

export interface SuggestOptions {
  /** From 0 to below 1. The same numbers, the same suggestion. */
  readonly random: () => number;
  /** 10 when absent. */
  readonly folds?: number;
  /** Told how many of so many steps are done. */
  readonly onProgress?: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Points that are worth giving, by L2 logistic regression. Takes about a minute for 200,000 leads with 200 features; other work gets
 * its turn between two steps.
 * @throws ConfigError where there is too little to learn from.
 * @throws the signal's reason once it is aborted.
 */
export async function suggest(history: History, options: SuggestOptions): Promise<Suggestion> {
  const { random, folds = 10, onProgress, signal } = options;
  const { bought, features } = history;
  const warnings = enoughData(bought);
  const design = designOf(history);

  const models: ChosenPoints[] = [];
  const foldOf = stratifiedFolds(bought, folds, random);
  const comparable = await crossValidate(history, foldOf, (train, fold) => {
    signal?.throwIfAborted();
    onProgress?.(fold, folds + 1);
    const model = choosePoints(design, features, train, random);
    models.push(model);
    // Each fold has its own 0: what a lead without a point has. On the scale of log odds all of them can be ranked as one.
    return (lead) => model.intercept + logOddsOf(scoreBy(model.points, design, lead));
  });
  signal?.throwIfAborted();
  onProgress?.(folds, folds + 1);
  const all = upTo(bought.length);
  const chosen = choosePoints(design, features, all, random);
  const { low: aucLow, high: aucHigh } = aucInterval(comparable, bought, random);
  onProgress?.(folds + 1, folds + 1);
  return {
    leads: bought.length,
    buyers: bought.reduce((sum, one) => sum + one, 0),
    ...criteriaOf(chosen, features, design, all),
    auc: auc(comparable, bought),
    aucLow,
    aucHigh,
    folds,
    way: chosen.way,
    warnings: chosen.points.some((points) => points !== 0) ? warnings : [...warnings, NOTHING],
    scores: dimensionScores(chosen.points, history),
    foldModels: models.map(({ points }, fold) => ({ tested: partsOf(foldOf, fold).test, points })),
  };
}

const NOTHING = 'Nothing was found that tells buyers from others: there are no points to suggest.';

function criteriaOf(
  { points, intervals, leftOut }: ChosenPoints,
  features: readonly Feature[],
  design: Design,
  all: Uint32Array,
): Pick<Suggestion, 'criteria' | 'leftOut'> {
  const holding = countHolding(design, all);
  const counted = features.map((feature, index): Counted => {
    const [leads, buyers] = [holding.leads[index] ?? 0, holding.buyers[index] ?? 0];
    return { feature, leads, buyers, conversion: wilson(buyers, leads) };
  });
  return {
    criteria: counted.flatMap((one, index) => {
      const given = points[index] ?? 0;
      const interval = intervals.get(index);
      return given === 0 || interval === undefined ? [] : { ...one, points: given, interval };
    }),
    leftOut: counted.flatMap((one, index) => {
      const why = leftOut[index];
      return why === undefined ? [] : { ...one, why };
    }),
  };
}
