import type { Judge, Passing } from './aim.ts';
import type { DimensionScores } from './dimension-scores.ts';
import type { History } from './history.ts';

/** The least of each dimension that makes a lead an MQL. */
export interface Gates {
  readonly fit: number;
  readonly engagement: number;
}

export interface BestGates {
  readonly gates: Gates;
  /** What the lowest of the leads have: gates that leave both dimensions open. */
  readonly lowest: Gates;
  readonly passing: Passing;
}

type Outcomes = Pick<History, 'bought' | 'barred'>;

/**
 * Of all pairs of gates the one that is nearest to the aim for these leads. A dimension that does not help is left open: its gate is
 * what the lowest of them has. Who is barred passes none.
 */
export function bestGates(
  judge: Judge,
  scores: DimensionScores,
  { bought, barred }: Outcomes,
  among: Uint32Array,
): BestGates {
  const [fits, engagements] = [gatesOf(scores.fit, among), gatesOf(scores.engagement, among)];
  const width = engagements.length;
  const leads = new Uint32Array(fits.length * width);
  const buyers = new Uint32Array(fits.length * width);
  for (const lead of among) {
    if (barred?.[lead] === 1) continue;
    const [row, column] = [highest(fits, scores.fit[lead] ?? 0), highest(engagements, scores.engagement[lead] ?? 0)];
    const cell = row * width + column;
    leads[cell] = (leads[cell] ?? 0) + 1;
    buyers[cell] = (buyers[cell] ?? 0) + (bought[lead] ?? 0);
  }
  addFromAbove(leads, width);
  addFromAbove(buyers, width);

  let best = { cell: 0, passing: judge.passing(leads[0] ?? 0, buyers[0] ?? 0) };
  for (let cell = 1; cell < leads.length; cell++) {
    const passing = judge.passing(leads[cell] ?? 0, buyers[cell] ?? 0);
    if (judge.isBetter(passing, best.passing)) best = { cell, passing };
  }
  return {
    gates: { fit: fits[Math.floor(best.cell / width)] ?? 0, engagement: engagements[best.cell % width] ?? 0 },
    lowest: { fit: fits[0] ?? 0, engagement: engagements[0] ?? 0 },
    passing: best.passing,
  };
}

/** How many of these leads the gates let pass, and how many of them bought. */
export function countPassing(
  { fit, engagement }: Gates,
  scores: DimensionScores,
  { bought, barred }: Outcomes,
  among: Uint32Array,
): { readonly leads: number; readonly buyers: number } {
  let [leads, buyers] = [0, 0];
  for (const lead of among) {
    if (barred?.[lead] === 1) continue;
    if ((scores.fit[lead] ?? 0) < fit || (scores.engagement[lead] ?? 0) < engagement) continue;
    leads += 1;
    buyers += bought[lead] ?? 0;
  }
  return { leads, buyers };
}

/** Every score that there is, ascending. */
function gatesOf(scores: Float64Array, among: Uint32Array): number[] {
  const found = new Set<number>();
  for (const lead of among) found.add(scores[lead] ?? 0);
  return [...found].sort((one, other) => one - other);
}

/** The place of the highest gate that the score reaches. */
function highest(gates: readonly number[], score: number): number {
  let [low, high] = [0, gates.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((gates[middle] ?? 0) <= score) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Makes of how many reach just these gates how many reach these or higher ones. */
function addFromAbove(counts: Uint32Array, width: number): void {
  for (let cell = counts.length - 1; cell >= 0; cell--) {
    if ((cell + 1) % width !== 0) counts[cell] = (counts[cell] ?? 0) + (counts[cell + 1] ?? 0);
  }
  for (let cell = counts.length - 1 - width; cell >= 0; cell--) {
    counts[cell] = (counts[cell] ?? 0) + (counts[cell + width] ?? 0);
  }
}
