import { fisher } from './fisher.ts';
import { twoSided } from './normal.ts';

/** How likely a figure that is distributed as chi-square is at least so large: Abramowitz and Stegun 26.4.4 and 26.4.5, which are exact. */
export function chiSquareTail(chiSquare: number, freedom: number): number {
  const half = chiSquare / 2;
  const isOdd = freedom % 2 === 1;
  let tail = isOdd ? twoSided(Math.sqrt(chiSquare)) : Math.exp(-half);
  let term = isOdd ? 2 * Math.sqrt(half / Math.PI) * Math.exp(-half) : half * Math.exp(-half);
  for (let degrees = isOdd ? 1 : 2; degrees < freedom; degrees += 2) {
    tail += term;
    term *= half / (degrees / 2 + 1);
  }
  return Math.min(1, tail);
}

/** So many leads each part must lead one to expect of either group, for chi-square to be right (W. G. Cochran, Biometrics 10, 1954). */
const LEAST_EXPECTED = 5;

/**
 * How likely chance alone parts two groups as far as this by what is counted of them, such as leads by country: Pearson's chi-square, and
 * Fisher's exact test of two parts. Small parts are taken together, by how many are in them in both groups: so chance does not choose them.
 * 1 where there is nothing to part by, NaN where a group is empty.
 */
export function chanceOfParts(before: readonly number[], now: readonly number[]): number {
  const [allBefore, allNow] = [sum(before), sum(now)];
  if (allBefore === 0 || allNow === 0) return Number.NaN;
  const parts = joined(
    before.map((count, place): Part => ({ before: count, now: now[place] ?? 0 })),
    (LEAST_EXPECTED * (allBefore + allNow)) / Math.min(allBefore, allNow),
  );
  const [first] = parts;
  if (first === undefined || parts.length < 2) return 1;
  if (parts.length === 2) return fisher(first.before, allBefore, first.now, allNow);
  const chiSquare = parts.reduce((total, part) => {
    const share = inBoth(part) / (allBefore + allNow);
    const [expected, later] = [share * allBefore, share * allNow];
    return total + (part.before - expected) ** 2 / expected + (part.now - later) ** 2 / later;
  }, 0);
  return chiSquareTail(chiSquare, parts.length - 1);
}

interface Part {
  readonly before: number;
  readonly now: number;
}

const inBoth = ({ before, now }: Part) => before + now;

/** The smallest two together until each has as many, or two are left. */
function joined(parts: readonly Part[], least: number): readonly Part[] {
  const sorted = parts.filter((part) => inBoth(part) > 0).sort((one, other) => inBoth(one) - inBoth(other));
  const [first, second, ...others] = sorted;
  if (first === undefined || second === undefined || others.length === 0 || inBoth(first) >= least) return sorted;
  return joined([...others, { before: first.before + second.before, now: first.now + second.now }], least);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
