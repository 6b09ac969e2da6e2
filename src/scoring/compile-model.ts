import type { Lists } from '../leads/lists.ts';
import { NO_OWN_TITLES, type OwnTitles } from '../leads/titles.ts';
import { activityRules } from './activity-rules.ts';
import { compileScope } from './applies-to.ts';
import { checkModel } from './check-model.ts';
import type { Compilation } from './compilation.ts';
import { compileDimensions } from './compile-dimensions.ts';
import { compileFastTracks } from './compile-fast-tracks.ts';
import { compilePersonas } from './compile-personas.ts';
import { compileNurture, leadGatesOf, recycleOf, salesRoute } from './compile-routes.ts';
import type { CompiledModel, Grade } from './compiled-model.ts';
import { factReader } from './fact-reader.ts';
import { ask } from './facts.ts';
import { ModelError } from './model-error.ts';
import type { ModelSource } from './model-schema.ts';
import { modelVersion } from './model-version.ts';
import type { AccountRule } from './roll-up.ts';
import { modelWarnings } from './warnings/model-warnings.ts';

interface CompileOptions {
  /** Those of `config/lists/`. */
  readonly lists: Lists;
  /** Titles of the company's own; none when absent. */
  readonly titles?: OwnTitles;
}

/**
 * Makes a model ready to score with.
 * @throws ModelError with everything that makes no sense, each with its path.
 */
export function compileModel(source: ModelSource, { lists, titles = NO_OWN_TITLES }: CompileOptions): CompiledModel {
  const to: Compilation = {
    sources: { lists, titles },
    slots: [],
    problems: [],
    fields: [],
    forms: [],
    customEvents: [],
    data: new Map(),
    personas: Object.keys(source.personas ?? {}),
  };
  const scope = compileScope(source, to);
  const personas = compilePersonas(source, to);
  const dimensions = compileDimensions(source, to);
  const { rules: fastTracks, fieldRules, forms: fastTrackForms } = compileFastTracks(source, to);
  const nurtureRules = compileNurture(source, to);
  const requires = source.lifecycle.requires.map((field, index) => {
    to.fields.push({ name: field, path: ['lifecycle', 'requires', index] });
    return { field, isMissing: ask(to.slots, 'text', field, (text) => text === undefined) };
  });
  checkModel(source, dimensions, to.problems);
  if (to.problems.length > 0) throw new ModelError(to.problems);

  const criteria = [dimensions.fit, dimensions.engagement].flatMap(({ groups }) =>
    groups.flatMap((group) => group.criteria),
  );
  const longest = Math.max(0, ...criteria.map(({ counting, inactiveFor }) => counting?.window ?? inactiveFor ?? 0));
  const recycle = recycleOf(source);
  const rules = activityRules({ criteria, fastTracks, nurtures: nurtureRules });
  return {
    id: source.model,
    name: source.name,
    version: modelVersion(source, to.data),
    warnings: modelWarnings(source, dimensions, to.sources),
    longestWindow: longest + (recycle?.for ?? 0),
    flags: [...new Set(criteria.flatMap(({ flag }) => flag ?? []))].sort(),
    personas: personas.map(({ id }) => id),
    fastTrackForms,
    fieldRules,
    activityTypes: [...rules.keys()],
    fields: to.fields,
    forms: to.forms,
    customEvents: to.customEvents,
    account: accountOf(source),
    challengerTo: source.challenger_to,
    holdout: source.holdout ?? 0,
    learntUntil: source.learnt?.until,
    scope,
    readFacts: factReader(to.slots, to.sources, personas),
    criteria,
    dimensions,
    rules,
    asksInactivity: criteria.some(({ inactiveFor }) => inactiveFor !== undefined),
    grades: { fit: gradesOf(source.grades.fit), engagement: gradesOf(source.grades.engagement) },
    gates: source.lifecycle.mql,
    requires,
    leadGates: leadGatesOf(source),
    recycle,
    sales: salesRoute(source.routes),
    nurtureRules,
  };
}

/** From the highest down. */
function gradesOf(thresholds: Readonly<Record<string, number>>): readonly Grade[] {
  const grades = Object.entries(thresholds).map(([grade, from]) => ({ grade, from }));
  return grades.sort((one, other) => other.from - one.from);
}

function accountOf({ account }: ModelSource): AccountRule | undefined {
  if (account === undefined) return undefined;
  const { of, roll_up: how } = account;
  return { of, rollUp: typeof how === 'string' ? how : { sumOfTop: how.sum_of_top } };
}
