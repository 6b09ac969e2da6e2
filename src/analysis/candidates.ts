import { asksSales } from './asks-activity.ts';
import type { Feature } from './history.ts';
import { countHolding, type Design } from './statistics/design.ts';

/** Why a feature gets no points. */
export type LeftOut =
  /** It holds for too few leads. */
  | 'rare'
  /** It holds for all leads but a few. */
  | 'common'
  /** There are many, and by itself it tells less than those that were looked at. */
  | 'crowded'
  /** It rules leads out, whatever their points. */
  | 'disqualify'
  /** Sales did it, and the model gives nothing for it: it tells what they made of the lead. */
  | 'sales'
  /** History says the opposite of the sign that marketing holds. */
  | 'sign'
  /** With the other criteria there, its points may as well be 0. */
  | 'unsure'
  /** It is worth less than half a point. */
  | 'small';

/** Below this, a share that bought says next to nothing. */
const FEWEST_LEADS = 30;
/** What a fit looks at grows with the square of their number. */
const MOST_CANDIDATES = 400;

/** By feature, why it is not even looked at; undefined for those that are. Judged by these leads alone. */
export function screen(design: Design, features: readonly Feature[], leads: Uint32Array): (LeftOut | undefined)[] {
  const holding = countHolding(design, leads);
  let buyers = 0;
  for (const lead of leads) buyers += design.bought[lead] ?? 0;
  const strengths = features.map((feature, index) => {
    const holds = holding.leads[index] ?? 0;
    const strength = strengthOf(holds, holding.buyers[index] ?? 0, leads.length, buyers / leads.length);
    // What stands in the model is looked at before anything that was found.
    return { index, strength: feature.points === undefined ? strength : Number.POSITIVE_INFINITY };
  });
  const left = features.map(({ kept, points, when }, index): LeftOut | undefined => {
    if (kept?.disqualify !== undefined) return 'disqualify';
    if (points === 0 && asksSales(when)) return 'sales';
    const holds = holding.leads[index] ?? 0;
    if (holds < FEWEST_LEADS) return 'rare';
    return leads.length - holds < FEWEST_LEADS ? 'common' : undefined;
  });
  const strongest = strengths
    .filter(({ index }) => left[index] === undefined)
    .sort((one, other) => (one.strength === other.strength ? one.index - other.index : other.strength - one.strength));
  for (const { index } of strongest.slice(MOST_CANDIDATES)) left[index] = 'crowded';
  return left;
}

/** How many standard errors its buyers are from what they would be by the base rate. */
function strengthOf(holds: number, bought: number, leads: number, baseRate: number): number {
  const variance = holds * baseRate * (1 - baseRate) * (1 - holds / leads);
  return variance > 0 ? Math.abs(bought - holds * baseRate) / Math.sqrt(variance) : 0;
}
