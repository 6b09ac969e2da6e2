import { evenSlices } from './statistics/even-slices.ts';
import { twoSided } from './statistics/normal.ts';
import { scoreBlocks } from './statistics/score-blocks.ts';
import { type LogisticRows, logistic, smallLogistic } from './statistics/small-logistic.ts';

/** How far the points of some leads are off, by how often they bought. */
export interface PointsOff {
  /** They buy as often as other leads of so many points more, or fewer where it is below 0. */
  readonly points: number;
  /** The standard error of that. */
  readonly error: number;
  /** How likely chance alone puts them as far off. */
  readonly p: number;
}

/** Undefined where the leads are too few to tell, or nearly all there are. */
export type PointsOffReader = (leads: Uint32Array) => PointsOff | undefined;

/** Below so many expected buyers or others, what is normal for many leads does not hold. */
const LEAST_EXPECTED = 5;

/**
 * Whether leads that have something in common buy as often as others with their points do: what a criterion is worth beside all others.
 * How often its leads buy by themselves would credit it with whatever else holds for them. That is a logistic regression on the points
 * and on having that in common. Undefined where more points do not mean more buyers.
 */
export function pointsOffReader(scores: Float64Array, bought: Uint8Array): PointsOffReader | undefined {
  const blocks = scoreBlocks(coarse(scores, bought), bought);
  const sizes = Float64Array.from(blocks.buyers, (count, block) => count + (blocks.others[block] ?? 0));
  const buyers = Float64Array.from(blocks.buyers);
  const line = smallLogistic({ numbers: [blocks.scores], leads: sizes, hits: buyers });
  const slope = line.slopes[0] ?? 0;
  if (!line.converged || slope <= 0) return undefined;
  const chances = blocks.scores.map((score) => logistic(line.intercept + slope * score));
  const whole = momentsOf(sizes, chances, blocks.scores);

  return (leads) => {
    const own = new Float64Array(sizes.length);
    const ownBuyers = new Float64Array(sizes.length);
    for (const lead of leads) {
      const block = blocks.blockOf[lead] ?? 0;
      own[block] = (own[block] ?? 0) + 1;
      ownBuyers[block] = (ownBuyers[block] ?? 0) + (bought[lead] ?? 0);
    }
    const expected = own.reduce((sum, count, block) => sum + count * (chances[block] ?? 0), 0);
    if (expected < LEAST_EXPECTED || leads.length - expected < LEAST_EXPECTED) return undefined;
    const variance = varianceBeside(momentsOf(own, chances, blocks.scores), whole);
    if (variance < LEAST_EXPECTED / 10) return undefined;
    const beside = smallLogistic(parted(blocks.scores, { sizes, buyers, own, ownBuyers, expected }));
    const [perPoint = 0, apart = 0] = beside.slopes;
    if (!beside.converged || perPoint <= 0) return undefined;
    const missed = ownBuyers.reduce((sum, count) => sum + count, 0) - expected;
    return {
      points: apart / perPoint,
      error: (beside.errors[1] ?? 0) / perPoint,
      // The test of Rao: unlike the two above it needs no fit that a few leads could lead astray.
      p: twoSided(missed / Math.sqrt(variance)),
    };
  };
}

/** More different scores than this change nothing, and take long. */
const MOST_SCORES = 500;

/** The same scores, or where too many are different, the middle of those nearest to each. */
function coarse(scores: Float64Array, bought: Uint8Array): Float64Array {
  const blocks = scoreBlocks(scores, bought);
  if (blocks.scores.length <= MOST_SCORES) return scores;
  const middles = new Float64Array(blocks.scores.length);
  for (const { first, last } of evenSlices(blocks, MOST_SCORES)) {
    middles.fill(((blocks.scores[first] ?? 0) + (blocks.scores[last] ?? 0)) / 2, first, last + 1);
  }
  return scores.map((_, lead) => middles[blocks.blockOf[lead] ?? 0] ?? 0);
}

interface Parts {
  readonly sizes: Float64Array;
  readonly buyers: Float64Array;
  readonly own: Float64Array;
  readonly ownBuyers: Float64Array;
  readonly expected: number;
}

/** The leads by score, those in question after the others, and one more of them who buys as expected: it keeps the fit from infinity where all of them bought. */
function parted(scores: Float64Array, { sizes, buyers, own, ownBuyers, expected }: Parts): LogisticRows {
  const count = own.reduce((sum, each) => sum + each, 0);
  const mean = own.reduce((sum, each, block) => sum + each * (scores[block] ?? 0), 0) / count;
  const less = (all: Float64Array, part: Float64Array) => all.map((each, block) => each - (part[block] ?? 0));
  const isOwn = new Float64Array(2 * scores.length + 1).fill(1, scores.length);
  return {
    numbers: [Float64Array.from([...scores, ...scores, mean]), isOwn],
    leads: Float64Array.from([...less(sizes, own), ...own, 1]),
    hits: Float64Array.from([...less(buyers, ownBuyers), ...ownBuyers, expected / count]),
  };
}

interface Moments {
  readonly zero: number;
  readonly one: number;
  readonly two: number;
}

function momentsOf(counts: Float64Array, chances: Float64Array, scores: Float64Array): Moments {
  let [zero, one, two] = [0, 0, 0];
  for (const [block, count] of counts.entries()) {
    const chance = chances[block] ?? 0;
    const weight = count * chance * (1 - chance);
    const score = scores[block] ?? 0;
    zero += weight;
    one += weight * score;
    two += weight * score * score;
  }
  return { zero, one, two };
}

/** How much the buyers among some leads vary by chance once the line, which was fitted on them too, has had its part of it. */
function varianceBeside(part: Moments, whole: Moments): number {
  const middle = whole.one / whole.zero;
  const spread = whole.two - whole.one * middle;
  const lean = part.one - part.zero * middle;
  const bySlope = spread > 0 ? (lean * lean) / spread : 0;
  return part.zero - (part.zero * part.zero) / whole.zero - bySlope;
}
