import { allOf, anyOf } from './combine-tests.ts';
import type { Compilation } from './compilation.ts';
import { type ActivityCondition, compileActivity } from './compile-activity.ts';
import type { ConditionSource } from './condition-schema.ts';
import type { Predicate } from './facts.ts';
import type { ModelPath } from './model-error.ts';
import { type OperatorName, type OperatorValues, operatorNames, operators } from './operators.ts';

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
    const [head, another] = headsOf(one);
    if (one.activity !== undefined) {
      headOf(one, at, to);
      activities.push(compileActivity(one, one.activity, at, to));
    } else if (one.all !== undefined && head === 'all' && another === undefined) {
      headOf(one, at, to);
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

type Head = (typeof HEADS)[number];

function headsOf(condition: ConditionSource): Head[] {
  return HEADS.filter((key) => condition[key] !== undefined);
}

/** Says what the condition is and complains about keys that do not belong to that. */
function headOf(condition: ConditionSource, path: ModelPath, to: Compilation): Head | undefined {
  const [head, second] = headsOf(condition);
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
  for (const [source, entries] of operators[name].data(value, lists)) data.set(source, entries);
  return operators[name].compile(value, field, slots, lists);
}

function never(): boolean {
  return false;
}
