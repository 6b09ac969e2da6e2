import type { ModelPath } from './model-error.ts';
import type { EngagementCriterionSource, FitCriterionSource, ModelSource } from './model-schema.ts';
import type { DimensionName } from './score.ts';

/** A criterion of a model as YAML has it, and its place. */
export interface PlacedCriterion {
  readonly criterion: FitCriterionSource | EngagementCriterionSource;
  readonly dimension: DimensionName;
  readonly path: ModelPath;
}

/** Every criterion, fit first: in the order in which `compileDimensions` numbers them. */
export function criteriaOf(source: ModelSource): PlacedCriterion[] {
  return (['fit', 'engagement'] as const).flatMap((dimension) =>
    source[dimension].groups.flatMap((group, place) =>
      group.criteria.map((criterion, index) => ({
        criterion,
        dimension,
        path: [dimension, 'groups', place, 'criteria', index],
      })),
    ),
  );
}
