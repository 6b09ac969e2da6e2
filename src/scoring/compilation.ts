import type { Lists } from '../leads/lists.ts';
import type { Slots } from './facts.ts';
import type { ModelPath, ModelProblem } from './model-error.ts';

/** A name that the model takes from the connection's config, and where it does. */
export interface Mention {
  readonly name: string;
  readonly path: ModelPath;
}

/** What compiling collects on its way. */
export interface Compilation {
  readonly lists: Lists;
  readonly slots: Slots;
  readonly problems: ModelProblem[];
  readonly fields: Mention[];
  readonly forms: Mention[];
  /** What the conditions look into besides the lead, such as lists with their entries. */
  readonly data: Map<string, Iterable<string>>;
}
