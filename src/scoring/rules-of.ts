import type { ConditionSource } from './condition-schema.ts';
import type { ModelPath } from './model-error.ts';
import type { ModelSource } from './model-schema.ts';

/** A rule of a model as YAML has it, and its place. */
export interface PlacedRule {
  readonly id: string;
  readonly when: ConditionSource;
  readonly path: ModelPath;
}

/** Every rule that routes leads: fast tracks first, then nurture series. */
export function rulesOf({ fast_track, routes }: ModelSource): PlacedRule[] {
  return [
    ...fast_track.map(({ id, when }, index) => ({ id, when, path: ['fast_track', index] })),
    ...(routes?.nurture ?? []).map(({ id, when }, index) => ({ id, when, path: ['routes', 'nurture', index] })),
  ];
}
