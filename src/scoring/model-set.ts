import { type Challenger, challengersAmong } from './challenger.ts';
import type { CompiledModel } from './compiled-model.ts';
import { hash } from './hash.ts';

export { appliesTo } from './applies-to.ts';

/** Several models that score together, such as one for each line of business. */
export interface ModelSet {
  readonly models: readonly CompiledModel[];
  /** What is scored silently beside these, by their ids. */
  readonly challengers: readonly Challenger[];
  /** Challengers of models that are not there: nothing is done with them. */
  readonly strays: readonly CompiledModel[];
  /** That of the only model; of several, a short hash of them all. */
  readonly version: string;
  /** In milliseconds. */
  readonly longestWindow: number;
  /** The forms that fast-track rules name, sorted. */
  readonly fastTrackForms: readonly string[];
}

/** Puts models together; the order in which they come changes nothing but their order. */
export function modelSet(all: readonly CompiledModel[]): ModelSet {
  const { champions: models, challengers, strays } = challengersAmong(all);
  return {
    models,
    challengers,
    strays,
    version: versionOf(models, challengers),
    longestWindow: Math.max(
      0,
      ...models.map(({ longestWindow }) => longestWindow),
      ...challengers.map(({ inPlace }) => inPlace.longestWindow),
    ),
    fastTrackForms: [...new Set(models.flatMap(({ fastTrackForms }) => fastTrackForms))].sort(),
  };
}

function versionOf(models: readonly CompiledModel[], challengers: readonly Challenger[]): string {
  const [only, second] = models;
  if (only !== undefined && second === undefined && challengers.length === 0) return only.version;
  return hash([
    ...models.map(({ id, version }) => ({ id, version })),
    // Whom they score for real, too.
    ...challengers.map(({ model: { id, version, holdout }, champion }) => ({ id, version, holdout, to: champion.id })),
  ]);
}
