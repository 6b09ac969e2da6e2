import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { collectOccurrences, type Tally } from './collect-occurrences.ts';
import type { CompiledModel, Criterion, Dimension, Grade } from './compiled-model.ts';
import { type Decay, exactPoints, nextDecay, roundHalfAway } from './decay.ts';
import { type Facts, fieldOf } from './facts.ts';
import { orderActivities } from './order-activities.ts';
import type { Reason, Score } from './score.ts';

/**
 * Scores a lead at a time, in milliseconds since 1970. Pure: the same arguments give the same score, the order and
 * repetition of activities make no difference, and nothing that a lead or an activity holds makes it fail.
 */
export function scoreLead(model: CompiledModel, lead: Lead, activities: readonly Activity[], at: number): Score {
  const facts = model.readFacts(lead);
  const { tallies, fastTracks } = collectOccurrences(model, facts, orderActivities(activities), at);
  const sheet: Sheet = { facts, tallies, at, reasons: [], flags: new Map(), next: Number.POSITIVE_INFINITY };
  const fit = scoreDimension(model.dimensions.fit, sheet);
  const engagement = scoreDimension(model.dimensions.engagement, sheet);
  const missingRequired = model.requires.filter((field) => fieldOf(lead, field) === undefined);
  const nextChange = Math.min(sheet.next, ...sheet.flags.values());
  return {
    fit,
    engagement,
    total: fit + engagement,
    grade: gradeOf(model.grades.fit, fit) + gradeOf(model.grades.engagement, engagement),
    mql: fit >= model.gates.fit && engagement >= model.gates.engagement && missingRequired.length === 0,
    missingRequired,
    flags: [...sheet.flags.keys()].sort(),
    reasons: sheet.reasons,
    fastTracks,
    modelVersion: model.version,
    ...(Number.isFinite(nextChange) && { nextChange }),
  };
}

/** What is written down while scoring. */
interface Sheet {
  readonly facts: Facts;
  /** By the index of the criterion. */
  readonly tallies: readonly (Tally | undefined)[];
  readonly at: number;
  readonly reasons: Reason[];
  /** Each flag that holds, and until when. */
  readonly flags: Map<string, number>;
  /** When the first line changes. */
  next: number;
}

function scoreDimension(dimension: Dimension, sheet: Sheet): number {
  const { name, label, max, floor } = dimension;
  let sum = 0;
  for (const group of dimension.groups) {
    let points = 0;
    for (const criterion of group.criteria) points += scoreCriterion(criterion, dimension, sheet);
    const capped = clamp(points, -group.max, group.max);
    addReason(sheet, {
      kind: 'group-cap',
      dimension: name,
      id: group.name,
      label: group.name,
      points: capped - points,
      limit: group.max,
    });
    sum += capped;
  }
  const capped = Math.min(sum, max);
  addReason(sheet, { kind: 'dimension-cap', dimension: name, id: name, label, points: capped - sum, limit: max });
  const score = Math.max(capped, floor);
  addReason(sheet, { kind: 'floor', dimension: name, id: name, label, points: score - capped, limit: floor });
  return score;
}

function scoreCriterion(criterion: Criterion, dimension: Dimension, sheet: Sheet): number {
  const { counting, index, points } = criterion;
  if (counting !== undefined) return scoreCounted(criterion, dimension, sheet, sheet.tallies[index]);
  if (criterion.holds?.(sheet.facts) !== true) return 0;
  raiseFlag(criterion, sheet, Number.POSITIVE_INFINITY);
  addReason(sheet, { kind: 'criterion', dimension: dimension.name, id: criterion.id, label: criterion.label, points });
  return points;
}

function scoreCounted(criterion: Criterion, dimension: Dimension, sheet: Sheet, tally: Tally | undefined): number {
  const { counting, id, label, points, max } = criterion;
  const first = tally?.times[0];
  const last = tally?.times.at(-1);
  if (counting === undefined || tally === undefined || first === undefined || last === undefined) return 0;
  raiseFlag(criterion, sheet, last + counting.window);
  if (points === 0) return 0;
  const line = { dimension: dimension.name, id, label };
  let count = 0;
  for (const times of tally.counts) count += times;
  const raw = points * count;
  addReason(sheet, { ...line, kind: 'criterion', points: raw, count, last });
  const end = first + counting.window;
  sheet.next = Math.min(sheet.next, end);
  let value = raw;
  if (counting.halfLife !== undefined) {
    const decay: Decay = { ...tally, points, halfLife: counting.halfLife };
    const exact = exactPoints(decay, sheet.at);
    value = roundHalfAway(exact);
    addReason(sheet, { ...line, kind: 'decay', points: value - raw });
    sheet.next = nextDecay(decay, sheet.at, exact, sheet.next);
  }
  const capped = clamp(value, -max, max);
  addReason(sheet, { ...line, kind: 'criterion-cap', points: capped - value, limit: max });
  return capped;
}

function raiseFlag({ flag }: Criterion, { flags }: Sheet, until: number): void {
  if (flag !== undefined) flags.set(flag, Math.max(flags.get(flag) ?? until, until));
}

/** A line of no points would say nothing. */
function addReason({ reasons }: Sheet, reason: Reason): void {
  if (reason.points !== 0) reasons.push(reason);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

function gradeOf(grades: readonly Grade[], score: number): string {
  return (grades.find(({ from }) => score >= from) ?? grades.at(-1))?.grade ?? '';
}
