import type { LeftOut } from '../candidates.ts';
import type { Feature } from '../history.ts';
import type { Suggestion } from '../suggest.ts';

/** Other points that history suggests for a criterion, or a criterion that the model does not have. */
export interface SuggestedChange {
  readonly id: string;
  readonly name: string;
  /** What the model gives, in the mean where it is not the same each time; absent for a new criterion. */
  readonly points?: number;
  /** What history suggests, 0 where it would take the criterion out; +10 double the odds that a lead buys. */
  readonly suggested: number;
  /** Where these points lie, as far as history can tell; absent where it would take the criterion out. */
  readonly low?: number;
  readonly high?: number;
  /** Why it is to be taken out: history shows nothing of it, or next to nothing, or the opposite of the sign that marketing holds. */
  readonly why?: 'nothing shown' | 'next to nothing' | 'history says the opposite';
  /** For how many leads it held, and how many of them bought. */
  readonly leads: number;
  readonly buyers: number;
}

/** More is for `leadgauge suggest` to say. */
const MOST = 10;

/**
 * The largest changes first, and last what history shows nothing of. What history cannot tell is left as it is.
 * @param given by criterion, what the model gives in the mean where it is not the same each time; NaN where that is not known
 */
export function suggestedChanges(
  { criteria, leftOut }: Pick<Suggestion, 'criteria' | 'leftOut'>,
  given: ReadonlyMap<string, number> = new Map(),
): SuggestedChange[] {
  const pointsNow = ({ id, points }: Feature) => {
    const mean = given.get(id);
    return points === undefined || mean === undefined || Number.isNaN(mean) ? points : Math.round(mean);
  };
  const changed = criteria.flatMap(({ feature, points, interval, leads, buyers }): SuggestedChange[] => {
    const { id, name } = feature;
    const held = pointsNow(feature);
    const { low, high } = interval;
    // The points of the model may be right.
    if (held !== undefined && held >= low && held <= high) return [];
    return [{ id, name, ...(held !== undefined && { points: held }), suggested: points, low, high, leads, buyers }];
  });
  const dropped = leftOut.flatMap(({ feature, why, leads, buyers }): SuggestedChange[] => {
    const { id, name } = feature;
    const points = pointsNow(feature);
    const said = WHY[why];
    if (points === undefined || points === 0 || said === undefined) return [];
    return [{ id, name, points, suggested: 0, why: said, leads, buyers }];
  });
  const isKnown = ({ why }: SuggestedChange) => why !== 'nothing shown';
  return [...changed, ...dropped]
    .sort((one, other) => Number(isKnown(other)) - Number(isKnown(one)) || sizeOf(other) - sizeOf(one))
    .slice(0, MOST);
}

/** Of what is rare or common nothing is known. */
const WHY: Readonly<Partial<Record<LeftOut, SuggestedChange['why'] & string>>> = {
  sign: 'history says the opposite',
  small: 'next to nothing',
  unsure: 'nothing shown',
};

const sizeOf = ({ points = 0, suggested }: SuggestedChange) => Math.abs(suggested - points);
