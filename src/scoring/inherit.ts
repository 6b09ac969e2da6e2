interface Timed {
  readonly window?: number | undefined;
  readonly half_life?: number | 'none' | undefined;
}

/** How far back activities count, in milliseconds: what the criterion says, else its group, else the dimension. */
export function windowOf(criterion: Timed, group: Timed, dimension: Timed & { readonly window: number }): number {
  return criterion.window ?? group.window ?? dimension.window;
}

/** The half-life in milliseconds, found in the same way; undefined for no decay. */
export function decayOf(criterion: Timed, group: Timed, dimension: Timed): number | undefined {
  const nearest = criterion.half_life ?? group.half_life ?? dimension.half_life ?? 'none';
  return nearest === 'none' ? undefined : nearest;
}
