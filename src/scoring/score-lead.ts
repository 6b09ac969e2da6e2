import type { Activity } from '../leads/activity.ts';
import type { Lead, Override } from '../leads/lead.ts';
import { coldOf } from './cold.ts';
import { collectOccurrences } from './collect-occurrences.ts';
import type { CompiledModel, Grade, LeadGates } from './compiled-model.ts';
import type { Facts } from './facts.ts';
import { nextFlagChange, noFlags } from './flag-times.ts';
import { doingsOf } from './inactivity.ts';
import { leftOut as machinesAmong } from './left-out.ts';
import { orderActivities } from './order-activities.ts';
import type { HeldRule, Score } from './score.ts';
import type { Sheet } from './score-criterion.ts';
import { scoreDimension } from './score-dimension.ts';

/**
 * Scores a lead at a time, in milliseconds since 1970. Pure: the same arguments give the same score, the order and
 * repetition of activities make no difference, and nothing that a lead or an activity holds makes it fail.
 */
export function scoreLead(model: CompiledModel, lead: Lead, activities: readonly Activity[], at: number): Score {
  const { grades, gates, recycle } = model;
  const facts = model.readFacts(lead);
  const ordered = orderActivities(activities);
  const machines = machinesAmong(ordered);
  const { tallies, fastTracks, nurture, leftOut } = collectOccurrences(model, facts, ordered, machines, at);
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
  const mql = !ruledOut && (passes || override === 'qualified');
  const score: { -readonly [Key in keyof Score]: Score[Key] } = {
    fit,
    engagement,
    total: fit + engagement,
    grade: gradeOf(grades.fit, fit) + gradeOf(grades.engagement, engagement),
    mql,
    lead: model.leadGates !== undefined && (mql || (!ruledOut && isLead(model.leadGates, fit, engagement))),
    missingRequired,
    disqualifications: sheet.disqualifications,
    flags: sheet.flags.names.toSorted(),
    reasons: sheet.reasons,
    fastTracks: ruledOut ? [] : fastTracks,
    heldRules: ruledOut ? [] : heldRules(model, facts),
    nurture: ruledOut ? [] : nurture,
    leftOut,
    modelVersion: model.version,
  };
  if (facts.persona !== undefined) score.persona = facts.persona;
  if (override !== undefined) score.override = override;
  let nextChange = Math.min(sheet.next, nextFlagChange(sheet.flags));
  if (recycle !== undefined && engagement < recycle.below) {
    const past = { model, lead, facts, activities: ordered, machines };
    const { cold, next } = coldOf(past, recycle, at, nextChange);
    if (cold !== undefined) score.cold = cold;
    nextChange = Math.min(nextChange, next);
  }
  if (nextChange < Number.POSITIVE_INFINITY) score.nextChange = nextChange;
  return score;
}

/** A person's word in the CRM about this model. */
function overrideOf({ overrides }: Lead, { id }: CompiledModel): Override | undefined {
  return overrides !== undefined && Object.hasOwn(overrides, id) ? overrides[id] : undefined;
}

function isLead(gates: LeadGates, fit: number, engagement: number): boolean {
  return fit >= (gates.fit ?? fit) && engagement >= (gates.engagement ?? engagement);
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

function gradeOf(grades: readonly Grade[], score: number): string {
  return (grades.find(({ from }) => score >= from) ?? grades.at(-1))?.grade ?? '';
}
