import { countriesNamed } from '../../leads/country.ts';
import { normaliseText } from '../../leads/text.ts';
import type { ConditionSource } from '../condition-schema.ts';
import { canonical } from '../hash.ts';
import { type OperatorName, operatorNames } from '../operators.ts';

/** A condition in one of the ways to write it, as `canonical` takes it: two that come out alike always hold together. */
export function plainQuestion(condition: ConditionSource): object {
  const { all, any, not, field, persona, activity, inactive_for } = condition;
  if (all !== undefined) return several('all', all.map(plainQuestion));
  if (any !== undefined) return several('any', any.map(plainQuestion));
  if (not !== undefined) return not.not === undefined ? { not: plainQuestion(not) } : plainQuestion(not.not);
  if (persona !== undefined) return { persona: unique(persona) };
  if (inactive_for !== undefined) return { inactive_for };
  if (activity !== undefined) {
    const { form, url, name, at_least, at_most, between } = condition;
    const minutes = { at_least: at_least ?? between?.[0], at_most: at_most ?? between?.[1] };
    return { activity, form: unique(form), url: unique(url), name: unique(name), ...minutes };
  }
  const asked = operatorNames.flatMap((name) => plainOperators(name, condition));
  return several(
    'all',
    asked.map((one) => ({ field, ...one })),
  );
}

/** What one operator asks; `between` is two questions, and `is` one of a single word. */
function plainOperators(name: OperatorName, condition: ConditionSource): readonly object[] {
  const value = condition[name];
  if (value === undefined) return [];
  const { is, between, country } = condition;
  if (name === 'is') return [{ in: [is] }];
  if (name === 'between') return [{ at_least: between?.[0] }, { at_most: between?.[1] }];
  if (name === 'country') return [{ country: unique(country?.flatMap((one) => [...(countriesNamed(one) ?? [])])) }];
  return [{ [name]: Array.isArray(value) ? unique(value.map(String)) : value }];
}

/** Of parts that say the same one is enough, and one part needs no others around it. */
function several(kind: 'all' | 'any', parts: readonly object[]): object {
  const flat = parts.flatMap((part): readonly object[] => {
    const inner: unknown = Reflect.get(part, kind);
    return Array.isArray(inner) ? inner : [part];
  });
  const [only, ...others] = new Map(flat.map((part) => [canonical(part), part])).values();
  return only !== undefined && others.length === 0 ? only : { [kind]: [only, ...others] };
}

function unique(words: readonly string[] | undefined): readonly string[] | undefined {
  return words && [...new Set(words.map((word) => normaliseText(word) ?? ''))];
}
