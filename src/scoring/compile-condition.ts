import { suggestion } from '../base/nearest-word.ts';
import { allOf, anyOf } from './combine-tests.ts';
import type { Compilation } from './compilation.ts';
import { headOf } from './condition-head.ts';
import type { ConditionSource } from './condition-schema.ts';
import type { Predicate } from './facts.ts';
import type { ModelPath } from './model-error.ts';
import { type OperatorName, type OperatorValues, operatorNames, operators } from './operators.ts';

/** Compiles a condition that is about fields and personas alone. */
export function compileFields(condition: ConditionSource, path: ModelPath, to: Compilation): Predicate {
  switch (headOf(condition, path, to)) {
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
    case 'persona':
      return compilePersona(condition.persona ?? [], [...path, 'persona'], to);
    case 'activity':
      to.problems.push({ path, message: 'an activity cannot stand here: only questions about fields can' });
      return never;
    case 'inactive_for':
      to.problems.push({
        path,
        message:
          '"inactive_for" cannot stand here: it stands under engagement, alone or in "all" with questions about fields',
      });
      return never;
    case undefined:
      return never;
  }
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
  { slots, sources, problems, data }: Compilation,
): Predicate | undefined {
  if (value === undefined) return undefined;
  const found = operators[name].problems(value, sources);
  for (const { entry, message } of found) {
    problems.push({ path: entry === undefined ? [...path, name] : [...path, name, entry], message });
  }
  if (found.length > 0) return never;
  for (const [source, entries] of operators[name].data(value, sources)) data.set(source, entries);
  return operators[name].compile(value, field, slots, sources);
}

function compilePersona(names: readonly string[], path: ModelPath, { personas, problems }: Compilation): Predicate {
  if ('refusal' in personas) {
    problems.push({ path, message: personas.refusal });
    return never;
  }
  for (const [index, name] of names.entries()) {
    if (personas.includes(name)) continue;
    const none = personas.length === 0 ? ': the model has no "personas"' : suggestion(name, personas);
    problems.push({ path: [...path, index], message: `there is no persona "${name}"${none}` });
  }
  const wanted = new Set(names);
  return ({ persona }) => persona !== undefined && wanted.has(persona);
}

function never(): boolean {
  return false;
}
