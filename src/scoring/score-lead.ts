import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { collectOccurrences } from './collect-occurrences.ts';
import type { CompiledModel, Dimension, Grade } from './compiled-model.ts';
import { fieldOf } from './facts.ts';
import { orderActivities } from './order-activities.ts';
import type { Score } from './score.ts';
import { type Sheet, scoreCriterion } from './score-criterion.ts';

/**
 * Scores a lead at a time, in milliseconds since 1970. Pure: the same arguments give the same score, the order and
 * repetition of activities make no difference, and nothing that a lead or an activity holds makes it fail.
 */
export function scoreLead(model: CompiledModel, lead: Lead, activities: readonly Activity[], at: number): Score {
  const { grades, gates } = model;
  const facts = model.readFacts(lead);
  const { tallies, fastTracks } = collectOccurrences(model, facts, orderActivities(activities), at);
  const sheet: Sheet = { facts, tallies, at, reasons: [], flags: new Map(), next: Number.POSITIVE_INFINITY };
  const fit = scoreDimension(model.dimensions.fit, sheet);
  const engagement = scoreDimension(model.dimensions.engagement, sheet);
  const missingRequired = model.requires.filter((field) => fieldOf(lead, field) === undefined);
  const score: Score = {
    fit,
    engagement,
    total: fit + engagement,
    grade: gradeOf(grades.fit, fit) + gradeOf(grades.engagement, engagement),
    mql: fit >= gates.fit && engagement >= gates.engagement && missingRequired.length === 0,
    missingRequired,
    flags: [...sheet.flags.keys()].sort(),
    reasons: sheet.reasons,
    fastTracks,
    modelVersion: model.version,
  };
  const nextChange = Math.min(sheet.next, ...sheet.flags.values());
  return nextChange < Number.POSITIVE_INFINITY ? { ...score, nextChange } : score;
}

/** The points of a dimension: its criteria, capped group by group, then as a whole. */
function scoreDimension({ name, label, max, floor, groups }: Dimension, sheet: Sheet): number {
  const { reasons } = sheet;
  let sum = 0;
  for (const group of groups) {
    let points = 0;
    for (const criterion of group.criteria) points += scoreCriterion(criterion, name, sheet);
    const over = Math.min(Math.max(points, -group.max), group.max) - points;
    if (over !== 0) {
      const { name: id, max: limit } = group;
      reasons.push({ kind: 'group-cap', dimension: name, id, label: id, points: over, limit });
    }
    sum += points + over;
  }
  if (sum > max)
    reasons.push({ kind: 'dimension-cap', dimension: name, id: name, label, points: max - sum, limit: max });
  if (sum < floor) reasons.push({ kind: 'floor', dimension: name, id: name, label, points: floor - sum, limit: floor });
  return Math.min(Math.max(sum, floor), max);
}

function gradeOf(grades: readonly Grade[], score: number): string {
  return (grades.find(({ from }) => score >= from) ?? grades.at(-1))?.grade ?? '';
}
