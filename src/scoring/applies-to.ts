import type { Lead } from '../leads/lead.ts';
import type { Compilation } from './compilation.ts';
import { compileFields } from './compile-condition.ts';
import type { CompiledModel, Scope } from './compiled-model.ts';
import { factReader } from './fact-reader.ts';
import type { ModelSource } from './model-schema.ts';

/** Whether a model scores a lead at all. */
export function appliesTo({ scope }: CompiledModel, lead: Lead): boolean {
  return scope === undefined || scope.holds(scope.readFacts(lead));
}

/** Compiles `applies_to`, with a reader of its own: a lead of another line of business is not read in full. */
export function compileScope({ applies_to: when }: ModelSource, to: Compilation): Scope | undefined {
  if (when === undefined) return undefined;
  const refusal = 'a persona cannot be asked for here: which leads a model is for comes before what they are';
  const own = { ...to, slots: [], personas: { refusal } };
  const holds = compileFields(when, ['applies_to'], own);
  return { holds, readFacts: factReader(own.slots, to.sources, []) };
}
