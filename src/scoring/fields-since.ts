import type { Compilation } from './compilation.ts';

/**
 * The fields that were asked for since so many had been, each once. Where a condition asks for a persona, what it says also hangs on the
 * fields of all personas, since a lead is of the first that fits. Personas are compiled before.
 */
export function fieldsSince(known: number, condition: unknown, { fields }: Compilation): readonly string[] {
  const ofPersonas = asksPersona(condition) ? fields.filter(({ path }) => path[0] === 'personas') : [];
  return [...new Set([...fields.slice(known), ...ofPersonas].map(({ name }) => name))];
}

function asksPersona(condition: unknown): boolean {
  if (Array.isArray(condition)) return condition.some(asksPersona);
  if (typeof condition !== 'object' || condition === null) return false;
  return 'persona' in condition || Object.values(condition).some(asksPersona);
}
