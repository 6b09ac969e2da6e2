import type { ConditionSource } from './condition-schema.ts';
import { hash } from './hash.ts';

type Personas = Readonly<Record<string, ConditionSource>> | undefined;

/** A short hash of what a condition asks, whichever forms it names; the personas are part of it where it asks for one. */
export function hashCondition(condition: ConditionSource, personas: Personas): string {
  const asked = conditionMeaning(condition, 'form');
  return hash(asksPersona(condition) ? { asked, personas: personasMeaning(personas) } : asked);
}

/** What personas mean: the order in which they are tried is part of it. */
export function personasMeaning(personas: Personas): object | undefined {
  const entries = Object.entries(personas ?? {});
  if (entries.length === 0) return undefined;
  return entries.map(([id, when], order) => ({ order, id, when: conditionMeaning(when) }));
}

/** A condition as it is compared: case and surrounding blanks never matter, but in a regular expression `\D` is not `\d`. */
export function conditionMeaning(value: unknown, leftOut?: string): unknown {
  if (typeof value === 'string') return value.toLowerCase();
  if (Array.isArray(value)) return value.map((one) => conditionMeaning(one, leftOut));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== leftOut)
      .map(([name, inner]) => [name, name === 'matches' ? inner : conditionMeaning(inner, leftOut)]),
  );
}

/** Whether a condition asks for a persona, however deep. */
export function asksPersona({ all = [], any = [], not, persona }: ConditionSource): boolean {
  return persona !== undefined || [...all, ...any, ...(not === undefined ? [] : [not])].some(asksPersona);
}
