import type { Decay } from './decay.ts';
import type { DecaySource } from './decay-schema.ts';

interface Timed extends DecaySource {
  readonly window?: number | undefined;
}

/** How far back activities count, in milliseconds: what the criterion says, else its group, else the dimension. */
export function windowOf(criterion: Timed, group: Timed, dimension: Timed & { readonly window: number }): number {
  return criterion.window ?? group.window ?? dimension.window;
}

/** How points fade: what the criterion says, in whichever way, else its group, else the dimension; undefined where they do not. */
export function decayOf(criterion: Timed, group: Timed, dimension: Timed): Decay | undefined {
  for (const { half_life, decay } of [criterion, group, dimension]) {
    if (half_life === 'none' || decay === 'none') return undefined;
    if (half_life !== undefined) return { kind: 'half-life', halfLife: half_life };
    if (decay !== undefined) return { kind: 'steps', every: decay.every, percent: decay.by };
  }
  return undefined;
}
