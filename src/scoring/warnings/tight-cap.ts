import type { Dimensions } from '../compiled-model.ts';
import { criteriaOf } from '../criteria-of.ts';
import type { ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';

/** Caps below what one occurrence of a criterion gives, so that its points are never what the model says. */
export function tightCap(source: ModelSource, dimensions: Dimensions): ModelProblem[] {
  const levels = [dimensions.fit, dimensions.engagement].flatMap((dimension) =>
    dimension.groups.flatMap((group) => group.criteria.map((criterion) => ({ criterion, group, dimension }))),
  );
  return criteriaOf(source).flatMap(({ criterion: { id }, path }, index) => {
    const level = levels[index];
    if (level === undefined) return [];
    const { criterion, group, dimension } = level;
    const given = [criterion.points, ...(criterion.bands?.bands.map(({ points }) => points) ?? [])];
    const points = given.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most));
    const key = criterion.bands === undefined ? 'points' : 'bands';
    const size = Math.abs(points);
    const say = (limit: number, whose: string): ModelProblem[] => [
      { path: [...path, key], message: `"${id}" never gives all of its ${points}: ${whose} is at most ${limit}` },
    ];
    if (size > criterion.max) return say(criterion.max, 'its max');
    if (size > group.max) return say(group.max, `the group "${group.name}"`);
    return points > dimension.max ? say(dimension.max, dimension.name) : [];
  });
}
