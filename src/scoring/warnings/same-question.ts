import type { Dimensions } from '../compiled-model.ts';
import { criteriaOf } from '../criteria-of.ts';
import { canonical } from '../hash.ts';
import type { ModelPath, ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';
import { rulesOf } from '../rules-of.ts';
import { plainQuestion } from './plain-question.ts';

interface Asked {
  readonly id: string;
  readonly path: ModelPath;
  readonly question: string;
}

/** Criteria, rules and personas that ask for the same thing as one before them: they always coincide. */
export function sameQuestion(source: ModelSource, dimensions: Dimensions): ModelProblem[] {
  const { personas = {}, fast_track } = source;
  const rules = rulesOf(source).map(({ id, when, path }) => ({
    id,
    path: [...path, 'when'],
    question: canonical(plainQuestion(when)),
  }));
  const [tracks, series] = [rules.slice(0, fast_track.length), rules.slice(fast_track.length)];
  const kinds = Object.entries(personas).map(([id, when]) => ({
    id,
    path: ['personas', id],
    question: canonical(plainQuestion(when)),
  }));
  return [
    ...again(
      askedByCriteria(source, dimensions),
      (id, before) => `"${id}" and "${before}" ask for the same: they always coincide`,
    ),
    ...again(tracks, (id, before) => `"${id}" and "${before}" ask for the same: both fire at once`),
    ...again(series, (id, before) => `"${id}" and "${before}" ask for the same: one of the two is enough`),
    ...again(kinds, (id, before) => `nobody is of persona "${id}": "${before}" asks for the same and comes first`),
  ];
}

/** How often and how far back activities count is part of what is asked: points for the last week upon some for the year are no mistake. */
function askedByCriteria(source: ModelSource, dimensions: Dimensions): Asked[] {
  const compiled = [dimensions.fit, dimensions.engagement].flatMap(({ groups }) =>
    groups.flatMap((one) => one.criteria),
  );
  return criteriaOf(source).flatMap(({ criterion: { id, when, bands }, path }, index) => {
    if (when === undefined || bands !== undefined) return [];
    const { per, window } = compiled[index]?.counting ?? {};
    return [{ id, path: [...path, 'when'], question: canonical({ question: plainQuestion(when), per, window }) }];
  });
}

function again(asked: readonly Asked[], say: (id: string, before: string) => string): ModelProblem[] {
  const first = new Map<string, string>();
  return asked.flatMap(({ id, path, question }) => {
    const before = first.get(question);
    if (before !== undefined) return [{ path, message: say(id, before) }];
    first.set(question, id);
    return [];
  });
}
