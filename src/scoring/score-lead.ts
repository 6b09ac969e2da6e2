import type { Activity } from '../leads/activity.ts';
import type { Lead, Override } from '../leads/lead.ts';
import { collectOccurrences } from './collect-occurrences.ts';
import type { CompiledModel, Dimension, Grade } from './compiled-model.ts';
import type { Facts } from './facts.ts';
import { nextFlagChange, noFlags } from './flag-times.ts';
import { doingsOf } from './inactivity.ts';
import { leftOut as machinesAmong } from './left-out.ts';
import { orderActivities } from './order-activities.ts';
import type { HeldRule, Score } from './score.ts';
import { type Sheet, scoreCriterion } from './score-criterion.ts';
import { within } from './within.ts';

/**
 * Scores a lead at a time, in milliseconds since 1970. Pure: the same arguments give the same score, the order and
 * repetition of activities make no difference, and nothing that a lead or an activity holds makes it fail.
 */
export function scoreLead(model: CompiledModel, lead: Lead, activities: readonly Activity[], at: number): Score {
  const { grades, gates } = model;
  const facts = model.readFacts(lead);
  const ordered = orderActivities(activities);
  const machines = machinesAmong(ordered);
  const { tallies, fastTracks, leftOut } = collectOccurrences(model, facts, ordered, machines, at);
  const sheet: Sheet = {
    facts,
    tallies,
    doings: model.asksInactivity ? doingsOf(lead, ordered, machines, at) : undefined,
    at,
    reasons: [],
    flags: noFlags(),
    disqualifications: [],
    next: Number.POSITIVE_INFINITY,
  };
  const fit = scoreDimension(model.dimensions.fit, sheet);
  const engagement = scoreDimension(model.dimensions.engagement, sheet);
  const missingRequired = missingAmong(model, facts);
  const override = overrideOf(lead, model);
  const ruledOut = override === undefined ? sheet.disqualifications.length > 0 : override === 'disqualified';
  const passes = fit >= gates.fit && engagement >= gates.engagement && missingRequired.length === 0;
  const score: { -readonly [Key in keyof Score]: Score[Key] } = {
    fit,
    engagement,
    total: fit + engagement,
    grade: gradeOf(grades.fit, fit) + gradeOf(grades.engagement, engagement),
    mql: !ruledOut && (passes || override === 'qualified'),
    missingRequired,
    disqualifications: sheet.disqualifications,
    flags: sheet.flags.names.toSorted(),
    reasons: sheet.reasons,
    fastTracks: ruledOut ? [] : fastTracks,
    heldRules: ruledOut ? [] : heldRules(model, facts),
    leftOut,
    modelVersion: model.version,
  };
  if (facts.persona !== undefined) score.persona = facts.persona;
  if (override !== undefined) score.override = override;
  const nextChange = Math.min(sheet.next, nextFlagChange(sheet.flags));
  if (nextChange < Number.POSITIVE_INFINITY) score.nextChange = nextChange;
  return score;
}

/** A person's word in the CRM about this model. */
function overrideOf({ overrides }: Lead, { id }: CompiledModel): Override | undefined {
  return overrides !== undefined && Object.hasOwn(overrides, id) ? overrides[id] : undefined;
}

function missingAmong({ requires }: CompiledModel, facts: Facts): string[] {
  const missing: string[] = [];
  for (const { field, isMissing } of requires) if (isMissing(facts)) missing.push(field);
  return missing;
}

function heldRules({ fieldRules }: CompiledModel, facts: Facts): HeldRule[] {
  const held: HeldRule[] = [];
  for (const { id, meaning, holds, followUpWithin } of fieldRules)
    if (holds(facts)) held.push({ rule: id, meaning, followUpWithin });
  return held;
}

/** The points of a dimension: its criteria, capped group by group, then as a whole. */
function scoreDimension({ name, label, max, floor, groups }: Dimension, sheet: Sheet): number {
  const { reasons } = sheet;
  let sum = 0;
  for (const group of groups) {
    let points = 0;
    for (const criterion of group.criteria) points += scoreCriterion(criterion, name, sheet);
    const over = within(group.max, points) - points;
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
