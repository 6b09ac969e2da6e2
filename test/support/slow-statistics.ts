/**
 * Figures as their definitions have them: every buyer against every other lead, one by one. Slow and obvious, they know nothing of how
 * leadgauge reckons. By lead: its score, and 1 where it bought.
 */

const share = (one: number, other: number) => (Math.sign(one - other) + 1) / 2;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const at = (values: ArrayLike<number>, place: number) => values[place] ?? Number.NaN;

export function slowAuc(scores: ArrayLike<number>, bought: ArrayLike<number>): number {
  const { buyers, others } = sides(bought);
  return mean(buyers.flatMap((buyer) => others.map((other) => share(at(scores, buyer), at(scores, other)))));
}

/** As DeLong, DeLong and Clarke-Pearson have it: means, variances and covariances of how each lead stands to those of the other side. */
export function slowComparison(one: ArrayLike<number>, other: ArrayLike<number>, bought: ArrayLike<number>) {
  const { buyers, others } = sides(bought);
  const covariance = (some: readonly number[], more: readonly number[]) =>
    some.reduce((sum, value, place) => sum + (value - mean(some)) * (at(more, place) - mean(more)), 0) /
    (some.length - 1);
  const byBuyer = (scores: ArrayLike<number>) =>
    buyers.map((buyer) => mean(others.map((lead) => share(at(scores, buyer), at(scores, lead)))));
  const byOther = (scores: ArrayLike<number>) =>
    others.map((lead) => mean(buyers.map((buyer) => share(at(scores, buyer), at(scores, lead)))));
  const [buyersOf, othersOf] = [
    [byBuyer(one), byBuyer(other)],
    [byOther(one), byOther(other)],
  ];
  const variance = (first: number, second: number) =>
    covariance(buyersOf[first] ?? [], buyersOf[second] ?? []) / buyers.length +
    covariance(othersOf[first] ?? [], othersOf[second] ?? []) / others.length;
  const difference = mean(buyersOf[0] ?? []) - mean(buyersOf[1] ?? []);
  return { difference, error: Math.sqrt(variance(0, 0) + variance(1, 1) - 2 * variance(0, 1)) };
}

/** Every lead gets its part of the buyers with the same score; then the best are taken one by one, the last in part. */
export function slowLift(scores: ArrayLike<number>, bought: ArrayLike<number>, best: number): number {
  const all = Array.from(scores);
  const leads = all.map((score) => ({
    score,
    buyers: mean(all.flatMap((one, lead) => (one === score ? [at(bought, lead)] : []))),
  }));
  leads.sort((one, other) => other.score - one.score);
  const top = best * leads.length;
  const caught = leads.reduce((sum, { buyers }, place) => sum + buyers * Math.min(Math.max(top - place, 0), 1), 0);
  return caught / top / mean(Array.from(bought));
}

/** How likely a normally distributed figure lies as many deviations from its mean as this, either way, by adding up the area. */
export function slowTwoSided(deviations: number): number {
  const [from, to, steps] = [Math.abs(deviations), 12, 200_000];
  const width = (to - from) / steps;
  let area = 0;
  for (let step = 0; step < steps; step += 1) area += Math.exp(-((from + (step + 0.5) * width) ** 2) / 2) * width;
  return (2 * area) / Math.sqrt(2 * Math.PI);
}

function sides(bought: ArrayLike<number>): { buyers: number[]; others: number[] } {
  const all = Array.from(bought, (_, lead) => lead);
  return { buyers: all.filter((lead) => bought[lead] === 1), others: all.filter((lead) => bought[lead] !== 1) };
}
