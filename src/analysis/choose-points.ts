import { type LeftOut, screen } from './candidates.ts';
import { chooseWay } from './choose-way.ts';
import type { Feature } from './history.ts';
import { logOddsOf, pointsOf } from './points.ts';
import { selectFeatures, signsOf, type Way } from './select-features.ts';
import { credible } from './statistics/credible.ts';
import type { Design } from './statistics/design.ts';
import { standardErrors } from './statistics/eliminate.ts';
import { fitLogistic, type LogisticFit } from './statistics/fit-logistic.ts';
import { type Interval, Z_95 } from './statistics/interval.ts';
import { twoSided } from './statistics/normal.ts';

/** Whole points learnt from some leads, and nothing else than them. */
export interface ChosenPoints {
  /** By feature; 0 for those that get none. */
  readonly points: Int32Array;
  /** By feature with points, where they lie as far as such a history can tell. */
  readonly intervals: ReadonlyMap<number, Interval>;
  /** By feature, why it gets none. */
  readonly leftOut: readonly (LeftOut | undefined)[];
  /** Log odds of a lead without a point. */
  readonly intercept: number;
  readonly way: Way;
}

/** Chooses which features get points and how many, with all that is chosen on the way: what is cross-validated is this, whole. */
export function choosePoints(
  design: Design,
  features: readonly Feature[],
  leads: Uint32Array,
  random: () => number,
): ChosenPoints {
  const leftOut = screen(design, features, leads);
  const candidates = Uint32Array.from(leftOut.flatMap((why, index) => (why === undefined ? index : [])));
  const way = chooseWay(design, features, candidates, leads, random);
  const fit = selectFeatures(design, features, way, { leads, features: candidates });

  const points = new Int32Array(features.length);
  for (const feature of fit.free) points[feature] = pointsOf(fit.weights[feature] ?? 0);
  for (const feature of candidates) {
    if (points[feature] === 0) leftOut[feature] = fit.free.includes(feature) ? 'small' : 'unsure';
  }
  for (const feature of againstSign(design, features, leads, leftOut, fit)) leftOut[feature] = 'sign';
  return { points, intervals: intervalsOf(fit), leftOut, intercept: interceptOf(design, points, leads), way };
}

function intervalsOf(fit: LogisticFit): ChosenPoints['intervals'] {
  const errors = standardErrors(fit);
  return new Map(
    [...fit.free].map((feature, place) => {
      const weight = fit.weights[feature] ?? 0;
      const reach = Z_95 * (errors[place] ?? 0);
      return [feature, { low: pointsOf(weight - reach), high: pointsOf(weight + reach) }];
    }),
  );
}

/** What is left out although it would get points, were its sign not held; only where chance is ruled out, given how many signs are held. */
function againstSign(
  design: Design,
  features: readonly Feature[],
  leads: Uint32Array,
  leftOut: readonly (LeftOut | undefined)[],
  fit: LogisticFit,
): Uint32Array {
  const signs = signsOf(features);
  const looked = Uint32Array.from(
    leftOut.flatMap((why, index) => (why === undefined || why === 'unsure' ? index : [])),
  );
  const out = looked.filter((feature) => leftOut[feature] === 'unsure' && signs[feature] !== 0);
  if (out.length === 0) return out;
  const kept = looked.filter((feature) => leftOut[feature] === undefined || out.includes(feature));
  const turned = selectFeatures(
    design,
    features.map(({ held: _, ...feature }) => feature),
    { l2: 1, cut: Z_95 },
    { leads, features: kept, start: fit },
  );
  const errors = standardErrors(turned);
  const chances = new Map(
    [...turned.free].map((feature, place) => {
      const deviations = (turned.weights[feature] ?? 0) / (errors[place] ?? 0);
      // That far on the other side.
      return [feature, (signs[feature] ?? 0) * deviations < 0 ? twoSided(deviations) / 2 : 1];
    }),
  );
  const held = looked.filter((feature) => signs[feature] !== 0);
  const denied = credible([...held].map((feature) => chances.get(feature) ?? 1));
  return held.filter((feature, place) => denied[place] === true && out.includes(feature));
}

/** Anew for the points as they were rounded. */
function interceptOf(design: Design, points: Int32Array, leads: Uint32Array): number {
  const offset = new Float64Array(design.bought.length);
  for (const lead of leads) offset[lead] = logOddsOf(scoreBy(points, design, lead));
  return fitLogistic(design, { l2: 0, leads, features: new Uint32Array(), offset }).intercept;
}

/** What a lead scores. */
export function scoreBy(points: Int32Array, { starts, holding }: Design, lead: number): number {
  let sum = 0;
  const to = starts[lead + 1] ?? 0;
  for (let at = starts[lead] ?? 0; at < to; at++) sum += points[holding[at] ?? 0] ?? 0;
  return sum;
}
