import type { ActivityType } from '../leads/activity.ts';
import type { Lists } from '../leads/lists.ts';
import { normaliseText } from '../leads/text.ts';
import type { ConditionSource } from './condition-schema.ts';
import type { Predicate, Slots } from './facts.ts';
import type { ModelPath, ModelProblem } from './model-error.ts';
import { type OperatorName, type OperatorValues, operatorNames, operators } from './operators.ts';
import { urlPattern, urlPatternProblem } from './url-pattern.ts';

/** A name that the model takes from the connection's config, and where it does. */
export interface Mention {
  readonly name: string;
  readonly path: ModelPath;
}

/** What compiling collects on its way. */
export interface Compilation {
  readonly lists: Lists;
  readonly slots: Slots;
  readonly problems: ModelProblem[];
  readonly fields: Mention[];
  readonly forms: Mention[];
  /** The lists that are used, with their entries. */
  readonly data: Map<string, Iterable<string>>;
}

/** Compiles a condition that is about fields alone. */
export function compileFields(condition: ConditionSource, path: ModelPath, to: Compilation): Predicate {
  const head = headOf(condition, path, to);
  switch (head) {
    case 'all':
      return allOf(compileEach(condition.all, [...path, 'all'], to));
    case 'any':
      return anyOf(compileEach(condition.any, [...path, 'any'], to));
    case 'not': {
      const inner = condition.not === undefined ? never : compileFields(condition.not, [...path, 'not'], to);
      return (facts) => !inner(facts);
    }
    case 'field':
      return compileField(condition, path, to);
    case 'activity':
      to.problems.push({ path, message: 'an activity cannot stand here: only questions about fields can' });
      return never;
    case undefined:
      return never;
  }
}

/** What of an activity a condition may look at: both as they are compared, the path as `pathOf` gives it. */
export interface Subject {
  readonly name: string | undefined;
  readonly path: string | undefined;
}

export type SubjectTest = (subject: Subject) => boolean;

/** One activity condition: which type, and the test that an activity of that type must pass. */
export interface ActivityCondition {
  readonly type: ActivityType;
  readonly matches: SubjectTest;
  /** The forms that it names; empty where it names none. */
  readonly forms: readonly string[];
  readonly path: ModelPath;
}

export interface SplitCondition {
  readonly activity: ActivityCondition | undefined;
  /** Undefined where there are no questions about fields. */
  readonly holds: Predicate | undefined;
}

/** Compiles a condition that may ask for one activity, alone or in `all` with questions about fields. */
export function compileSplit(condition: ConditionSource, path: ModelPath, to: Compilation): SplitCondition {
  const activities: ActivityCondition[] = [];
  const fields: Predicate[] = [];
  const visit = (one: ConditionSource, at: ModelPath): void => {
    if (one.activity !== undefined) {
      headOf(one, at, to);
      activities.push(compileActivity(one, one.activity, at, to));
    } else if (one.all !== undefined && headOf(one, at, to) === 'all') {
      for (const [index, inner] of one.all.entries()) visit(inner, [...at, 'all', index]);
    } else fields.push(compileFields(one, at, to));
  };
  visit(condition, path);
  const [activity, another] = activities;
  if (another !== undefined) {
    to.problems.push({
      path: another.path,
      message:
        'only one activity can be asked for: for one of several forms or pages, list them, such as form: [ebook, webinar]',
    });
  }
  return { activity, holds: fields.length > 0 ? allOf(fields) : undefined };
}

const HEADS = ['all', 'any', 'not', 'field', 'activity'] as const;
const DETAILS = ['form', 'url', 'name'] as const;
const WITH_PAGE: ReadonlySet<ActivityType> = new Set(['page-view', 'form-submission', 'email-click']);

