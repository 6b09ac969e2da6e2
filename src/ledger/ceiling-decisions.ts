import { z } from 'zod';
import { decisionsKey, droppedKey, ruleKey, type Stopped, stoppedKey, stoppedOf } from './ceiling-keys.ts';
import { decideHeld, forgetDecision } from './ceiling-scripts.ts';
import { markDirty } from './dirty.ts';
import type { Space } from './space.ts';

/** What becomes of what a rule holds: sales are told of it, or nobody ever is. */
export type RuleDecision = 'resumed' | 'dropped';

/** A lead to be looked at again, now that a person has decided. */
export interface HeldLead {
  readonly connection: string;
  readonly leadId: string;
}

export interface DecidedRule {
  readonly rule: string;
  readonly decision: RuleDecision;
  /** Those that were held; they are marked dirty. */
  readonly leads: readonly HeldLead[];
}

/** A rule that a person decided on, where a process ended before it had marked the leads. */
export interface UndoneDecision extends Stopped {
  readonly rule: string;
  readonly decision: RuleDecision;
  /** Milliseconds since 1970. */
  readonly decidedAt: number;
  /** How many events were held. */
  readonly held: number;
}

/** Lets a rule go on and counts afresh; what was held may fire, without being counted. @returns the leads that were held, marked dirty. */
export async function resumeRule(space: Space, rule: string, now: number): Promise<readonly HeldLead[]> {
  return decideRule(space, rule, 'resumed', now);
}

/** Lets a rule go on and counts afresh; nobody is told of what was held. @returns its leads: they are marked dirty too, so that they are done with. */
export async function dropRule(space: Space, rule: string, now: number): Promise<readonly HeldLead[]> {
  return decideRule(space, rule, 'dropped', now);
}

/**
 * Marks the leads of decisions that a process ended in the middle of. What was decided stays as it was. A decision younger than `after`, in
 * milliseconds, is left to whoever may still be at it.
 */
export async function finishDecisions(space: Space, now: number, after = 0): Promise<DecidedRule[]> {
  const all = Object.entries(await space.redis.hgetall(decisionsKey(space)));
  const rules = all.flatMap(([rule, text]) => (decisionOf(text).decidedAt <= now - after ? [rule] : []));
  const done: DecidedRule[] = [];
  for (const rule of rules.sort()) {
    const decided = await markLeads(space, rule, now);
    if (decided !== undefined) done.push(decided);
  }
  return done;
}

/** By their names; of all connections, whichever space asks. */
export async function listUndone(space: Space): Promise<UndoneDecision[]> {
  const all = await space.redis.hgetall(decisionsKey(space));
  const undone = Object.entries(all).map(async ([rule, text]): Promise<UndoneDecision> => {
    return { rule, ...decisionOf(text), held: await space.redis.hlen(ruleKey(space, rule, 'deciding')) };
  });
  return (await Promise.all(undone)).sort((one, other) => one.rule.localeCompare(other.rule));
}

async function decideRule(
  space: Space,
  rule: string,
  decision: RuleDecision,
  now: number,
): Promise<readonly HeldLead[]> {
  const decided = decision === 'resumed' ? ruleKey(space, rule, 'passed') : droppedKey(space);
  const own = [ruleKey(space, rule, 'leads'), ruleKey(space, rule, 'held'), decided, ruleKey(space, rule, 'deciding')];
  await decideHeld(space.redis, [stoppedKey(space), ...own, decisionsKey(space)], [rule, now, decision]);
  return (await markLeads(space, rule, now))?.leads ?? [];
}

/**
 * The leads are of several connections, so that no script could decide and mark in one step: which they are is forgotten only once they
 * are marked, and whoever ends in between leaves it to the next one.
 */
async function markLeads(space: Space, rule: string, now: number): Promise<DecidedRule | undefined> {
  const text = await space.redis.hget(decisionsKey(space), rule);
  if (text === null) return undefined;
  const deciding = ruleKey(space, rule, 'deciding');
  const leads = leadsOf(Object.values(await space.redis.hgetall(deciding)));
  for (const [connection, some] of Map.groupBy(leads, (lead) => lead.connection))
    await markDirty(
      space.of(connection),
      some.map(({ leadId }) => leadId),
      now,
    );
  await forgetDecision(space.redis, [decisionsKey(space), deciding], [rule, text]);
  return { rule, decision: decisionOf(text).decision, leads };
}

function leadsOf(waiting: readonly string[]): HeldLead[] {
  return [...new Set(waiting.flatMap((leads) => leads.split(',')))].map((text) => {
    const [connection = '', leadId = ''] = text.split(' ');
    return { connection, leadId };
  });
}

const decisionSchema = z.tuple([z.unknown(), z.enum(['resumed', 'dropped']), z.number()]);

/** As `decideHeld` writes it down: as the rule was stopped, then what was decided and when. */
function decisionOf(text: string): Stopped & Pick<UndoneDecision, 'decision' | 'decidedAt'> {
  const [stopped, decision, decidedAt] = decisionSchema.parse(JSON.parse(text));
  return { ...stoppedOf(stopped), decision, decidedAt };
}
