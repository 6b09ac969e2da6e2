import type { Compilation } from './compilation.ts';
import { compileFields } from './compile-condition.ts';
import type { Persona } from './fact-reader.ts';
import type { ModelSource } from './model-schema.ts';

/**
 * Compiles the personas, in the order in which they are tried. Each is about fields alone, so that none can wait for
 * another, let alone for itself.
 */
export function compilePersonas({ personas = {} }: ModelSource, to: Compilation): Persona[] {
  const alone = {
    ...to,
    personas: {
      refusal:
        'a persona cannot ask for a persona: ask about the fields themselves, and put what comes first further up',
    },
  };
  return Object.entries(personas).map(([id, when]) => ({ id, holds: compileFields(when, ['personas', id], alone) }));
}
