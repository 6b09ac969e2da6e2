import { bandOf } from './bands.ts';
import type { Occurrences } from './collect-occurrences.ts';
import type { Counting, Criterion } from './compiled-model.ts';
import { exactPoints, nextDecay } from './decay.ts';
import type { Facts } from './facts.ts';
import { type FlagTimes, raiseFlag } from './flag-times.ts';
import { type Doings, inactiveSpans } from './inactivity.ts';
import { roundHalfAway } from './rounding.ts';
import type { DimensionName, Disqualification, Reason } from './score.ts';
import { within } from './within.ts';

/** What is written down while a lead is scored. */
export interface Sheet {
  readonly facts: Facts;
  /** By the index of the criterion. */
  readonly tallies: readonly (Occurrences | undefined | null)[];
  /** Undefined where no criterion asks. */
  readonly doings: Doings | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly reasons: Reason[];
  readonly flags: FlagTimes;
  readonly disqualifications: Disqualification[];
  /** When the first line changes with time alone; infinite where none does. */
  next: number;
}

/** The points of one criterion, which its lines on the sheet add up to. */
export function scoreCriterion(criterion: Criterion, dimension: DimensionName, sheet: Sheet): number {
  const { counting, holds, bands, inactiveFor } = criterion;
  if (counting !== undefined) {
    const tally = sheet.tallies[criterion.index];
    return tally === undefined || tally === null ? 0 : scoreTally(tally, criterion, counting, dimension, sheet);
  }
  if (holds !== undefined && !holds(sheet.facts)) return 0;
  if (inactiveFor !== undefined && !isInactive(inactiveFor, criterion, sheet)) return 0;
  if (inactiveFor === undefined) mark(criterion, Number.POSITIVE_INFINITY, sheet);
  const { points, label } = (bands === undefined ? criterion : bandOf(bands, sheet.facts)) ?? NO_BAND;
  // A line of no points would say nothing; so below.
  if (points !== 0) sheet.reasons.push({ kind: 'criterion', dimension, id: criterion.id, label, points });
  return points;
}

const NO_BAND = { points: 0, label: '' };

function scoreTally(
  tally: Occurrences,
  criterion: Criterion,
  { window, decay }: Counting,
  dimension: DimensionName,
  sheet: Sheet,
): number {
  const { id, label, points, max } = criterion;
  const { times, counts } = tally;
  const last = times[times.length - 1] ?? 0;
  mark(criterion, Math.ceil(last + window), sheet);
  if (points === 0) return 0;

  let count = 0;
  for (const times of counts) count += times;
  let value = points * count;
  sheet.reasons.push({ kind: 'criterion', dimension, id, label, points: value, count, last });
  sheet.next = Math.min(sheet.next, Math.ceil((times[0] ?? 0) + window));

  if (decay !== undefined) {
    const exact = exactPoints(tally, points, decay, sheet.at);
    const left = roundHalfAway(exact);
    // What fades of what the cap takes anyway is the cap's, so that no line changes before the points do.
    const lost = Math.abs(left) < max ? left - value : 0;
    if (lost !== 0) sheet.reasons.push({ kind: 'decay', dimension, id, label, points: lost });
    sheet.next = nextDecay(tally, points, decay, { at: sheet.at, exact, max, end: sheet.next });
    value += lost;
  }

  const over = within(max, value) - value;
  if (over !== 0) sheet.reasons.push({ kind: 'criterion-cap', dimension, id, label, points: over, limit: max });
  return value + over;
}

/** Whether nothing has been done for so long. Either way the sheet learns when that changes. */
function isInactive(length: number, criterion: Criterion, sheet: Sheet): boolean {
  const spans = sheet.doings === undefined ? [] : inactiveSpans(sheet.doings, length);
  const [first] = spans;
  if (first === undefined) return false;
  const { flag, disqualify, points } = criterion;
  const holds = first.from <= sheet.at;
  if (flag !== undefined) for (const span of spans) sheet.flags.spans.push({ flag, ...span });
  if (points !== 0 || disqualify !== undefined) sheet.next = Math.min(sheet.next, holds ? first.until : first.from);
  if (holds) mark(criterion, first.until, sheet);
  return holds;
}

/** What a criterion does besides giving points, for as long as it holds. */
function mark({ id, flag, disqualify }: Criterion, until: number, sheet: Sheet): void {
  if (flag !== undefined) raiseFlag(sheet.flags, flag, until);
  if (disqualify !== undefined) {
    sheet.disqualifications.push({ criterion: id, why: disqualify });
    sheet.next = Math.min(sheet.next, until);
  }
}
