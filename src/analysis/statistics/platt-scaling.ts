import { scoreBlocks, totalOf } from './score-blocks.ts';
import { logistic, smallLogistic } from './small-logistic.ts';

/** Points to probability: the logarithm of the odds of a purchase is `intercept` + `slope` × points. */
export interface PlattScaling {
  readonly intercept: number;
  /** 0 where all have the same points; below 0 where more points mean fewer buyers. */
  readonly slope: number;
}

/**
 * The logistic line through leads whose outcome is known. After J. Platt (1999), a buyer counts as a little less than one purchase and
 * another lead as a little more than none, so that a few leads that points part cleanly claim no certainty.
 */
export function plattScaling(scores: Float64Array, bought: Uint8Array): PlattScaling {
  const { scores: points, buyers, others } = scoreBlocks(scores, bought);
  const allBuyers = totalOf(buyers);
  const allOthers = totalOf(others);
  const ofBuyer = (allBuyers + 1) / (allBuyers + 2);
  const ofOther = 1 / (allOthers + 2);
  const { intercept, slopes } = smallLogistic({
    numbers: [points],
    leads: Float64Array.from(buyers, (count, block) => count + (others[block] ?? 0)),
    hits: Float64Array.from(buyers, (count, block) => count * ofBuyer + (others[block] ?? 0) * ofOther),
  });
  return { intercept, slope: slopes[0] ?? 0 };
}

/** The probability of each lead by a line that was fitted before, on other leads. */
export function scaled({ intercept, slope }: PlattScaling, scores: Float64Array): Float64Array {
  return scores.map((score) => logistic(intercept + slope * score));
}

/** The probability of each lead by the line through these very leads: how good it is must be judged on others. */
export function probabilities(scores: Float64Array, bought: Uint8Array): Float64Array {
  return scaled(plattScaling(scores, bought), scores);
}
