import { allOf } from './combine-tests.ts';
import type { Compilation } from './compilation.ts';
import { type ActivityCondition, compileActivity } from './compile-activity.ts';
import { compileFields } from './compile-condition.ts';
import { headOf, headsOf } from './condition-head.ts';
import type { ConditionSource } from './condition-schema.ts';
import type { Predicate } from './facts.ts';
import type { ModelPath } from './model-error.ts';

export interface SplitCondition {
  readonly activity: ActivityCondition | undefined;
  readonly inactivity: Inactivity | undefined;
  /** Undefined where there are no questions about fields. */
  readonly holds: Predicate | undefined;
}

/** That nothing was done for so long. */
export interface Inactivity {
  /** In milliseconds. */
  readonly length: number;
  readonly path: ModelPath;
}

/** Compiles a condition that may ask for one activity, or for none for long, alone or in `all` with questions about fields. */
export function compileSplit(condition: ConditionSource, path: ModelPath, to: Compilation): SplitCondition {
  const activities: ActivityCondition[] = [];
  const silences: Inactivity[] = [];
  const fields: Predicate[] = [];
  const visit = (one: ConditionSource, at: ModelPath): void => {
    const [head, another] = headsOf(one);
    if (one.activity !== undefined) {
      headOf(one, at, to);
      activities.push(compileActivity(one, one.activity, at, to));
    } else if (one.inactive_for !== undefined && head === 'inactive_for') {
      headOf(one, at, to);
      silences.push({ length: one.inactive_for, path: at });
    } else if (one.all !== undefined && head === 'all' && another === undefined) {
      headOf(one, at, to);
      for (const [index, inner] of one.all.entries()) visit(inner, [...at, 'all', index]);
    } else fields.push(compileFields(one, at, to));
  };
  visit(condition, path);
  const [activity, second] = activities;
  const [inactivity, longer] = silences;
  if (second !== undefined) {
    to.problems.push({
      path: second.path,
      message:
        'only one activity can be asked for: for one of several forms or pages, list them, such as form: [ebook, webinar]',
    });
  }
  if (longer !== undefined)
    to.problems.push({ path: longer.path, message: 'only one "inactive_for" can be asked for' });
  if (activity !== undefined && inactivity !== undefined) {
    to.problems.push({
      path: inactivity.path,
      message: 'an activity and "inactive_for" cannot both be asked for: make two criteria of them',
    });
  }
  return { activity, inactivity, holds: fields.length > 0 ? allOf(fields) : undefined };
}
