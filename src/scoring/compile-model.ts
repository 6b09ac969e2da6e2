import type { ActivityType } from '../leads/activity.ts';
import type { Lists } from '../leads/lists.ts';
import { checkModel } from './check-model.ts';
import type { Compilation } from './compilation.ts';
import { compileDimensions } from './compile-dimensions.ts';
import { compileFastTracks } from './compile-fast-tracks.ts';
import type {
  ActivityRules,
  CompiledModel,
  CountedCriterion,
  Criterion,
  FastTrackRule,
  Grade,
} from './compiled-model.ts';
import { factReader, noSlots } from './facts.ts';
import { ModelError } from './model-error.ts';
import type { ModelSource } from './model-schema.ts';
import { modelVersion } from './model-version.ts';

/**
 * Makes a model ready to score with. `lists` are those of `config/lists/`.
 * @throws ModelError with everything that makes no sense, each with its path.
 */
export function compileModel(source: ModelSource, { lists }: { readonly lists: Lists }): CompiledModel {
  const to: Compilation = { lists, slots: noSlots(), problems: [], fields: [], forms: [], data: new Map() };
  const dimensions = compileDimensions(source, to);
  const { rules: fastTracks, forms: fastTrackForms } = compileFastTracks(source.fast_track, to);
  const requires = source.lifecycle.requires;
  to.fields.push(...requires.map((name, index) => ({ name, path: ['lifecycle', 'requires', index] })));
  checkModel(source, dimensions, to.problems);
  if (to.problems.length > 0) throw new ModelError(to.problems);

  const criteria = [dimensions.fit, dimensions.engagement].flatMap(({ groups }) =>
    groups.flatMap((group) => group.criteria),
  );
  const rules = rulesOf(criteria, fastTracks);
  return {
    id: source.model,
    name: source.name,
    version: modelVersion(source, to.data),
    longestWindow: Math.max(0, ...criteria.map(({ counting }) => counting?.window ?? 0)),
    flags: [...new Set(criteria.flatMap(({ flag }) => flag ?? []))].sort(),
    fastTrackForms,
    activityTypes: [...rules.keys()],
    fields: to.fields,
    forms: to.forms,
    readFacts: factReader(to.slots, lists),
    criteria,
    dimensions,
    rules,
    grades: { fit: gradesOf(source.grades.fit), engagement: gradesOf(source.grades.engagement) },
    gates: source.lifecycle.mql,
    requires,
  };
}

/** Indexed by type, so that an activity meets only what asks for its type. */
function rulesOf(
  criteria: readonly Criterion[],
  fastTracks: readonly FastTrackRule[],
): ReadonlyMap<ActivityType, ActivityRules> {
  const counted = criteria.filter(isCounted);
  const types = new Set([...counted.map(({ counting }) => counting.type), ...fastTracks.map(({ type }) => type)]);
  return new Map(
    [...types].map((type) => [
      type,
      {
        counted: counted.filter(({ counting }) => counting.type === type),
        fastTracks: fastTracks.filter((rule) => rule.type === type),
      },
    ]),
  );
}

function isCounted(criterion: Criterion): criterion is CountedCriterion {
  return criterion.counting !== undefined;
}

/** From the highest down. */
function gradesOf(thresholds: Readonly<Record<string, number>>): readonly Grade[] {
  const grades = Object.entries(thresholds).map(([grade, from]) => ({ grade, from }));
  return grades.sort((one, other) => other.from - one.from);
}
