import type { Criterion, Dimension, Dimensions, Group } from '../compiled-model.ts';
import { criteriaOf } from '../criteria-of.ts';
import type { ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';

/** Criteria that make an MQL of a lead all alone, by one occurrence, and gates that let everybody through. */
export function aloneEnough(source: ModelSource, dimensions: Dimensions): ModelProblem[] {
  const { mql } = source.lifecycle;
  if (mql.fit === 0 && mql.engagement === 0) {
    const message = 'every lead is an MQL: both gates are 0';
    return [{ path: ['lifecycle', 'mql'], message }];
  }
  // With two gates no criterion passes both: each counts in one dimension.
  if (mql.fit > 0 && mql.engagement > 0) return [];
  const name = mql.fit > 0 ? 'fit' : 'engagement';
  const other = name === 'fit' ? 'engagement' : 'fit';
  const once = dimensions[name].groups.flatMap((group) =>
    group.criteria.map((criterion) => onceBy(criterion, group, dimensions[name])),
  );
  return criteriaOf(source)
    .filter(({ dimension }) => dimension === name)
    .flatMap(({ criterion: { id }, path }, index) => {
      const points = once[index] ?? 0;
      if (points < mql[name]) return [];
      const message = `"${id}" alone makes an MQL: it gives ${points}, the gate of ${name} is ${mql[name]}, and that of ${other} is 0`;
      return [{ path, message }];
    });
}

/** The most that one occurrence of it gives, by its own caps and those above it. */
function onceBy({ points, bands, max }: Criterion, group: Group, dimension: Dimension): number {
  const most = bands === undefined ? points : Math.max(0, ...bands.bands.map((band) => band.points));
  return Math.min(most, max, group.max, dimension.max);
}
