import { Engine, type RuleResult } from 'json-rules-engine';
import type { Activity } from '../../../../src/leads/activity.ts';
import type { Lead } from '../../../../src/leads/lead.ts';
import { listKeys } from '../../../../src/leads/list-keys.ts';
import type { Lists } from '../../../../src/leads/lists.ts';
import { normaliseText } from '../../../../src/leads/text.ts';
import { exactPoints } from '../../../../src/scoring/decay.ts';
import { leftOut } from '../../../../src/scoring/left-out.ts';
import { orderActivities } from '../../../../src/scoring/order-activities.ts';
import { roundHalfAway } from '../../../../src/scoring/rounding.ts';
import { pathOf } from '../../../../src/scoring/url-pattern.ts';
import { profileReader } from '../hand-written/read.ts';
import { countDaily, countEach, countOnce, countWeekly, type Tally } from '../hand-written/tally.ts';
import { ACTIVITY_RULES, type ActivityRule, GROUPS, type Group, LEAD_RULES, type Rule } from './rules.ts';

/** What the engine can say of a lead: it has no reasons, and no idea of when a score changes by itself. */
export interface Points {
  readonly fit: number;
  readonly engagement: number;
  readonly flags: readonly string[];
}

/**
 * The model of `model.yaml` in the conditions of json-rules-engine. The engine judges facts but cannot count, so one engine is asked once
 * for each lead and another one once for each of its activities; what holds is counted, faded and capped by the code around it.
 * All facts are plain values, read beforehand by the readers that the others use too, so that rules only compare.
 */
export function rulesEngine(lists: Lists) {
  const readProfile = profileReader(lists);
  const leads = engineOf(LEAD_RULES, lists);
  const deeds = engineOf(ACTIVITY_RULES, lists);
  return async (lead: Lead, activities: readonly Activity[], at: number): Promise<Points> => {
    const ordered = orderActivities(activities);
    const machines = leftOut(ordered);
    const people = machines === undefined ? ordered : ordered.filter((_, place) => machines[place] === undefined);
    const profile = readProfile(lead);
    const sheet: Sheet = { sums: new Map(), flags: [] };
    const { results } = await leads.run({
      email: profile.email ?? null,
      company: profile.company ?? null,
      title: profile.title ?? null,
      industry: profile.industry ?? null,
      website: normaliseText(lead.fields.website) ?? null,
      timeframe: profile.timeframe ?? null,
      unsubscribed: profile.unsubscribed ?? null,
      seniority: profile.rank ?? null,
      function: profile.jobFunction ?? null,
      country: profile.country ?? null,
      domain: profile.mail ?? null,
      employees: profile.employees?.low ?? null,
      revenue: profile.revenue?.low ?? null,
      silence: at - Math.max(lead.createdAt, people.at(-1)?.at ?? lead.createdAt),
    });
    for (const rule of rulesThatHold(LEAD_RULES, results)) note(rule, rule.points, sheet);

    const tallies = new Map<ActivityRule, Tally>();
    for (const activity of people) {
      const { type, name, url, minutes } = activity;
      const { results } = await deeds.run({
        type,
        name: normaliseText(name) ?? null,
        path: url === undefined ? null : pathOf(url),
        minutes: minutes ?? null,
        age: at - activity.at,
        persona: profile.persona ?? null,
      });
      for (const rule of rulesThatHold(ACTIVITY_RULES, results)) {
        tallies.set(rule, COUNTERS[rule.per](tallies.get(rule), activity));
      }
    }
    for (const [rule, tally] of tallies) note(rule, worthOf(rule, tally, at), sheet);
    return pointsOf(sheet);
  };
}

function engineOf(rules: readonly Rule[], lists: Lists): Engine {
  const engine = new Engine();
  engine.addOperator('inList', (text: string | null, list: string) => {
    return text !== null && listKeys(text).some((key) => lists.get(list)?.has(key) === true);
  });
  engine.addOperator('includesAny', (text: string | null, parts: readonly string[]) => {
    return text !== null && parts.some((part) => text.includes(part));
  });
  engine.addOperator('startsWithAny', (text: string | null, parts: readonly string[]) => {
    return text !== null && parts.some((part) => text.startsWith(part));
  });
  engine.addOperator('endsWith', (text: string | null, end: string) => text?.endsWith(end) === true);
  for (const [index, { conditions }] of rules.entries()) {
    engine.addRule({ conditions, event: { type: 'holds', params: { index } } });
  }
  return engine;
}

function rulesThatHold<One extends Rule>(rules: readonly One[], results: readonly RuleResult[]): One[] {
  return results.flatMap(({ event }) => rules[event?.params?.index] ?? []);
}

const COUNTERS = { each: countEach, day: countDaily, week: countWeekly, once: countOnce };

/** The points of all occurrences, after decay and cap. */
function worthOf({ points, max, decay }: ActivityRule, tally: Tally, at: number): number {
  const value = decay === undefined ? points : roundHalfAway(exactPoints(tally, points, decay, at));
  return Math.min(value, max);
}

interface Sheet {
  readonly sums: Map<Group, number>;
  readonly flags: string[];
}

function note({ group, flag }: Rule, points: number, { sums, flags }: Sheet): void {
  sums.set(group, (sums.get(group) ?? 0) + points);
  if (flag !== undefined) flags.push(flag);
}

function pointsOf({ sums, flags }: Sheet): Points {
  const total = { fit: 0, engagement: 0 };
  for (const [group, sum] of sums) total[GROUPS[group].dimension] += Math.min(sum, GROUPS[group].max);
  const { fit, engagement } = total;
  return { fit: withinLimits(fit), engagement: withinLimits(engagement), flags: flags.sort() };
}

function withinLimits(points: number): number {
  return Math.min(Math.max(points, 0), 80);
}
