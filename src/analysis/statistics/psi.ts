/** From here on a population has shifted, and from the second on much: the marks in use since the credit scorecards of the 1990s. */
export const PSI_MARKS = { shifted: 0.1, muchShifted: 0.25 } as const;

/** A part that is empty would make the index infinite; half a lead in it says: fewer than one. */
const LEAST_COUNT = 0.5;

/**
 * The population stability index: how far counts by part (band, answer, form) have moved, whatever their sums. 0 is not at all; see
 * `PSI_MARKS`. Parts that are empty both times do not count. NaN where either has no leads at all.
 *
 * Few leads move it by chance alone, and beyond the marks: hold it against `psiByChance`.
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

/** So many deviations above its mean a normally distributed figure is in one case of twenty. */
const ONE_SIDED_95 = 1.6448536269514722;

/**
 * The index that nineteen of twenty pairs of samples of these sizes stay below though nothing has shifted. It is distributed as
 * (1/n + 1/m) times chi-square (B. Yurdakul, Statistical Properties of Population Stability Index, 2018); its quantile is that of
 * Wilson and Hilferty. 400 leads before and 50 now, in ten parts, reach 0.38 with no change at all.
 */
export function psiByChance(before: readonly number[], now: readonly number[]): number {
  const freedom = before.filter((count, part) => count > 0 || (now[part] ?? 0) > 0).length - 1;
  if (freedom < 1) return 0;
  const spread = 2 / (9 * freedom);
  const chiSquare = freedom * (1 - spread + ONE_SIDED_95 * Math.sqrt(spread)) ** 3;
  return (1 / sum(before) + 1 / sum(now)) * chiSquare;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
