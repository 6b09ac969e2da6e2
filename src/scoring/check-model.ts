import { checkCriterion } from './check-criterion.ts';
import { checkDecay } from './check-decay.ts';
import { checkLifecycle } from './check-lifecycle.ts';
import type { Dimensions } from './compiled-model.ts';
import { criteriaOf } from './criteria-of.ts';
import type { ModelPath, ModelProblem } from './model-error.ts';
import type { ModelSource } from './model-schema.ts';
import type { DimensionName } from './score.ts';

/** Finds what is wrong with a model as a whole rather than with one condition of it. */
export function checkModel(source: ModelSource, dimensions: Dimensions, problems: ModelProblem[]): void {
  const criteria = criteriaOf(source);
  for (const { criterion, path } of criteria) checkCriterion(criterion, path, problems);
  onlyOnce(
    criteria.map(({ criterion, path }) => ({ word: criterion.id, path: [...path, 'id'] })),
    'a criterion',
    problems,
  );
  onlyOnce(
    [
      ...source.fast_track.map(({ id }, index) => ({ word: id, path: ['fast_track', index, 'id'] })),
      ...(source.routes?.nurture ?? []).map(({ id }, index) => ({
        word: id,
        path: ['routes', 'nurture', index, 'id'],
      })),
    ],
    'a rule',
    problems,
  );
  for (const name of ['fit', 'engagement'] as const) {
    const groups = source[name].groups.map((group, place) => ({
      word: group.name,
      path: [name, 'groups', place, 'name'],
    }));
    onlyOnce(groups, 'a group', problems);
    checkGrades(name, source.grades[name], problems);
  }
  checkChallenger(source, problems);
  checkLifecycle(source, problems);
  checkDecay(source, dimensions.engagement, problems);
}

function checkChallenger({ model, challenger_to, holdout }: ModelSource, problems: ModelProblem[]): void {
  if (challenger_to === model) {
    problems.push({ path: ['challenger_to'], message: 'a model cannot challenge itself: name the model in use' });
  }
  if (holdout !== undefined && challenger_to === undefined) {
    const message = 'only a challenger has a holdout: name the model that it challenges under challenger_to';
    problems.push({ path: ['holdout'], message });
  }
}

function onlyOnce(uses: readonly { word: string; path: ModelPath }[], what: string, problems: ModelProblem[]): void {
  const firsts = new Map<string, ModelPath>();
  for (const { word, path } of uses) {
    const first = firsts.get(word);
    if (first === undefined) firsts.set(word, path);
    else problems.push({ path, message: `there is already ${what} "${word}": use another word`, first });
  }
}

function checkGrades(name: DimensionName, grades: Readonly<Record<string, number>>, problems: ModelProblem[]): void {
  const ladder = Object.entries(grades);
  for (const [index, [grade, from]] of ladder.entries()) {
    const [better, least] = ladder[index - 1] ?? [];
    if (better === undefined || least === undefined || from < least) continue;
    problems.push({
      path: ['grades', name, grade],
      message: `grade ${grade} must begin below grade ${better}, which begins at ${least}`,
    });
  }
}
