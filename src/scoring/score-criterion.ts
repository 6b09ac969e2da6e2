import type { Occurrences } from './collect-occurrences.ts';
import type { Counting, Criterion } from './compiled-model.ts';
import { exactPoints, nextDecay, roundHalfAway } from './decay.ts';
import type { Facts } from './facts.ts';
import type { DimensionName, Reason } from './score.ts';

/** What is written down while a lead is scored. */
export interface Sheet {
  readonly facts: Facts;
  /** By the index of the criterion. */
  readonly tallies: readonly (Occurrences | undefined)[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly reasons: Reason[];
  /** Each flag that holds, and until when. */
  readonly flags: Map<string, number>;
  /** When the first line changes with time alone; infinite where none does. */
  next: number;
}

/** The points of one criterion, which its lines on the sheet add up to. */
export function scoreCriterion(criterion: Criterion, dimension: DimensionName, sheet: Sheet): number {
  const { counting, holds, id, label, points } = criterion;
  if (counting !== undefined) {
    const tally = sheet.tallies[criterion.index];
    return tally === undefined ? 0 : scoreTally(tally, criterion, counting, dimension, sheet);
  }
  if (holds?.(sheet.facts) !== true) return 0;
  raiseFlag(criterion, Number.POSITIVE_INFINITY, sheet);
  // A line of no points would say nothing; so below.
  if (points !== 0) sheet.reasons.push({ kind: 'criterion', dimension, id, label, points });
  return points;
}

function scoreTally(
  tally: Occurrences,
  criterion: Criterion,
  { window, halfLife }: Counting,
  dimension: DimensionName,
  sheet: Sheet,
): number {
  const { id, label, points, max } = criterion;
  const { times, counts } = tally;
  const last = times[times.length - 1] ?? 0;
  raiseFlag(criterion, Math.ceil(last + window), sheet);
  if (points === 0) return 0;

  let count = 0;
  for (const times of counts) count += times;
  let value = points * count;
  sheet.reasons.push({ kind: 'criterion', dimension, id, label, points: value, count, last });
  sheet.next = Math.min(sheet.next, Math.ceil((times[0] ?? 0) + window));

  if (halfLife !== undefined) {
    const fading = { points, halfLife };
    const exact = exactPoints(tally, fading, sheet.at);
    const lost = roundHalfAway(exact) - value;
    if (lost !== 0) sheet.reasons.push({ kind: 'decay', dimension, id, label, points: lost });
    sheet.next = nextDecay(tally, fading, sheet.at, exact, sheet.next);
    value += lost;
  }

  const over = Math.min(Math.max(value, -max), max) - value;
  if (over !== 0) sheet.reasons.push({ kind: 'criterion-cap', dimension, id, label, points: over, limit: max });
  return value + over;
}

/** A flag that several criteria hold lasts as long as the last of them. */
function raiseFlag({ flag }: Criterion, until: number, { flags }: Sheet): void {
  if (flag !== undefined) flags.set(flag, Math.max(flags.get(flag) ?? until, until));
}
