import { attainable } from '../attainable.ts';
import type { Dimensions } from '../compiled-model.ts';
import type { ModelPath, ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';

/** Gates and grades that no lead can ever reach. */
export function outOfReach(source: ModelSource, dimensions: Dimensions): ModelProblem[] {
  return (['fit', 'engagement'] as const).flatMap((name) => {
    const { max } = dimensions[name];
    const most = attainable(dimensions[name]);
    const why = most < max ? `its criteria and caps add up to at most ${most}` : `its max is ${max}`;
    const check = (needed: number, path: ModelPath, what: string): ModelProblem[] =>
      needed > most ? [{ path, message: `no lead can reach ${what}: it needs ${name} of ${needed}, but ${why}` }] : [];
    return [
      ...check(source.lifecycle.lead?.[name] ?? 0, ['lifecycle', 'lead', name], 'the stage of a lead'),
      ...check(source.lifecycle.mql[name], ['lifecycle', 'mql', name], 'MQL'),
      ...Object.entries(source.grades[name]).flatMap(([grade, from]) =>
        check(from, ['grades', name, grade], `grade ${grade}`),
      ),
    ];
  });
}
