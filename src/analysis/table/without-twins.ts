import type { History } from '../history.ts';

/**
 * Leaves out each feature that holds for the very leads that one before it holds for: two columns are often empty together. Points can
 * be given to either of them alone. What the model asks already stays: whoever reads the suggestion looks for it.
 */
export function withoutTwins(history: History): History {
  const { features, leadsOf } = history;
  const bySum = new Map<string, Uint32Array[]>();
  const isFirst = leadsOf.map((leads, place) => {
    const key = `${leads.length} ${leads.reduce((sum, lead) => sum + lead, 0)}`;
    const alike = bySum.get(key) ?? [];
    const isKept = features[place]?.points !== undefined;
    if (!isKept && alike.some((others) => others.every((lead, index) => lead === leads[index]))) return false;
    bySum.set(key, [...alike, leads]);
    return true;
  });
  return {
    ...history,
    features: features.filter((_, place) => isFirst[place]),
    leadsOf: leadsOf.filter((_, place) => isFirst[place]),
  };
}
