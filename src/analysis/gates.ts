import type { History } from './history.ts';
import type { Suggestion } from './suggest.ts';
import { type Aim, type Judge, judgeOf, type Passing } from './thresholds.ts';

/** The least of each dimension that makes a lead an MQL, base points included. */
export interface SuggestedGates extends Passing {
  readonly fit: number;
  readonly engagement: number;
  /** What everybody begins with, as in other scorecards: no gate of a model may lie below 0, and many a lead does. Mostly 0. */
  readonly base: { readonly fit: number; readonly engagement: number };
  readonly aim: Aim;
  /** The same gates on scores that were learnt without the lead: what is to be expected of leads to come. */
  readonly expected: Passing;
}

/**
 * Of all pairs of gates the one that comes nearest to the aim. A dimension that does not help is left open: its gate is what the
 * lowest lead of the history has.
 * @throws ConfigError where leads a week are asked for, and the history does not tell when its leads were.
 */
export function gatesFor(
  aim: Aim,
  { scores, outOfFold }: Pick<Suggestion, 'scores' | 'outOfFold'>,
  history: Pick<History, 'bought' | 'at' | 'perWeek'>,
): SuggestedGates {
  const judge = judgeOf(aim, history);
  const [fits, engagements] = [gatesOf(scores.fit), gatesOf(scores.engagement)];
  const width = engagements.length;
  const leads = new Uint32Array(fits.length * width);
  const buyers = new Uint32Array(fits.length * width);
  for (let lead = 0; lead < scores.fit.length; lead++) {
    const [row, column] = [highest(fits, scores.fit[lead] ?? 0), highest(engagements, scores.engagement[lead] ?? 0)];
    const cell = row * width + column;
    leads[cell] = (leads[cell] ?? 0) + 1;
    buyers[cell] = (buyers[cell] ?? 0) + (history.bought[lead] ?? 0);
  }
  addFromAbove(leads, width);
  addFromAbove(buyers, width);

  let best = { cell: 0, passing: judge.passing(leads[0] ?? 0, buyers[0] ?? 0) };
  for (let cell = 1; cell < leads.length; cell++) {
    const passing = judge.passing(leads[cell] ?? 0, buyers[cell] ?? 0);
    if (judge.isBetter(passing, best.passing)) best = { cell, passing };
  }
  const fit = fits[Math.floor(best.cell / width)] ?? 0;
  const engagement = engagements[best.cell % width] ?? 0;
  const base = { fit: baseFor(fit, fits[0] ?? 0), engagement: baseFor(engagement, engagements[0] ?? 0) };
  return {
    ...best.passing,
    fit: fit + base.fit,
    engagement: engagement + base.engagement,
    base,
    aim,
    expected: passingAt({ fit, engagement }, outOfFold, history, judge),
  };
}

/** Enough to lift the gate above 0, where leads lie below 0 and it is no higher. */
function baseFor(gate: number, lowest: number): number {
  return gate > 0 || lowest >= 0 ? 0 : (Math.floor(-gate / ROUND) + 1) * ROUND;
}

/** Of base points. */
const ROUND = 5;

/** Every score that there is, ascending. */
function gatesOf(scores: Float64Array): number[] {
  return [...new Set(scores)].sort((one, other) => one - other);
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

function passingAt(
  { fit, engagement }: { readonly fit: number; readonly engagement: number },
  scores: Suggestion['outOfFold'],
  { bought }: Pick<History, 'bought'>,
  judge: Judge,
): Passing {
  let [leads, buyers] = [0, 0];
  for (let lead = 0; lead < bought.length; lead++) {
    if ((scores.fit[lead] ?? 0) < fit || (scores.engagement[lead] ?? 0) < engagement) continue;
    leads += 1;
    buyers += bought[lead] ?? 0;
  }
  return judge.passing(leads, buyers);
}
