import type { Compilation } from '../compilation.ts';
import { compileFields } from '../compile-condition.ts';
import { factReader } from '../fact-reader.ts';
import type { Slot } from '../facts.ts';
import type { Sources } from '../operator-row.ts';
import type { Literal } from './literals.ts';

/** Tells whether a lead with a word in the field gives all questions about it their answers; a blank word is no value. */
export function meeting(literals: readonly Literal[], field: string, sources: Sources): (word: string) => boolean {
  const slots: Slot[] = [];
  const to: Compilation = {
    sources,
    slots,
    problems: [],
    fields: [],
    forms: [],
    customEvents: [],
    data: new Map(),
    personas: [],
  };
  const all = literals.map(({ question, answer }) => (answer ? question : { not: question }));
  const holds = compileFields({ all }, [], to);
  const read = factReader(slots, sources, []);
  return (word) => holds(read({ id: '', formerIds: [], emails: [], fields: { [field]: word }, createdAt: 0 }));
}
