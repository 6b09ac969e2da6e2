import { type Conversion, conversionOf } from './conversion.ts';
import type { Feature, History } from './history.ts';
import { type PointsOff, pointsOffReader } from './points-off.ts';
import { credible } from './statistics/credible.ts';
import { fisher } from './statistics/fisher.ts';
import { verdictText } from './verdict-text.ts';

/** What the history says of the sign of a criterion's points. */
export type Verdict = 'confirmed' | 'doubtful' | 'denied';
/** What it says of their number, beside all other criteria. */
export type Weight = 'fits' | 'too much' | 'too little' | 'unclear';

export interface CriterionVerdict {
  readonly id: string;
  readonly name: string;
  /** Absent where the model has none for it. */
  readonly points?: number;
  /** What it gives those for whom it holds in the mean, where that is not its points: for each time, in bands, or faded. */
  readonly given?: number;
  /** For whom it holds. */
  readonly holds: Conversion;
  /** All others. */
  readonly rest: Conversion;
  /** How likely chance alone sets the two as far apart, and whether it is ruled out, given how many criteria were asked about. */
  readonly p: number;
  readonly isApart: boolean;
  /** Those for whom it holds buy as often as others of so many points more, or fewer below 0; absent where that cannot be said. */
  readonly off?: number;
  /** Absent, as is `weight`, where the model gives no points for it. */
  readonly verdict?: Verdict;
  readonly weight?: Weight;
  /** The fields that it asks for as they are now, since nobody knows what they held before; absent where there are none. */
  readonly asToday?: readonly string[];
  /** The same in a sentence. */
  readonly why: string;
}

/**
 * Holds each criterion of a model against who bought. A finding counts only where chance is ruled out for all criteria together, so that
 * a model of a hundred does not have five denied by chance. How often its leads buy may be owed to what else holds for them; therefore the
 * sign is denied only where the other criteria do not explain it, and confirmed only where at least half of the points are earned.
 */
export function verdictsOf({ bought, features, leadsOf, given }: History, scores: Float64Array): CriterionVerdict[] {
  const readOff = pointsOffReader(scores, bought);
  const buyers = bought.reduce((sum, each) => sum + each, 0);
  const found = features.map((feature, place): Found => {
    const leads = leadsOf[place] ?? new Uint32Array();
    const own = leads.reduce((sum, lead) => sum + (bought[lead] ?? 0), 0);
    const holds = conversionOf(own, leads.length);
    const rest = conversionOf(buyers - own, bought.length - leads.length);
    const p = fisher(holds.buyers, holds.leads, rest.buyers, rest.leads);
    return { feature, given: given?.[place] ?? Number.NaN, holds, rest, p, off: readOff?.(leads) };
  });
  const apart = credible(found.map(({ p }) => p));
  const isOff = credible(found.map(({ off }) => off?.p ?? Number.NaN));
  return found.map((one, place) => judged(one, apart[place] === true, isOff[place] === true));
}

interface Found extends Pick<CriterionVerdict, 'holds' | 'rest' | 'p'> {
  readonly feature: Feature;
  readonly given: number;
  readonly off: PointsOff | undefined;
}

function judged({ feature, given, holds, rest, p, off }: Found, isApart: boolean, isOff: boolean): CriterionVerdict {
  const { id, name, points, asToday } = feature;
  const facts = {
    ...{ id, name, holds, rest, p, isApart },
    ...(off !== undefined && { off: off.points }),
    ...(asToday !== undefined && { asToday }),
  };
  // Those of bands are different from lead to lead.
  const worth = Number.isNaN(given) ? (points ?? 0) : given;
  if (points === 0 || worth === 0) return { ...facts, ...(points === 0 && { points }), why: verdictText(facts) };
  const weight = weightOf(worth, off, isOff);
  const verdict = verdictOf({ ...facts, points: worth, weight });
  const mean = Math.round(worth);
  const full = {
    ...facts,
    ...(points !== undefined && { points }),
    ...(mean !== points && { given: mean }),
    weight,
    verdict,
  };
  return { ...full, why: verdictText(full) };
}

/** Off by less than this share of the points is no matter. */
const MATTERS = 0.5;

function weightOf(points: number, off: PointsOff | undefined, isOff: boolean): Weight {
  if (off === undefined) return 'unclear';
  const limit = Math.abs(points) * MATTERS;
  if (isOff && Math.abs(off.points) >= limit) return off.points * Math.sign(points) > 0 ? 'too little' : 'too much';
  return 1.96 * off.error <= limit || isOff ? 'fits' : 'unclear';
}

type Judged = Pick<CriterionVerdict, 'holds' | 'rest' | 'isApart'> & {
  readonly points: number;
  readonly weight: Weight;
};

function verdictOf({ holds, rest, isApart, points, weight }: Judged): Verdict {
  if (!isApart) return 'doubtful';
  const isRight = Math.sign(holds.conversion - rest.conversion) === Math.sign(points);
  if (isRight) return weight === 'too much' ? 'doubtful' : 'confirmed';
  return weight === 'too little' ? 'doubtful' : 'denied';
}
