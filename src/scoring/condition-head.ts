import type { Compilation } from './compilation.ts';
import type { ConditionSource } from './condition-schema.ts';
import type { ModelPath } from './model-error.ts';
import { operatorNames } from './operators.ts';

const HEADS = ['all', 'any', 'not', 'field', 'persona', 'activity', 'inactive_for'] as const;
const DETAILS = ['form', 'url', 'name'] as const;
/** The operators that stand beside an activity too, where they ask for its minutes. */
const MEASURES: ReadonlySet<string> = new Set(['at_least', 'at_most', 'between']);

/** The key that says what kind of condition it is. */
export type Head = (typeof HEADS)[number];

/** All of them that the condition has; a sound one has one. */
export function headsOf(condition: ConditionSource): Head[] {
  return HEADS.filter((key) => condition[key] !== undefined);
}

/** Says what the condition is and complains about keys that do not belong to that. */
export function headOf(condition: ConditionSource, path: ModelPath, { problems }: Compilation): Head | undefined {
  const [head, second] = headsOf(condition);
  const asked = operatorNames.filter((key) => condition[key] !== undefined);
  const details = DETAILS.filter((key) => condition[key] !== undefined);
  const complain = (key: string | undefined, message: string) =>
    problems.push({ path: key === undefined ? path : [...path, key], message });
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
  for (const key of asked) {
    if (head !== 'field' && !(head === 'activity' && MEASURES.has(key)))
      complain(key, `"${key}" needs "field" beside it, not "${head}"`);
  }
  for (const key of head === 'activity' ? [] : details)
    complain(key, `"${key}" needs "activity" beside it, not "${head}"`);
  if (head === 'field' && asked.length === 0) {
    complain('field', `say what "${condition.field}" must be: ${operatorNames.slice(0, 6).join(', ')}, …`);
  }
  return head;
}
