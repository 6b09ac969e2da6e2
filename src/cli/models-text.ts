import type { ModelSet } from '../scoring/model-set.ts';

/** `model platform (version 3f9a1c)`, or `models platform (version …) and services (version …)`. */
export function modelsText({ models }: ModelSet): string {
  const each = models.map(({ id, version }) => `${id} (version ${version})`);
  return `${each.length === 1 ? 'model' : 'models'} ${each.join(' and ')}`;
}
