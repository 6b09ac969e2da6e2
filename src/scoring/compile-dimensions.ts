import type { Compilation } from './compilation.ts';
import type { ActivityCondition } from './compile-activity.ts';
import { compileFields, compileSplit } from './compile-condition.ts';
import type { Counting, Criterion, Dimension, Group } from './compiled-model.ts';
import { decayOf, windowOf } from './inherit.ts';
import type { ModelPath } from './model-error.ts';
import type { EngagementCriterionSource, FitCriterionSource, ModelSource } from './model-schema.ts';
import type { DimensionName } from './score.ts';

/** Compiles both dimensions; criteria are numbered through, fit first. */
export function compileDimensions(source: ModelSource, to: Compilation): Readonly<Record<DimensionName, Dimension>> {
  let index = 0;
  const fit = dimension('fit', source.fit, (group, path): readonly Criterion[] =>
    group.criteria.map((one, place) => {
      const at = [...path, 'criteria', place, 'when'];
      return {
        ...basics(one, index++),
        max: Number.POSITIVE_INFINITY,
        holds: compileFields(one.when, at, to),
        counting: undefined,
      };
    }),
  );
  const engagement = dimension('engagement', source.engagement, (group, path): readonly Criterion[] =>
    group.criteria.map((one, place) => {
      const at = [...path, 'criteria', place];
      const { activity, holds } = compileSplit(one.when, [...at, 'when'], to);
      if (activity === undefined) checkUncounted(one, at, to);
      const counting =
        activity &&
        countingOf(activity, one, windowOf(one, group, source.engagement), decayOf(one, group, source.engagement));
      return { ...basics(one, index++), max: one.max ?? Number.POSITIVE_INFINITY, holds, counting };
    }),
  );
  return { fit, engagement };
}

type DimensionSource<Source> = Pick<ModelSource['fit'], 'max' | 'floor'> & { readonly groups: readonly Source[] };

function dimension<Source extends { readonly name: string; readonly max?: number | undefined }>(
  name: DimensionName,
  source: DimensionSource<Source>,
  compile: (group: Source, path: ModelPath) => readonly Criterion[],
): Dimension {
  const groups = source.groups.map((group, place): Group => {
    const criteria = compile(group, [name, 'groups', place]);
    return { name: group.name, max: group.max ?? Number.POSITIVE_INFINITY, criteria };
  });
  const floor = source.floor === 'none' ? Number.NEGATIVE_INFINITY : 0;
  return { name, label: inWords(name), max: source.max, floor, groups };
}

function basics(source: FitCriterionSource, index: number) {
  return {
    index,
    id: source.id,
    label: source.name ?? inWords(source.id),
    points: source.points ?? 0,
    flag: source.flag,
  };
}

function countingOf(
  { type, matches }: ActivityCondition,
  { per = 'each' }: EngagementCriterionSource,
  window: number,
  halfLife: number | undefined,
): Counting {
  return { type, matches, per, window, halfLife };
}

/** What is about fields alone scores once, so nothing about counting or time can apply to it. */
function checkUncounted(source: EngagementCriterionSource, path: ModelPath, { problems }: Compilation): void {
  for (const key of ['per', 'max', 'window', 'half_life'] as const) {
    if (source[key] === undefined) continue;
    problems.push({
      path: [...path, key],
      message: `"${key}" has nothing to apply to: "${source.id}" asks for no activity`,
    });
  }
}

/** `pricing-page` as people read it: `Pricing page`. */
function inWords(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');
}
