import { criteriaOf } from '../criteria-of.ts';
import type { ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';

/** Criteria that speak for the lead and rule it out in one breath. */
export function ruledOutWithPoints(source: ModelSource): ModelProblem[] {
  return criteriaOf(source).flatMap(({ criterion: { id, points = 0, disqualify }, path }) =>
    disqualify !== undefined && points > 0
      ? [
          {
            path: [...path, 'points'],
            message: `"${id}" rules the lead out and gives it ${points} points for the same`,
          },
        ]
      : [],
  );
}
