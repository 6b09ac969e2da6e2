import type { Dimension } from './compiled-model.ts';
import type { DecaySource } from './decay-schema.ts';
import type { ModelPath, ModelProblem } from './model-error.ts';
import type { ModelSource } from './model-schema.ts';

/** Finds a decay that nothing fades by, and one that says two things at once. */
export function checkDecay({ engagement }: ModelSource, compiled: Dimension, problems: ModelProblem[]): void {
  const check = (source: DecaySource, path: ModelPath, applies: boolean): void => {
    const { half_life, decay } = source;
    if (half_life !== undefined && decay !== undefined) {
      const message = '"half_life" and "decay" cannot stand side by side: points fade in one way only';
      problems.push({ path: [...path, 'decay'], message });
      return;
    }
    for (const key of ['half_life', 'decay'] as const) {
      const value = source[key];
      if (value === undefined || value === 'none') continue;
      if (!applies) {
        const message = `"${key}" has nothing to apply to: no activity gives points here`;
        problems.push({ path: [...path, key], message });
      }
    }
  };
  const decaying = compiled.groups.map(({ criteria }) =>
    criteria.map(({ counting, points }) => counting !== undefined && points !== 0),
  );
  check(engagement, ['engagement'], decaying.flat().includes(true));
  for (const [place, group] of engagement.groups.entries()) {
    const path = ['engagement', 'groups', place];
    check(group, path, decaying[place]?.includes(true) ?? false);
    for (const [index, criterion] of group.criteria.entries()) {
      // One without an activity is reported where it is compiled.
      const counted = compiled.groups[place]?.criteria[index]?.counting !== undefined;
      if (counted) check(criterion, [...path, 'criteria', index], decaying[place]?.[index] ?? false);
    }
  }
}
