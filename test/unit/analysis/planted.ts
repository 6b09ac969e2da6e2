import type { Feature, History } from '../../../src/analysis/history.ts';

interface Planted {
  readonly leads: number;
  /** By feature, what it adds to the log odds that a lead buys; 0 is noise. */
  readonly weights: readonly number[];
  readonly random: () => number;
  /** Log odds of a lead for which nothing holds. */
  readonly intercept?: number;
  /** By feature, the share of leads for which it holds; 0.1 to 0.5 by turns when absent. */
  readonly shares?: readonly number[];
  /** What else is to be said of some features, by their place. */
  readonly more?: Readonly<Record<number, Partial<Feature>>>;
}

export const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;

/** A history whose buyers follow a known rule. Of four features the fourth is something done, the others are fields. */
export function plantedHistory({ leads, weights, random, intercept = -1.5, shares, more = {} }: Planted): History {
  const leadsOf = weights.map((_, feature) => {
    const share = shares?.[feature] ?? 0.1 + 0.1 * (feature % 5);
    return Uint32Array.from({ length: leads }, (_, lead) => lead).filter(() => random() < share);
  });
  const logOdds = new Float64Array(leads).fill(intercept);
  for (const [feature, own] of leadsOf.entries()) for (const lead of own) logOdds[lead]! += weights[feature]!;
  return {
    bought: Uint8Array.from(logOdds, (one) => (random() < 1 / (1 + Math.exp(-one)) ? 1 : 0)),
    at: Float64Array.from({ length: leads }, () => FIRST_DAY + Math.floor(random() * 140) * DAY),
    features: weights.map((_, feature) => ({ ...plainFeature(feature), ...more[feature] })),
    leadsOf,
  };
}

function plainFeature(place: number): Feature {
  const id = `feature-${place}`;
  return place % 4 === 3
    ? {
        id,
        name: `Page ${place}`,
        source: 'page-view',
        dimension: 'engagement',
        when: { activity: 'page-view', url: `/${place}` },
      }
    : {
        id,
        name: `Field ${place} is yes`,
        source: `field_${place % 4}`,
        dimension: 'fit',
        when: { field: `field_${place}`, is: 'yes' },
      };
}
