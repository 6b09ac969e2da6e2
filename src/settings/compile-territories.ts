import type { Compilation, Mention } from '../scoring/compilation.ts';
import { compileFields } from '../scoring/compile-condition.ts';
import { hashCondition } from '../scoring/condition-meaning.ts';
import { factReader } from '../scoring/fact-reader.ts';
import type { ModelProblem } from '../scoring/model-error.ts';
import type { ModelParts } from './model-file.ts';
import type { Territory } from './sales.ts';
import type { SalesSource } from './sales-schema.ts';

export interface CompiledTerritories {
  readonly territories: readonly Territory[];
  /** Every place that names a field. */
  readonly fields: readonly Mention[];
  readonly problems: readonly ModelProblem[];
}

/** Makes the questions of territories ready to be asked of leads; their owners are taken as they stand. */
export function compileTerritories(
  sources: SalesSource['territories'],
  { lists, titles }: ModelParts,
): CompiledTerritories {
  const to: Omit<Compilation, 'slots'> = {
    sources: { lists, titles },
    problems: [],
    fields: [],
    forms: [],
    customEvents: [],
    data: new Map(),
    personas: { refusal: 'a persona cannot be asked for here: it is one model that has it' },
  };
  const territories: Territory[] = [];
  for (const [index, { when, owners }] of sources.entries()) {
    const path = ['territories', index, 'when'];
    // With a reader of its own: most leads are of the first territories, and are not read for the others.
    const own: Compilation = { ...to, slots: [] };
    const asks = compileFields(when, path, own);
    const id = hashCondition(when, undefined);
    const first = territories.findIndex((other) => other.id === id);
    if (first >= 0) {
      const message = 'this asks what an earlier territory asks, so that nobody ever comes here: put the owners there';
      to.problems.push({ path, message, first: ['territories', first, 'when'] });
    }
    const readFacts = factReader(own.slots, to.sources, []);
    territories.push({ id, holds: (lead) => asks(readFacts(lead)), owners });
  }
  return { territories, fields: to.fields, problems: to.problems };
}
