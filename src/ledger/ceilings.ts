import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DAY } from '../base/clock.ts';
import { decisionsKey, droppedKey, ruleKey, type Stopped, stoppedKey, stoppedOf } from './ceiling-keys.ts';
import { askForLeave, forgetHeldOf } from './ceiling-scripts.ts';
import type { Space } from './space.ts';

/**
 * Ceilings: a rule that wants to put too many leads before sales in too short a time is a mistake, such as a rule that fits everybody.
 * It trips, and what it wants from then on is held and remembered until a person lets it go on. All connections share them.
 */
export interface Ceiling {
  /** As many leads may fire within `per`; the next one trips the rule. */
  readonly leads: number;
  /** In milliseconds. */
  readonly per: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Something that a rule wants to alert sales of. */
export interface Firing {
  readonly leadId: string;
  /** What it is about, such as the reference of an alert: asked again for the same one, the answer is the same. */
  readonly event: string;
}

export interface CeilingAnswer {
  /** The events that must wait for a person: nothing is to be told, made or written for them now. */
  readonly held: ReadonlySet<string>;
  /** The events that a person decided to tell nobody of: take them for done. */
  readonly dropped: ReadonlySet<string>;
  /** Whether this very question tripped the rule. */
  readonly tripped: boolean;
  /** When and by which ceiling the rule tripped, where anything is held: a person is to be told of it once, whoever asks. */
  readonly stopped?: Stopped | undefined;
}

export interface TrippedRule extends Stopped {
  /** As `ruleName` gives it. */
  readonly rule: string;
  /** How many events are held by now. */
  readonly held: number;
}

/** The name of a rule of a model, by their ids, among those of all models: `platform/demo-request`. */
export const ruleName = (model: string, rule: string) => `${model}/${rule}`;

/**
 * Asks for leave to fire, for leads of this space's connection; whoever asks again for the same gets the same answer. What `former` rules hold, which
 * no model has any more, is held whichever rule asks for it: that one may be the same by another name.
 */
export async function askCeiling(
  space: Space,
  rule: string,
  firings: readonly Firing[],
  { leads, per, now }: Ceiling,
  former: readonly string[] = [],
): Promise<CeilingAnswer> {
  const held = new Set<string>();
  const dropped = new Set<string>();
  if (firings.length === 0) return { held, dropped, tripped: false };
  // As many as one read of a CRM gives come at once: were there more, a script would hold up all others.
  if (firings.length > AT_ONCE) return askInParts(space, rule, firings, { leads, per, now }, former);
  const facts = [rule, now, leads, per, now - per, now - Math.max(per, FIRED_KEPT), now - DECIDED_KEPT];
  const asked = firings.flatMap(({ leadId, event }) => {
    const lead = `${space.connection} ${leadId}`;
    return [event, lead, hashOf(lead)];
  });
  const formerKeys = former.map((each) => ruleKey(space, each, 'held'));
  const reply = await askForLeave(space.redis, [...keysOf(space, rule), ...formerKeys], [...facts, ...asked]);
  const [tripped, stopped, ...verdicts] = answerSchema.parse(reply);
  for (const [index, { event }] of firings.entries()) {
    if (verdicts[index] === 'held') held.add(event);
    if (verdicts[index] === 'dropped') dropped.add(event);
  }
  const isStopped = held.size > 0 && stopped !== '';
  return {
    held,
    dropped,
    tripped: tripped === 'tripped',
    ...(isStopped && { stopped: stoppedOf(JSON.parse(stopped)) }),
  };
}

async function askInParts(
  space: Space,
  rule: string,
  firings: readonly Firing[],
  ceiling: Ceiling,
  former: readonly string[],
): Promise<CeilingAnswer> {
  const answers: CeilingAnswer[] = [];
  for (let start = 0; start < firings.length; start += AT_ONCE)
    answers.push(await askCeiling(space, rule, firings.slice(start, start + AT_ONCE), ceiling, former));
  return {
    held: new Set(answers.flatMap(({ held }) => [...held])),
    dropped: new Set(answers.flatMap(({ dropped }) => [...dropped])),
    tripped: answers.some(({ tripped }) => tripped),
    stopped: answers.find(({ stopped }) => stopped !== undefined)?.stopped,
  };
}

/**
 * Of these events, those that a rule holds, or that a person let go on so lately that nobody may have looked at their leads since. It only looks: nothing
 * is asked for, and nothing counts.
 */
export async function readWaiting(
  space: Space,
  rule: string,
  events: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  if (events.length === 0) return new Set();
  // In this order: what is let go on in between is found as such.
  const held = await space.redis.hmget(ruleKey(space, rule, 'held'), ...events);
  const passed = await space.redis.zmscore(ruleKey(space, rule, 'passed'), ...events);
  const isPassed = (at: string | null | undefined) => typeof at === 'string' && Number(at) > now - LOOKED_AT_WITHIN;
  return new Set(events.filter((_, index) => typeof held[index] === 'string' || isPassed(passed[index])));
}

/** Oldest first; of all connections, whichever space asks. */
export async function listTripped(space: Space): Promise<TrippedRule[]> {
  const all = await space.redis.hgetall(stoppedKey(space));
  const rules = Object.entries(all).map(async ([rule, text]): Promise<TrippedRule> => {
    return { rule, ...stoppedOf(JSON.parse(text)), held: await space.redis.hlen(ruleKey(space, rule, 'held')) };
  });
  return (await Promise.all(rules)).sort((one, other) => one.at - other.at || one.rule.localeCompare(other.rule));
}

/** The names of the rules that are stopped. */
export async function namesOfTripped(space: Space): Promise<string[]> {
  return space.redis.hkeys(stoppedKey(space));
}

/** A privacy deletion: nobody is told of these leads of this space's connection any more. */
export async function forgetHeld(space: Space, leadIds: readonly string[]): Promise<void> {
  const leads = leadIds.map((id) => `${space.connection} ${id}`);
  if (leads.length === 0) return;
  for (const rule of await space.redis.hkeys(stoppedKey(space)))
    await forgetHeldOf(space.redis, [ruleKey(space, rule, 'held')], leads);
  for (const rule of await space.redis.hkeys(decisionsKey(space)))
    await forgetHeldOf(space.redis, [ruleKey(space, rule, 'deciding')], leads);
}

const AT_ONCE = 500;

/** Which leads fired is counted by hashes: their ids are to stay nowhere but where they are needed. */
const hashOf = (lead: string) => createHash('sha256').update(lead).digest('hex').slice(0, 16);

/** How long an event that fired is known as such, in milliseconds, so that a write that must be tried again fires. */
const FIRED_KEPT = DAY;
/** How long a person's decision is remembered: as long as a form may alert somebody late. */
const DECIDED_KEPT = 90 * DAY;
/** How long after a person let a rule go on its leads may not have been looked at, in milliseconds: a worker may have stood still. */
const LOOKED_AT_WITHIN = DAY;

const answerSchema = z.tuple([z.enum(['tripped', 'as-before']), z.string()], z.enum(['go', 'held', 'dropped']));

/** The rules that tripped; of this one, the leads that fired, the events that did, those held and those let go on; the events that were dropped. */
function keysOf(space: Space, rule: string): string[] {
  const own = (['leads', 'fired', 'held', 'passed'] as const).map((what) => ruleKey(space, rule, what));
  return [stoppedKey(space), ...own, droppedKey(space)];
}
