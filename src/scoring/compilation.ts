import type { Slot } from './facts.ts';
import type { ModelPath, ModelProblem } from './model-error.ts';
import type { Sources } from './operator-row.ts';

/** A name that the model takes from the connection's config, and where it does. */
export interface Mention {
  readonly name: string;
  readonly path: ModelPath;
}

/** What compiling collects on its way. */
export interface Compilation {
  readonly sources: Sources;
  readonly slots: Slot[];
  readonly problems: ModelProblem[];
  readonly fields: Mention[];
  readonly forms: Mention[];
  readonly customEvents: Mention[];
  /** What the conditions look into besides the lead, such as lists with their entries. */
  readonly data: Map<string, Iterable<string>>;
  /** The personas that may be asked for, or why none may be. */
  readonly personas: readonly string[] | { readonly refusal: string };
}
