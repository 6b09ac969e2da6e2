import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DAY } from '../base/clock.ts';
import { defineScript } from './script.ts';
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
  /** Whether this very question tripped the rule: only then is a person to be told. */
  readonly tripped: boolean;
}

export interface TrippedRule {
  /** As `ruleName` gives it. */
  readonly rule: string;
  /** When it tripped, in milliseconds since 1970, and by which ceiling. */
  readonly at: number;
  readonly leads: number;
  readonly per: number;
  /** How many events are held by now. */
  readonly held: number;
}

/** A lead to be looked at again, now that a person has decided. */
export interface HeldLead {
  readonly connection: string;
  readonly leadId: string;
}

/** The name of a rule of a model, by their ids, among those of all models: `platform/demo`. */
export const ruleName = (model: string, rule: string) => `${model}/${rule}`;

/** Asks for leave to fire, for leads of this space's connection; whoever asks again for the same gets the same answer. */
export async function askCeiling(
  space: Space,
  rule: string,
  firings: readonly Firing[],
  { leads, per, now }: Ceiling,
): Promise<CeilingAnswer> {
  const held = new Set<string>();
  const dropped = new Set<string>();
  if (firings.length === 0) return { held, dropped, tripped: false };
  // As many as one read of a CRM gives come at once: were there more, a script would hold up all others.
  if (firings.length > AT_ONCE) return askInParts(space, rule, firings, { leads, per, now });
  const facts = [rule, now, leads, per, now - per, now - Math.max(per, FIRED_KEPT), now - DECIDED_KEPT];
  const asked = firings.flatMap(({ leadId, event }) => {
    const lead = `${space.connection} ${leadId}`;
    return [event, lead, hashOf(lead)];
  });
  const [tripped, ...verdicts] = answerSchema.parse(await ask(space.redis, keysOf(space, rule), [...facts, ...asked]));
  for (const [index, { event }] of firings.entries()) {
    if (verdicts[index] === 'held') held.add(event);
    if (verdicts[index] === 'dropped') dropped.add(event);
  }
  return { held, dropped, tripped: tripped === 'tripped' };
}

async function askInParts(
  space: Space,
  rule: string,
  firings: readonly Firing[],
  ceiling: Ceiling,
): Promise<CeilingAnswer> {
  const answers: CeilingAnswer[] = [];
  for (let start = 0; start < firings.length; start += AT_ONCE)
    answers.push(await askCeiling(space, rule, firings.slice(start, start + AT_ONCE), ceiling));
  return {
    held: new Set(answers.flatMap(({ held }) => [...held])),
    dropped: new Set(answers.flatMap(({ dropped }) => [...dropped])),
    tripped: answers.some(({ tripped }) => tripped),
  };
}

/** Oldest first; of all connections, whichever space asks. */
export async function listTripped(space: Space): Promise<TrippedRule[]> {
  const all = await space.redis.hgetall(salesKey(space, 'ceilings'));
  const rules = Object.entries(all).map(async ([rule, text]): Promise<TrippedRule> => {
    const [at, leads, per] = trippedSchema.parse(JSON.parse(text));
    return { rule, at, leads, per, held: await space.redis.hlen(heldKey(space, rule)) };
  });
  return (await Promise.all(rules)).sort((one, other) => one.at - other.at || one.rule.localeCompare(other.rule));
}

/** Lets a rule go on and counts afresh; what was held may fire, without being counted. Mark these leads dirty. */
export async function resumeRule(space: Space, rule: string, now: number): Promise<HeldLead[]> {
  return decideRule(space, rule, 'passed', now);
}

/** Lets a rule go on and counts afresh; nobody is told of what was held. Mark these leads dirty too, so that they are done with. */
export async function dropRule(space: Space, rule: string, now: number): Promise<HeldLead[]> {
  return decideRule(space, rule, 'dropped', now);
}

const AT_ONCE = 500;
/** A privacy deletion: nobody is told of these leads of this space's connection any more. */
export async function forgetHeld(space: Space, leadIds: readonly string[]): Promise<void> {
  const leads = new Set(leadIds.map((id) => `${space.connection} ${id}`));
  for (const rule of await space.redis.hkeys(salesKey(space, 'ceilings'))) {
    const held = await space.redis.hgetall(heldKey(space, rule));
    const theirs = Object.keys(held).filter((event) => leads.has(held[event] ?? ''));
    if (theirs.length > 0) await space.redis.hdel(heldKey(space, rule), ...theirs);
  }
}

/** Which leads fired is counted by hashes: their ids are to stay nowhere but where they are needed. */
const hashOf = (lead: string) => createHash('sha256').update(lead).digest('hex').slice(0, 16);

