import { percentText } from '../analysis/number-text.ts';
import type { Challenger } from '../scoring/challenger.ts';
import type { ModelSet } from '../scoring/model-set.ts';

/** `model platform (version 3f9a1c)`, or `models platform (version …) and services (version …)`; then what challenges them. */
export function modelsText({ models, challengers }: ModelSet): string {
  const each = models.map(({ id, version }) => `${id} (version ${version})`);
  const beside = challengers.map((one) => `, ${challengerText(one)}`).join('');
  return `${each.length === 1 ? 'model' : 'models'} ${each.join(' and ')}${beside}`;
}

/** `challenger new-points of platform (version 77c0de) with a holdout of 10%`. */
export function challengerText({ model: { id, version, holdout }, champion }: Challenger): string {
  const share = holdout === 0 ? '' : ` with a holdout of ${percentText(holdout)}`;
  return `challenger ${id} of ${champion.id} (version ${version})${share}`;
}
