import { bandOf } from './bands.ts';
import { collectOccurrences } from './collect-occurrences.ts';
import type { Criterion } from './compiled-model.ts';
import { doneBy, type Past } from './engagement-then.ts';

/**
 * What the engagement has never exceeded up to a time: all that is good taken together, as if it had been done at once and
 * never faded. Most leads that are cold have never been anything else, and need no closer look.
 */
export function mostEver(past: Past, at: number): number {
  const { model, facts, activities, machines } = past;
  // To a look from before all times, no window has ended.
  const done = activities.slice(0, doneBy(activities, at));
  const { tallies } = collectOccurrences(model, facts, done, machines, Number.NEGATIVE_INFINITY);
  const { groups, max } = model.dimensions.engagement;
  let sum = 0;
  for (const group of groups) {
    let points = 0;
    for (const criterion of group.criteria) points += mostBy(criterion);
    sum += Math.min(points, group.max);
  }
  return Math.min(sum, max);

  function mostBy({ index, counting, holds, bands, points, max: cap }: Criterion): number {
    if (counting === undefined) {
      if (holds?.(facts) === false) return 0;
      return Math.max(0, bands === undefined ? points : (bandOf(bands, facts)?.points ?? 0));
    }
    if (points <= 0) return 0;
    let count = 0;
    for (const times of tallies[index]?.counts ?? []) count += times;
    return Math.min(points * count, cap);
  }
}
