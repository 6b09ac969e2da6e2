import { DAY } from '../base/clock.ts';
import { attainable } from './attainable.ts';
import type { Dimension } from './compiled-model.ts';
import type { ModelPath, ModelProblem } from './model-error.ts';
import type { ModelSource } from './model-schema.ts';
import type { DimensionName } from './score.ts';

/** Finds what is wrong with a model as a whole rather than with one condition of it. */
export function checkModel(
  source: ModelSource,
  dimensions: Readonly<Record<DimensionName, Dimension>>,
  problems: ModelProblem[],
): void {
  const criteria = (['fit', 'engagement'] as const).flatMap((dimension) =>
    source[dimension].groups.flatMap((group, place) =>
      group.criteria.map((criterion, index) => ({ criterion, path: [dimension, 'groups', place, 'criteria', index] })),
    ),
  );
  for (const { criterion, path } of criteria) {
    if (criterion.points === undefined && criterion.flag === undefined) {
      problems.push({ path, message: `"${criterion.id}" changes nothing: give it points, a flag or both` });
    }
  }
  onlyOnce(
    criteria.map(({ criterion, path }) => ({ word: criterion.id, path: [...path, 'id'] })),
    'a criterion',
    problems,
  );
  onlyOnce(
    source.fast_track.map(({ id }, index) => ({ word: id, path: ['fast_track', index, 'id'] })),
    'a rule',
    problems,
  );
  for (const name of ['fit', 'engagement'] as const) {
    const groups = source[name].groups.map((group, place) => ({
      word: group.name,
      path: [name, 'groups', place, 'name'],
    }));
    onlyOnce(groups, 'a group', problems);
    checkReach(source, dimensions[name], problems);
    checkGrades(name, source.grades[name], problems);
  }
  checkHalfLives(source, dimensions.engagement, problems);
}

function onlyOnce(uses: readonly { word: string; path: ModelPath }[], what: string, problems: ModelProblem[]): void {
  const seen = new Set<string>();
  for (const { word, path } of uses) {
    if (seen.has(word)) problems.push({ path, message: `there is already ${what} "${word}": use another word` });
    seen.add(word);
  }
}

/** A gate or grade that no lead can ever reach is a mistake, and a silent one. */
function checkReach(source: ModelSource, dimension: Dimension, problems: ModelProblem[]): void {
  const { name, max } = dimension;
  const most = attainable(dimension);
  const why = most < max ? `its criteria and caps add up to at most ${most}` : `its max is ${max}`;
  const check = (needed: number, path: ModelPath, what: string): void => {
    if (needed > most)
      problems.push({ path, message: `no lead can reach ${what}: it needs ${name} of ${needed}, but ${why}` });
  };
  check(source.lifecycle.mql[name], ['lifecycle', 'mql', name], 'MQL');
  for (const [grade, from] of Object.entries(source.grades[name]))
    check(from, ['grades', name, grade], `grade ${grade}`);
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

const LONGEST_HALF_LIFE = 3650 * DAY;

/** A half-life under which nothing decays does not do what its author meant. */
function checkHalfLives({ engagement }: ModelSource, compiled: Dimension, problems: ModelProblem[]): void {
  const check = (halfLife: number | 'none' | undefined, path: ModelPath, decays: boolean): void => {
    if (halfLife === undefined || halfLife === 'none') return;
    if (!decays)
      problems.push({
        path,
        message: '"half_life" has nothing to apply to: nothing here gives points for an activity',
      });
    if (halfLife > LONGEST_HALF_LIFE)
      problems.push({ path, message: '"half_life" is at most ten years: write none to switch decay off' });
  };
  const decaying = compiled.groups.map(({ criteria }) =>
    criteria.map(({ counting, points }) => counting !== undefined && points !== 0),
  );
  check(engagement.half_life, ['engagement', 'half_life'], decaying.flat().includes(true));
  for (const [place, group] of engagement.groups.entries()) {
    const path = ['engagement', 'groups', place];
    check(group.half_life, [...path, 'half_life'], decaying[place]?.includes(true) ?? false);
    for (const [index, { half_life, when }] of group.criteria.entries()) {
      // One without an activity is reported where it is compiled.
      const counted = compiled.groups[place]?.criteria[index]?.counting !== undefined;
      if (when !== undefined && counted)
        check(half_life, [...path, 'criteria', index, 'half_life'], decaying[place]?.[index] ?? false);
    }
  }
}
