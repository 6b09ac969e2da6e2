import type { ActivityType } from '../leads/activity.ts';
import { normaliseText } from '../leads/text.ts';
import { allOf, anyOf } from './combine-tests.ts';
import type { Compilation } from './compilation.ts';
import type { ConditionSource } from './condition-schema.ts';
import type { ModelPath } from './model-error.ts';
import { operators } from './operators.ts';
import { urlPattern, urlPatternProblem } from './url-pattern.ts';

/** What of an activity a condition may look at: name and path as they are compared, the path as `pathOf` gives it. */
export interface Subject {
  readonly name: string | undefined;
  readonly path: string | undefined;
  readonly minutes: number | undefined;
}

export type SubjectKey = keyof Subject;
export type SubjectTest = (subject: Subject) => boolean;

/** One activity condition: which type, and the test that an activity of that type must pass. */
export interface ActivityCondition {
  readonly type: ActivityType;
  readonly matches: SubjectTest;
  /** What it looks at. */
  readonly asks: readonly SubjectKey[];
  /** The forms that it names; empty where it names none. */
  readonly forms: readonly string[];
  readonly path: ModelPath;
}

/** The types that can carry the address of a page. */
const WITH_PAGE: ReadonlySet<ActivityType> = new Set([
  'page-view',
  'page-click',
  'visit',
  'form-submission',
  'email-click',
  'download',
  'tool-use',
  'custom-event',
]);

/** Compiles a condition on an activity, whose keys `condition-head.ts` has looked at. */
export function compileActivity(
  condition: ConditionSource,
  type: ActivityType,
  path: ModelPath,
  to: Compilation,
): ActivityCondition {
  const { form = [], url = [], name = [] } = condition;
  to.forms.push(...form.map((key, index) => ({ name: key, path: [...path, 'form', index] })));
  if (type === 'custom-event')
    to.customEvents.push(...name.map((key, index) => ({ name: key, path: [...path, 'name', index] })));
  if (form.length > 0 && type !== 'form-submission') {
    to.problems.push({ path: [...path, 'form'], message: `"form" needs activity: form-submission, not ${type}` });
  }
  if (url.length > 0 && !WITH_PAGE.has(type)) {
    to.problems.push({
      path: [...path, 'url'],
      message: `no page belongs to an activity of type ${type}: leave "url" out`,
    });
  }
  for (const [index, glob] of url.entries()) {
    const message = urlPatternProblem(glob);
    if (message !== undefined) to.problems.push({ path: [...path, 'url', index], message });
  }
  const tests: readonly (readonly [SubjectKey, SubjectTest | undefined])[] = [
    ['name', nameTest(form)],
    ['name', nameTest(name)],
    ['path', urlTest(url)],
    ['minutes', minutesTest(condition, path, to)],
  ];
  const asked = tests.flatMap(([key, test]) => (test === undefined ? [] : [{ key, test }]));
  const matches = allOf(asked.map(({ test }) => test));
  return { type, matches, asks: asked.map(({ key }) => key), forms: form, path };
}

function nameTest(names: readonly string[]): SubjectTest | undefined {
  if (names.length === 0) return undefined;
  const wanted = new Set(names.map(normaliseText));
  return ({ name }) => name !== undefined && wanted.has(name);
}

/** Of an activity without minutes, they are a no. */
function minutesTest(condition: ConditionSource, path: ModelPath, to: Compilation): SubjectTest | undefined {
  const { at_least, at_most, between } = condition;
  if (at_least === undefined && at_most === undefined && between === undefined) return undefined;
  for (const { message } of between ? operators.between.problems(between, to.sources) : [])
    to.problems.push({ path: [...path, 'between'], message });
  const low = Math.max(at_least ?? Number.NEGATIVE_INFINITY, between?.[0] ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(at_most ?? Number.POSITIVE_INFINITY, between?.[1] ?? Number.POSITIVE_INFINITY);
  return ({ minutes }) => minutes !== undefined && minutes >= low && minutes <= high;
}

function urlTest(globs: readonly string[]): SubjectTest | undefined {
  if (globs.length === 0) return undefined;
  const onPath = anyOf(globs.map(urlPattern));
  return ({ path }) => path !== undefined && onPath(path);
}
