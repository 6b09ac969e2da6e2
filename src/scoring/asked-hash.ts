import type { Compilation } from './compilation.ts';
import { compileSplit } from './compile-split.ts';
import { asksPersona, conditionMeaning, personasMeaning } from './condition-meaning.ts';
import type { ConditionSource } from './condition-schema.ts';
import { hash } from './hash.ts';
import { windowOf } from './inherit.ts';
import type { ModelSource } from './model-schema.ts';

/**
 * A short hash of everything in a model that decides whether a rule on fields holds: what it asks, whom the model is about,
 * who is ruled out, and the lists and titles that all these look into. While it stays the same, a rule that comes to
 * hold does so by what the lead is, and not by an edit of the model.
 */
export function hashAsked(when: ConditionSource, source: ModelSource, to: Compilation): string {
  const { applies_to: scope, personas } = source;
  const barred = disqualifying(source);
  const conditions = [when, scope, ...barred.map((one) => one.when)].filter((one) => one !== undefined);
  const named = conditions.some(asksPersona) ? personas : undefined;
  return hash({
    when: conditionMeaning(when),
    scope: scope && conditionMeaning(scope),
    barred: barred.map(({ when, window }) => ({ when: conditionMeaning(when), window })),
    personas: personasMeaning(named),
    data: dataOf([...conditions, ...Object.values(named ?? {})], to),
  });
}

function disqualifying({ fit, engagement }: ModelSource) {
  const bars: { readonly when: ConditionSource; readonly window?: number }[] = [];
  for (const { criteria } of fit.groups)
    for (const { disqualify, when } of criteria)
      if (disqualify !== undefined && when !== undefined) bars.push({ when });
  for (const group of engagement.groups)
    for (const criterion of group.criteria) {
      const { disqualify, when } = criterion;
      if (disqualify !== undefined && when !== undefined)
        bars.push({ when, window: windowOf(criterion, group, engagement) });
    }
  return bars;
}

/** What is wrong with them is told where they stand. */
function dataOf(conditions: readonly ConditionSource[], { sources, personas }: Compilation): object[] {
  const own: Compilation = {
    sources,
    personas,
    slots: [],
    problems: [],
    fields: [],
    forms: [],
    customEvents: [],
    data: new Map(),
  };
  for (const condition of conditions) compileSplit(condition, [], own);
  return [...own.data].map(([name, entries]) => ({ name, entries: [...entries] }));
}
