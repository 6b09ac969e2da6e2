/** The points, but no more than the cap allows, nor as much below 0. */
export function within(max: number, points: number): number {
  return Math.min(Math.max(points, -max), max);
}
