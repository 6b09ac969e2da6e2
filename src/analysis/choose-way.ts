import type { Feature } from './history.ts';
import { signsOf, thinned, type Way } from './select-features.ts';
import type { Design } from './statistics/design.ts';
import { fitLogistic, type LogisticFit } from './statistics/fit-logistic.ts';
import { stratifiedFolds, stratifiedSample } from './statistics/folds.ts';
import { lossOf } from './statistics/logistic-loss.ts';

/** A weight is taken to lie within about 1.4, 0.7, 0.35 or 0.18 of 0, in log odds: 20, 10, 5 or 3 points. */
const STRENGTHS = [0.5, 2, 8, 32];
/** The strictest first: of ten thousand features of no meaning one passes, or ten, or a hundred. */
const CUTS = [3.89, 3.29, 2.58];
/** So many buyers, and as many others, show whatever matters to the strictest. */
const PLENTY = 2_000;
const FOLDS = 3;
/** How strictly to choose can be told from some; that keeps 200,000 leads within a minute. */
const MOST_LEADS = 20_000;

/**
 * How to learn from these leads, tried out on parts of them that were not learnt from: for each strictness the strength with the
 * least loss; and the strictest of them, unless another is better by more than a standard error, so that what does not pay its
 * way stays out.
 */
export function chooseWay(
  design: Design,
  features: readonly Feature[],
  candidates: Uint32Array,
  all: Uint32Array,
  random: () => number,
): Way {
  const leads = stratifiedSample(all, design.bought, MOST_LEADS, random);
  const cuts = isPlenty(all, design.bought) ? CUTS.slice(0, 1) : CUTS;
  const outcomes = Uint8Array.from(leads, (lead) => design.bought[lead] ?? 0);
  const foldOf = stratifiedFolds(outcomes, FOLDS, random);
  const ways = cuts.flatMap((cut) => STRENGTHS.map((l2) => ({ cut, l2, losses: new Float64Array(leads.length) })));
  for (let fold = 0; fold < FOLDS; fold++) {
    const train = leads.filter((_, place) => foldOf[place] !== fold);
    let start: LogisticFit | undefined;
    for (const l2 of STRENGTHS) {
      const options = { l2, leads: train, features: candidates, signs: signsOf(features) };
      const whole = fitLogistic(design, start === undefined ? options : { ...options, start });
      start = whole;
      let fit = whole;
      // What the looser cut took out, the stricter one would too.
      for (const { cut, losses } of ways.filter((way) => way.l2 === l2).reverse()) {
        fit = thinned(design, features, cut, options, fit);
        for (let place = 0; place < leads.length; place++) {
          if (foldOf[place] !== fold) continue;
          losses[place] = lossOf(logOddsBy(fit, design, leads[place] ?? 0), outcomes[place] ?? 0);
        }
      }
    }
  }
  const { cut, l2 } = simplest(cuts.map((cut) => leastLoss(ways.filter((way) => way.cut === cut))));
  return { cut, l2 };
}

function logOddsBy({ intercept, weights }: LogisticFit, { starts, holding }: Design, lead: number): number {
  let sum = intercept;
  const to = starts[lead + 1] ?? 0;
  for (let at = starts[lead] ?? 0; at < to; at++) sum += weights[holding[at] ?? 0] ?? 0;
  return sum;
}

interface Tried extends Way {
  /** By lead. */
  readonly losses: Float64Array;
}

function isPlenty(leads: Uint32Array, bought: Uint8Array): boolean {
  let buyers = 0;
  for (const lead of leads) buyers += bought[lead] ?? 0;
  return Math.min(buyers, leads.length - buyers) >= PLENTY;
}

/** @param ways the simplest first. */
function simplest(ways: readonly Tried[]): Way {
  const best = leastLoss(ways);
  return ways.find(({ losses }) => isAsGood(losses, best.losses)) ?? best;
}

function leastLoss(ways: readonly Tried[]): Tried {
  return ways.reduce((least, way) => (sum(way.losses) < sum(least.losses) ? way : least));
}

/** Whether the first loses no more than chance explains, lead by lead. */
function isAsGood(losses: Float64Array, best: Float64Array): boolean {
  const more = losses.map((loss, place) => loss - (best[place] ?? 0));
  const mean = sum(more) / more.length;
  const variance = more.reduce((total, one) => total + (one - mean) ** 2, 0) / Math.max(more.length - 1, 1);
  return mean <= Math.sqrt(variance / more.length);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
