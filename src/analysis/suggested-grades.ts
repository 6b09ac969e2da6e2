/** The shares of the leads that have the best grade, one of the two best, and one of the three best. */
const SHARES = [0.1, 0.3, 0.6];

/**
 * From which points a lead gets which grade: by how many leads of the history reach them, each above the next and the worst from 0.
 * @param names the best first, four of them.
 * @param most what the dimension can reach; of less than 3, the best grades cannot be reached.
 */
export function gradesOf<Name>(names: readonly Name[], scores: Float64Array, most: number): Map<Name, number> {
  const ascending = scores.toSorted();
  const wanted = SHARES.map(
    (share) => ascending[Math.min(Math.floor((1 - share) * scores.length), scores.length - 1)] ?? 0,
  );
  const from: number[] = [0];
  for (const [place, points] of wanted.toReversed().entries()) {
    // The grades above need room too.
    const highest = most - (SHARES.length - 1 - place);
    from.unshift(Math.max(Math.min(points, highest), (from[0] ?? 0) + 1));
  }
  return new Map(names.map((name, place) => [name, from[place] ?? 0]));
}
