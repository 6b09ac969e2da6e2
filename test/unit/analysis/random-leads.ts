import type { Feature, History } from '../../../src/analysis/history.ts';
import { seededRandom } from '../../../src/analysis/statistics/seeded-random.ts';

export interface ScoredLeads {
  readonly scores: Float64Array;
  readonly bought: Uint8Array;
}

/** Leads as a person would write them down: the scores of those who bought, and of those who did not. */
export function leadsWith(buyers: readonly number[], others: readonly number[]): ScoredLeads {
  return {
    scores: Float64Array.from([...buyers, ...others]),
    bought: Uint8Array.from([...buyers.map(() => 1), ...others.map(() => 0)]),
  };
}

/** The same with how many of each group have each of these scores. */
export function leadsCounted(
  scores: readonly number[],
  buyers: readonly number[],
  others: readonly number[],
): ScoredLeads {
  const written = (counts: readonly number[]) =>
    scores.flatMap((score, place) => Array.from({ length: counts[place] ?? 0 }, () => score));
  return leadsWith(written(buyers), written(others));
}

/** Leads with whole scores from 0 to below `scores`, many of them the same; more points mean more buyers by `pull`. */
export function randomLeads(seed: number, { count = 200, scores = 12, baseRate = 0.3, pull = 0.5 } = {}): ScoredLeads {
  const random = seededRandom(seed);
  const given = Float64Array.from({ length: count }, () => Math.floor(random() * scores));
  const bought = given.map((score) => {
    const chance = baseRate * (1 - pull) + 2 * baseRate * pull * (score / scores);
    return random() < chance ? 1 : 0;
  });
  return { scores: given, bought: Uint8Array.from(bought) };
}

/** A history in which each feature holds for the leads that `holds` says. */
export function historyOf(
  bought: Uint8Array,
  features: readonly (Partial<Feature> & { readonly holds: (lead: number) => boolean })[],
  at: (lead: number) => number = () => Number.NaN,
): History {
  const leads = Uint32Array.from(bought.keys());
  return {
    bought,
    at: Float64Array.from(leads, at),
    features: features.map(({ holds: _, ...feature }, place) => ({
      id: `feature-${place}`,
      name: `Feature ${place}`,
      source: `Source ${place}`,
      dimension: 'fit',
      when: { field: `field_${place}`, exists: true },
      ...feature,
    })),
    leadsOf: features.map(({ holds }) => leads.filter(holds)),
  };
}
