import type { CompiledModel } from './compiled-model.ts';
import { hash } from './hash.ts';

export { appliesTo } from './applies-to.ts';

/** Several models that score together, such as one for each line of business. */
export interface ModelSet {
  readonly models: readonly CompiledModel[];
  /** That of the only model; of several, a short hash of them all. */
  readonly version: string;
  /** In milliseconds. */
  readonly longestWindow: number;
  /** The forms that fast-track rules name, sorted. */
  readonly fastTrackForms: readonly string[];
}

/** Puts models together; the order in which they come changes nothing but their order. */
export function modelSet(models: readonly CompiledModel[]): ModelSet {
  const [only, second] = models;
  return {
    models,
    version:
      only !== undefined && second === undefined
        ? only.version
        : hash(models.map(({ id, version }) => ({ id, version }))),
    longestWindow: Math.max(0, ...models.map(({ longestWindow }) => longestWindow)),
    fastTrackForms: [...new Set(models.flatMap(({ fastTrackForms }) => fastTrackForms))].sort(),
  };
}
