/** Halves go away from 0, so that a bad sign fades as a good one does. */
export function roundHalfAway(value: number): number {
  // Adding 0 turns -0 into 0.
  return value < 0 ? -Math.round(-value) + 0 : Math.round(value);
}