/** How long an event that fired is known as such, in milliseconds, so that a write that must be tried again fires. */
const FIRED_KEPT = DAY;
/** How long a person's decision is remembered: as long as a form may alert somebody late. */
const DECIDED_KEPT = 90 * DAY;

async function decideRule(space: Space, rule: string, as: 'passed' | 'dropped', now: number): Promise<HeldLead[]> {
  const waiting = z.array(z.string()).parse(await decide(space.redis, keysOf(space, rule), [rule, as, now]));
  return [...new Set(waiting)].map((text) => {
    const [connection = '', leadId = ''] = text.split(' ');
    return { connection, leadId };
  });
}

const answerSchema = z.array(z.enum(['tripped', 'as-before', 'go', 'held', 'dropped']));
const trippedSchema = z.tuple([z.number(), z.number(), z.number()]);

const salesKey = (space: Space, ...parts: string[]) => space.of('sales').key(...parts);
const heldKey = (space: Space, rule: string) => salesKey(space, 'ceiling', rule, 'held');

/** The rules that tripped; of this one, the leads that fired, the events that did, those held, and what was decided of them. */
function keysOf(space: Space, rule: string): string[] {
  const own = ['leads', 'fired', 'held', 'passed', 'dropped'].map((what) => salesKey(space, 'ceiling', rule, what));
  return [salesKey(space, 'ceilings'), ...own];
}

/** Adds members with one score, or fields with their values: few calls, however many there are. */
const addMany = `
local function addMany(command, key, flat)
  for from = 1, #flat, 1000 do redis.call(command, key, unpack(flat, from, math.min(from + 999, #flat))) end
end
`;

/** ARGV: see `facts`, then the event and the lead of each firing. */
const ask = defineScript(`${addMany}
local rule, now, most = ARGV[1], ARGV[2], tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[5])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[6])
redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', ARGV[7])
redis.call('ZREMRANGEBYSCORE', KEYS[6], '-inf', ARGV[7])
local events, leads, hashes = {}, {}, {}
for i = 8, #ARGV, 3 do
  events[#events + 1] = ARGV[i]
  leads[#leads + 1] = ARGV[i + 1]
  hashes[#hashes + 1] = ARGV[i + 2]
end
local counted = redis.call('ZMSCORE', KEYS[2], unpack(hashes))
local fired = redis.call('ZMSCORE', KEYS[3], unpack(events))
local held = redis.call('HMGET', KEYS[4], unpack(events))
local passed = redis.call('ZMSCORE', KEYS[5], unpack(events))
local dropped = redis.call('ZMSCORE', KEYS[6], unpack(events))
local count = redis.call('ZCARD', KEYS[2])
local is_tripped = redis.call('HEXISTS', KEYS[1], rule) == 1
local answer = { 'as-before' }
local now_counted, to_hold, to_fire, to_count = {}, {}, {}, {}
for i, event in ipairs(events) do
  local verdict = 'go'
  if dropped[i] then
    verdict = 'dropped'
  elseif held[i] then
    verdict = 'held'
  elseif not fired[i] and not passed[i] then
    local is_counted = counted[i] or now_counted[hashes[i]]
    if not is_tripped and not is_counted and count >= most then
      is_tripped = true
      answer[1] = 'tripped'
    end
    if is_tripped then
      verdict = 'held'
      to_hold[#to_hold + 1] = event
      to_hold[#to_hold + 1] = leads[i]
    else
      to_fire[#to_fire + 1] = now
      to_fire[#to_fire + 1] = event
      if not is_counted then
        now_counted[hashes[i]] = true
        count = count + 1
        to_count[#to_count + 1] = now
        to_count[#to_count + 1] = hashes[i]
      end
    end
  end
  answer[#answer + 1] = verdict
end
if answer[1] == 'tripped' then
  redis.call('HSET', KEYS[1], rule, '[' .. now .. ',' .. ARGV[3] .. ',' .. ARGV[4] .. ']')
end
addMany('ZADD', KEYS[2], to_count)
addMany('ZADD', KEYS[3], to_fire)
addMany('HSET', KEYS[4], to_hold)
return answer
`);

const decide = defineScript(`${addMany}
local decided = ARGV[2] == 'passed' and KEYS[5] or KEYS[6]
local held = redis.call('HGETALL', KEYS[4])
local leads, events = {}, {}
for i = 1, #held, 2 do
  events[#events + 1] = ARGV[3]
  events[#events + 1] = held[i]
  leads[#leads + 1] = held[i + 1]
end
addMany('ZADD', decided, events)
redis.call('DEL', KEYS[2], KEYS[4])
redis.call('HDEL', KEYS[1], ARGV[1])
return leads
`);