/** Says what the condition is and complains about keys that do not belong to that. */
function headOf(condition: ConditionSource, path: ModelPath, to: Compilation): (typeof HEADS)[number] | undefined {
  const heads = HEADS.filter((key) => condition[key] !== undefined);
  const [head, second] = heads;
  const asked = operatorNames.filter((key) => condition[key] !== undefined);
  const details = DETAILS.filter((key) => condition[key] !== undefined);
  const complain = (key: string | undefined, message: string) =>
    to.problems.push({ path: key === undefined ? path : [...path, key], message });
  if (head === undefined) {
    const [key] = [...asked, ...details];
    const needed = key !== undefined && asked.length === 0 ? 'activity' : 'field';
    complain(
      key,
      key === undefined
        ? 'an empty condition: ask about a field or an activity'
        : `"${key}" needs "${needed}" beside it`,
    );
    return undefined;
  }
  if (second !== undefined) {
    complain(second, `"${head}" and "${second}" cannot stand side by side: put both under "all"`);
    return undefined;
  }
  for (const key of head === 'field' ? [] : asked) complain(key, `"${key}" needs "field" beside it, not "${head}"`);
  for (const key of head === 'activity' ? [] : details)
    complain(key, `"${key}" needs "activity" beside it, not "${head}"`);
  if (head === 'field' && asked.length === 0) {
    complain('field', `say what "${condition.field}" must be: ${operatorNames.slice(0, 6).join(', ')}, …`);
  }
  return head;
}

function compileEach(
  conditions: readonly ConditionSource[] | undefined,
  path: ModelPath,
  to: Compilation,
): Predicate[] {
  return (conditions ?? []).map((condition, index) => compileFields(condition, [...path, index], to));
}

function compileField(condition: ConditionSource, path: ModelPath, to: Compilation): Predicate {
  const field = condition.field ?? '';
  to.fields.push({ name: field, path: [...path, 'field'] });
  return allOf(operatorNames.flatMap((name) => compileOperator(name, condition[name], field, path, to) ?? []));
}

function compileOperator<Name extends OperatorName>(
  name: Name,
  value: OperatorValues[Name] | undefined,
  field: string,
  path: ModelPath,
  { slots, lists, problems, data }: Compilation,
): Predicate | undefined {
  if (value === undefined) return undefined;
  const message = operators[name].problem(value, lists);
  if (message !== undefined) problems.push({ path: [...path, name], message });
  for (const used of operators[name].lists(value)) data.set(used, lists.get(used) ?? []);
  return operators[name].compile(value, field, slots, lists);
}

function compileActivity(
  condition: ConditionSource,
  type: ActivityType,
  path: ModelPath,
  to: Compilation,
): ActivityCondition {
  const { form = [], url = [], name = [] } = condition;
  to.forms.push(...form.map((key, index) => ({ name: key, path: [...path, 'form', index] })));
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
  const tests = [nameTest(form), nameTest(name), urlTest(url)].filter((test) => test !== undefined);
  return { type, matches: allOf(tests), forms: form, path };
}

function nameTest(names: readonly string[]): SubjectTest | undefined {
  if (names.length === 0) return undefined;
  const wanted = new Set(names.map(normaliseText));
  return ({ name }) => name !== undefined && wanted.has(name);
}

function urlTest(globs: readonly string[]): SubjectTest | undefined {
  if (globs.length === 0) return undefined;
  const onPath = anyOf(globs.map(urlPattern));
  return ({ path }) => path !== undefined && onPath(path);
}

function never(): boolean {
  return false;
}

function allOf<Of>(tests: readonly ((of: Of) => boolean)[]): (of: Of) => boolean {
  const [first, second, third] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (third === undefined) return (of) => first(of) && second(of);
  return (of) => tests.every((test) => test(of));
}

function anyOf<Of>(tests: readonly ((of: Of) => boolean)[]): (of: Of) => boolean {
  const [first, second] = tests;
  if (first !== undefined && second === undefined) return first;
  return (of) => tests.some((test) => test(of));
}
