/** From here on a population has shifted, and from the second on much: the marks in use since the credit scorecards of the 1990s. */
export const PSI_MARKS = { shifted: 0.1, muchShifted: 0.25 } as const;

/** A part that is empty would make the index infinite; half a lead in it says: fewer than one. */
const LEAST_COUNT = 0.5;

/**
 * The population stability index: how far counts by part (band, answer, form) have moved, whatever their sums. 0 is not at all; see
 * `PSI_MARKS`. Parts that are empty both times do not count. NaN where either has no leads at all.
 *
 * Few leads move it by chance alone, and beyond the marks: 400 leads before and 50 now, in ten parts, reach 0.38 with no change at all
 * (B. Yurdakul, Statistical Properties of Population Stability Index, 2018). See `chanceOfParts`.
 */
export function psi(before: readonly number[], now: readonly number[]): number {
  if (before.length !== now.length) throw new Error(`${before.length} parts before, ${now.length} now`);
  const [allBefore, allNow] = [sum(before), sum(now)];
  if (allBefore === 0 || allNow === 0) return Number.NaN;
  return before.reduce((index, count, part) => {
    const later = now[part] ?? 0;
    if (count === 0 && later === 0) return index;
    const share = Math.max(count, LEAST_COUNT) / allBefore;
    const laterShare = Math.max(later, LEAST_COUNT) / allNow;
    return index + (laterShare - share) * Math.log(laterShare / share);
  }, 0);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
