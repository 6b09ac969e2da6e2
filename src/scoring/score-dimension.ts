import type { Dimension } from './compiled-model.ts';
import { type Sheet, scoreCriterion } from './score-criterion.ts';
import { within } from './within.ts';

/** The points of a dimension: its criteria, capped group by group, then as a whole. */
export function scoreDimension({ name, label, max, floor, groups }: Dimension, sheet: Sheet): number {
  const { reasons } = sheet;
  let sum = 0;
  for (const group of groups) {
    let points = 0;
    for (const criterion of group.criteria) points += scoreCriterion(criterion, name, sheet);
    const over = within(group.max, points) - points;
    if (over !== 0) {
      const { name: id, max: limit } = group;
      reasons.push({ kind: 'group-cap', dimension: name, id, label: id, points: over, limit });
    }
    sum += points + over;
  }
  if (sum > max)
    reasons.push({ kind: 'dimension-cap', dimension: name, id: name, label, points: max - sum, limit: max });
  if (sum < floor) reasons.push({ kind: 'floor', dimension: name, id: name, label, points: floor - sum, limit: floor });
  return Math.min(Math.max(sum, floor), max);
}
