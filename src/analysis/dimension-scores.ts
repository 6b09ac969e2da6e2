import type { History } from './history.ts';

/** Points by lead in each dimension: neither capped nor cut off below 0. */
export interface DimensionScores {
  readonly fit: Float64Array;
  readonly engagement: Float64Array;
}

/** What so many points for each feature give to each lead. */
export function dimensionScores(
  points: Int32Array,
  { bought, features, leadsOf }: Pick<History, 'bought' | 'features' | 'leadsOf'>,
): DimensionScores {
  const scores = { fit: new Float64Array(bought.length), engagement: new Float64Array(bought.length) };
  for (const [place, { dimension }] of features.entries()) {
    const given = points[place] ?? 0;
    if (given === 0) continue;
    const own = scores[dimension];
    for (const lead of leadsOf[place] ?? []) own[lead] = (own[lead] ?? 0) + given;
  }
  return scores;
}
