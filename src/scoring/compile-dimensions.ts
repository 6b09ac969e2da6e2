import { inWords } from '../base/in-words.ts';
import { compileBands } from './bands.ts';
import type { Compilation } from './compilation.ts';
import { compileFields } from './compile-condition.ts';
import { compileSplit, type SplitCondition } from './compile-split.ts';
import type { Criterion, Dimension, Dimensions, Group } from './compiled-model.ts';
import { fieldsSince } from './fields-since.ts';
import { decayOf, windowOf } from './inherit.ts';
import type { ModelPath } from './model-error.ts';
import type { EngagementCriterionSource, FitCriterionSource, ModelSource } from './model-schema.ts';
import type { DimensionName } from './score.ts';

/** Compiles both dimensions; criteria are numbered through, fit first. */
export function compileDimensions(source: ModelSource, to: Compilation): Dimensions {
  let index = 0;
  const fit = dimension('fit', source.fit, (group, path): readonly Criterion[] =>
    group.criteria.map((one, place) => {
      const at = [...path, 'criteria', place];
      const known = to.fields.length;
      const holds = one.when && compileFields(one.when, [...at, 'when'], to);
      const shared = basics(one, index++, at, to);
      return { ...shared, ...UNCOUNTED, fields: fieldsSince(known, one.when, to), holds };
    }),
  );
  const { engagement: all } = source;
  const engagement = dimension('engagement', all, (group, path): readonly Criterion[] =>
    group.criteria.map((one, place) => {
      const at = [...path, 'criteria', place];
      const [problems, known] = [to.problems.length, to.fields.length];
      const { activity, inactivity, holds } = one.when ? compileSplit(one.when, [...at, 'when'], to) : NO_QUESTION;
      const own = basics(one, index++, at, to);
      const shared = { ...own, inactiveFor: inactivity?.length, fields: fieldsSince(known, one.when, to), holds };
      if (activity === undefined) {
        // A condition that has problems of its own may well be meant to ask for an activity.
        if (to.problems.length === problems) checkUncounted(one, inactivity !== undefined, at, to);
        return { ...shared, max: Number.POSITIVE_INFINITY, counting: undefined };
      }
      const { type, matches, asks } = activity;
      const [window, decay] = [windowOf(one, group, all), decayOf(one, group, all)];
      const counting = { type, matches, asks, per: one.per ?? 'each', window, decay };
      return { ...shared, max: one.max ?? Number.POSITIVE_INFINITY, counting };
    }),
  );
  return { fit, engagement };
}

const UNCOUNTED = { max: Number.POSITIVE_INFINITY, inactiveFor: undefined, counting: undefined };
const NO_QUESTION: SplitCondition = { activity: undefined, inactivity: undefined, holds: undefined };

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
  const floor = source.floor === 'none' ? Number.NEGATIVE_INFINITY : (source.floor ?? 0);
  return { name, label: inWords(name), max: source.max, floor, groups };
}

function basics(source: FitCriterionSource, index: number, path: ModelPath, to: Compilation) {
  const { id, name, points = 0, flag, disqualify, field, bands } = source;
  const label = name ?? inWords(id);
  if (field !== undefined) to.fields.push({ name: field, path: [...path, 'field'] });
  const compiled =
    field !== undefined && bands !== undefined
      ? compileBands({ field, bands, label }, [...path, 'bands'], to.slots, to.problems)
      : undefined;
  return { index, id, label, points, flag, disqualify, bands: compiled };
}

/** What is about fields alone, or about a silence, scores once, so nothing about counting or time can apply to it. */
function checkUncounted(
  source: EngagementCriterionSource,
  isSilence: boolean,
  path: ModelPath,
  { problems }: Compilation,
): void {
  for (const key of ['per', 'max', 'window', 'half_life', 'decay'] as const) {
    if (source[key] === undefined) continue;
    const why = isSilence ? 'scores once and does not fade' : 'asks for no activity';
    problems.push({ path: [...path, key], message: `"${key}" has nothing to apply to: "${source.id}" ${why}` });
  }
}
