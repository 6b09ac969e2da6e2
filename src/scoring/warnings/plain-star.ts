import type { ConditionSource } from '../condition-schema.ts';
import { criteriaOf } from '../criteria-of.ts';
import type { ModelPath, ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';
import { rulesOf } from '../rules-of.ts';

/** Texts to find in a field that begin or end with a star, as addresses of pages may: here it would have to be in the field itself. */
export function plainStar(source: ModelSource): ModelProblem[] {
  const { applies_to, personas = {} } = source;
  return [
    ...(applies_to === undefined ? [] : starsIn(applies_to, ['applies_to'])),
    ...Object.entries(personas).flatMap(([id, when]) => starsIn(when, ['personas', id])),
    ...criteriaOf(source).flatMap(({ criterion: { when }, path }) =>
      when === undefined ? [] : starsIn(when, [...path, 'when']),
    ),
    ...rulesOf(source).flatMap(({ when, path }) => starsIn(when, [...path, 'when'])),
  ];
}

function starsIn({ all, any, not, contains }: ConditionSource, path: ModelPath): ModelProblem[] {
  const starred = [contains ?? []].flat().find((text) => /^\*.|.\*$/s.test(text));
  const bare = starred?.replace(/^\*+|\*+$/g, '') ?? '';
  const message = `"contains" finds a text anywhere, and "*" means itself: write ${JSON.stringify(bare)}`;
  return [
    ...(bare === '' ? [] : [{ path: [...path, 'contains'], message }]),
    ...(all ?? []).flatMap((part, index) => starsIn(part, [...path, 'all', index])),
    ...(any ?? []).flatMap((part, index) => starsIn(part, [...path, 'any', index])),
    ...(not === undefined ? [] : starsIn(not, [...path, 'not'])),
  ];
}
