import type { ConditionSource } from '../condition-schema.ts';
import { criteriaOf } from '../criteria-of.ts';
import type { ModelPath, ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';
import type { Sources } from '../operator-row.ts';
import { rulesOf } from '../rules-of.ts';
import { contradiction } from './contradiction.ts';
import { waysToMeet } from './literals.ts';

/** Conditions that contradict themselves, so that what hangs on them never happens. */
export function neverApplies(source: ModelSource, sources: Sources): ModelProblem[] {
  const { applies_to, personas = {} } = source;
  const check = (when: ConditionSource | undefined, path: ModelPath, what: string): ModelProblem[] => {
    const why = when && whyNever(when, personas, sources);
    return why === undefined ? [] : [{ path, message: `${what}: ${why}` }];
  };
  return [
    ...check(applies_to, ['applies_to'], 'the model is for no lead at all'),
    ...Object.entries(personas).flatMap(([id, when]) => check(when, ['personas', id], `nobody is of persona "${id}"`)),
    ...criteriaOf(source).flatMap(({ criterion: { id, when }, path }) =>
      check(when, [...path, 'when'], `"${id}" never applies`),
    ),
    ...rulesOf(source).flatMap(({ id, when, path }) => check(when, [...path, 'when'], `"${id}" never applies`)),
  ];
}

/** The first contradiction, where every way to meet the condition has one. */
function whyNever(when: ConditionSource, personas: ModelSource['personas'], sources: Sources): string | undefined {
  const whys = (waysToMeet(when, personas)?.each ?? []).map((way) => contradiction(way, sources));
  return whys.every((why) => why !== undefined) ? whys[0] : undefined;
}
