import { criterionIds } from '../analysis/questions/own-questions.ts';
import type { PlainModel } from '../analysis/questions/plain-model.ts';
import { ConfigError } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';

/** Stands for each criterion of the model. */
const ALL = 'all';

/**
 * Says of which criteria history may turn the sign: those that are named by their ids, or by that of a step of their bands, as a suggested
 * model calls it. @throws ConfigError for an id that the model does not have.
 */
export function freedCriteria(model: PlainModel, names: readonly string[]): (criterion: string) => boolean {
  const known = criterionIds(model);
  const freed = new Set(names.flatMap((name) => (name === ALL ? known : criterionOf(name, known))));
  return (criterion) => freed.has(criterion);
}

function criterionOf(name: string, known: readonly string[]): string {
  const found = known.find((id) => id === name) ?? known.find((id) => name.startsWith(`${id}-from-`));
  if (found !== undefined) return found;
  throw new ConfigError(`the model has no criterion ${JSON.stringify(name)}${suggestion(name, known)}`);
}
