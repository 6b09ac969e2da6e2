import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Lists, parseList } from '../../../src/leads/lists.ts';
import { compileModel } from '../../../src/scoring/compile-model.ts';
import type { CompiledModel } from '../../../src/scoring/compiled-model.ts';
import { type ModelSource, modelSchema } from '../../../src/scoring/model-schema.ts';

const LISTS_DIR = new URL('../../../config/lists/', import.meta.url);

/** The lists of `config/lists/`. */
export function readLists(): Lists {
  return new Map(
    readdirSync(LISTS_DIR).map((file) => [
      file.replace(/\.txt$/, ''),
      parseList(readFileSync(new URL(file, LISTS_DIR), 'utf8')),
    ]),
  );
}

/** The model of `model.yaml`. */
export function benchModel(lists: Lists): CompiledModel {
  return compileModel(readSource(), { lists });
}

/** The same model with fewer criteria, taken evenly from all of it, or with more, which are there several times over. */
export function modelOfSize(size: number, lists: Lists): CompiledModel {
  const source = readSource();
  const all = [...source.fit.groups, ...source.engagement.groups].flatMap(({ criteria }) => criteria);
  const times = new Map<string, number>();
  for (let place = 0; place < size; place++) {
    const id = all[Math.floor((place * Math.max(1, all.length / size)) % all.length)]?.id ?? '';
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  const resized = <
    Criterion extends { readonly id: string },
    Group extends { readonly criteria: readonly Criterion[] },
  >(
    groups: readonly Group[],
  ) =>
    groups
      .map((group) => ({ ...group, criteria: group.criteria.flatMap((one) => copies(one, times.get(one.id) ?? 0)) }))
      .filter(({ criteria }) => criteria.length > 0);
  const sized: ModelSource = {
    ...source,
    fit: { ...source.fit, groups: resized(source.fit.groups) },
    engagement: { ...source.engagement, groups: resized(source.engagement.groups) },
    // Within reach of the smallest.
    grades: { fit: { A: 3, B: 2, C: 1, D: 0 }, engagement: { 1: 3, 2: 2, 3: 1, 4: 0 } },
    lifecycle: { ...source.lifecycle, mql: { fit: 1, engagement: 1 } },
  };
  return compileModel(sized, { lists });
}

function copies<Criterion extends { readonly id: string }>(criterion: Criterion, times: number): Criterion[] {
  return Array.from({ length: times }, (_, copy) =>
    copy === 0 ? criterion : { ...criterion, id: `${criterion.id}-${copy + 1}` },
  );
}

function readSource(): ModelSource {
  return modelSchema.parse(parse(readFileSync(new URL('model.yaml', import.meta.url), 'utf8')));
}
