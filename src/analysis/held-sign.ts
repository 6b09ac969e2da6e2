import type { Feature } from './history.ts';

/** What the points that marketing gives insist on: their sign. Nothing where it gives none. */
export function heldSign(points: number): Pick<Feature, 'held'> {
  return points === 0 ? {} : { held: points > 0 ? 'up' : 'down' };
}
