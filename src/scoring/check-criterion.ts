import type { ModelPath, ModelProblem } from './model-error.ts';
import type { FitCriterionSource } from './model-schema.ts';
import { noWhy } from './no-why.ts';

/** Finds keys of a criterion that belong together and are not together, or the other way round. */
export function checkCriterion(criterion: FitCriterionSource, path: ModelPath, problems: ModelProblem[]): void {
  const { id, when, points, flag, disqualify, field, bands } = criterion;
  const why = disqualify === undefined ? undefined : noWhy(disqualify);
  if (why !== undefined) problems.push({ path: [...path, 'disqualify'], message: why });
  if (field !== undefined && bands === undefined) {
    const message = '"field" needs "bands" beside it; a question about a field stands under "when"';
    problems.push({ path: [...path, 'field'], message });
    return;
  }
  if (bands === undefined) {
    if (when === undefined) problems.push({ path, message: `missing key "when": say when "${id}" holds` });
    if (points === undefined && flag === undefined && disqualify === undefined) {
      problems.push({ path, message: `"${id}" changes nothing: give it points, a flag or disqualify` });
    }
    return;
  }
  if (field === undefined) {
    problems.push({ path: [...path, 'bands'], message: '"bands" needs "field" beside it, such as field: employees' });
  }
  for (const key of ['points', 'flag', 'disqualify'] as const) {
    if (criterion[key] === undefined) continue;
    const message = `"${key}" cannot stand together with "bands": make a criterion of its own of it`;
    problems.push({ path: [...path, key], message });
  }
}
