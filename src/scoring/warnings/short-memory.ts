import { durationText } from '../../base/duration-text.ts';
import type { Counting, Dimensions } from '../compiled-model.ts';
import type { DecaySource } from '../decay-schema.ts';
import type { ModelPath, ModelProblem } from '../model-error.ts';
import type { ModelSource } from '../model-schema.ts';

/** Windows that end before the decay that goes with them has done much, or anything; each told once, at the key that is nearest. */
export function shortMemory({ engagement }: ModelSource, dimensions: Dimensions): ModelProblem[] {
  const found = new Map<string, ModelProblem>();
  for (const [place, group] of engagement.groups.entries()) {
    for (const [index, criterion] of group.criteria.entries()) {
      const compiled = dimensions.engagement.groups[place]?.criteria[index];
      const message = compiled?.counting && compiled.points !== 0 ? whyShort(compiled.counting) : undefined;
      if (message === undefined) continue;
      const path = nearestKey([
        [criterion, ['engagement', 'groups', place, 'criteria', index]],
        [group, ['engagement', 'groups', place]],
        [engagement, ['engagement']],
      ]);
      found.set(path.join('.'), { path, message });
    }
  }
  return [...found.values()];
}

function whyShort({ window, decay }: Counting): string | undefined {
  if (decay === undefined) return undefined;
  const length = durationText(window);
  if (decay.kind === 'half-life') {
    return decay.halfLife > window
      ? `the half-life of ${durationText(decay.halfLife)} is longer than the window of ${length}: most of the points are left when they end all at once`
      : undefined;
  }
  return decay.every >= window
    ? `points last for a window of ${length}, so a step of decay each ${durationText(decay.every)} never comes`
    : undefined;
}

interface Level extends DecaySource {
  readonly window?: number | undefined;
}

/** The key that brought window and decay together: whichever of the two stands nearer to the criterion. */
function nearestKey(levels: readonly (readonly [Level, ModelPath])[]): ModelPath {
  for (const [{ half_life, decay, window }, path] of levels) {
    if (half_life !== undefined) return [...path, 'half_life'];
    if (decay !== undefined) return [...path, 'decay'];
    if (window !== undefined) return [...path, 'window'];
  }
  return [];
}
