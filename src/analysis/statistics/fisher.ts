/**
 * How likely chance alone parts two groups that buy equally often as far as these, by Fisher's exact test: right for a handful of leads
 * as for many. Both directions count, as twice the nearer tail. 1 where either group is empty.
 */
export function fisher(hits: number, of: number, otherHits: number, otherOf: number): number {
  const all = of + otherOf;
  const allHits = hits + otherHits;
  const isHigh = hits * all >= allHits * of;
  // Counted from the side on which the group is ahead, the tail is the one of more hits.
  const [ahead, size, otherSize] = isHigh ? [hits, of, otherOf] : [otherHits, otherOf, of];
  const most = Math.min(size, allHits);
  let term = Math.exp(logChoices(size, ahead) + logChoices(otherSize, allHits - ahead) - logChoices(all, allHits));
  let tail = 0;
  for (let count = ahead; count <= most && term > tail * 1e-17; count += 1) {
    tail += term;
    term *= ((size - count) * (allHits - count)) / ((count + 1) * (otherSize - allHits + count + 1));
  }
  return Math.min(1, 2 * tail);
}

/** The logarithm of the number of ways to choose so many of them. */
function logChoices(of: number, chosen: number): number {
  return logFactorial(of) - logFactorial(chosen) - logFactorial(of - chosen);
}

const EXACT_BELOW = 32;

/** By Stirling's series; below, where that is rough, by multiplying. */
function logFactorial(whole: number): number {
  if (whole < EXACT_BELOW) {
    let product = 1;
    for (let factor = 2; factor <= whole; factor += 1) product *= factor;
    return Math.log(product);
  }
  const series = 1 / (12 * whole) - 1 / (360 * whole ** 3) + 1 / (1260 * whole ** 5);
  return whole * Math.log(whole) - whole + Math.log(2 * Math.PI * whole) / 2 + series;
}
