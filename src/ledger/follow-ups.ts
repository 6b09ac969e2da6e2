import { z } from 'zod';
import { batches } from '../base/batches.ts';
import { DAY, SECOND } from '../base/clock.ts';
import { type FollowUpState, isOpen } from '../leads/follow-up-state.ts';
import { execute } from './execute.ts';
import { decodeFollowUp, encodeFollowUp } from './follow-up-entries.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/**
 * The follow-up of one route of a lead to sales, as it stood when the lead was scored last: for lists and figures, and to know when
 * to look again. A backfill rebuilds the last one of every lead from the CRM's properties. All times in milliseconds since 1970.
 */
export interface FollowUp {
  readonly leadId: string;
  /** The id of the model that routed it. */
  readonly model: string;
  /** The CRM's id of the owner; absent where the lead has none. */
  readonly ownerId?: string | undefined;
  /** The id of the fast track, where it was one. */
  readonly rule?: string | undefined;
  readonly routedAt: number;
  /** By when sales were to try first. */
  readonly followUpBy: number;
  readonly firstTouchedAt?: number | undefined;
  readonly attempts: number;
  readonly state: FollowUpState;
  /** By when sales are to try, the first time or again; absent once that is over. */
  readonly dueBy?: number | undefined;
  /** Closed as the lead is none of its model any more, or the model is no more, whatever sales did. */
  readonly isLeft?: true | undefined;
}

/** How long one is kept, in milliseconds from when the lead was routed. */
export const FOLLOW_UPS_KEPT = 90 * DAY;

/** Whether sales are late with it. */
export function isOverdue({ state, dueBy }: FollowUp, now: number): boolean {
  return isOpen(state) && dueBy !== undefined && now >= dueBy;
}

/**
 * Notes how follow-ups stand, and when to look at each again, instead of what was noted of the same route. A lead is routed by a model
 * once a day at most; one of earlier days stays beside it. @returns the leads of which one was open as it was noted last, if it was, and is over now.
 */
export async function saveFollowUps(
  space: Space,
  entries: readonly (FollowUp & { readonly nextAt?: number | undefined })[],
  now: number,
): Promise<ReadonlySet<string>> {
  const settled = new Set<string>();
  const kept = entries.filter(({ routedAt }) => routedAt > now - FOLLOW_UPS_KEPT);
  for (let start = 0; start < kept.length; start += AT_ONCE) {
    const some = kept.slice(start, start + AT_ONCE);
    const args = some.flatMap((entry) => [
      entry.leadId,
      entry.model,
      fieldOf(entry),
      encodeFollowUp(entry),
      entry.routedAt,
      // From now, as the clock of Redis is another one.
      Math.ceil(entry.routedAt + FOLLOW_UPS_KEPT - now),
      entry.nextAt ?? '',
    ]);
    const keys = [listKey(space), dueKey(space), modelsKey(space), ...some.map(({ leadId }) => leadKey(space, leadId))];
    const before = textsSchema.parse(await save(space.redis, keys, [now - FOLLOW_UPS_KEPT, ...args]));
    for (const [index, entry] of some.entries()) {
      const former = decodeFollowUp(entry.leadId, fieldOf(entry), before[index] ?? '[]');
      if (!isOpen(entry.state) && (former === undefined || isOpen(former.state))) settled.add(entry.leadId);
    }
  }
  return settled;
}

const textsSchema = z.array(z.string().nullable());

/** A follow-up that is to be looked at, and since when. */
export interface DueFollowUp {
  readonly leadId: string;
  readonly model: string;
  readonly at: number;
}

/** Those to look at now, longest due first, up to `most`. */
export async function dueFollowUps(space: Space, now: number, most: number): Promise<DueFollowUp[]> {
  const flat = await space.redis.zrangebyscore(dueKey(space), '-inf', now, 'WITHSCORES', 'LIMIT', 0, most);
  return flat.flatMap((member, index) => {
    const [model = '', leadId = ''] = member.split(/ (.*)/s);
    return index % 2 === 0 ? [{ leadId, model, at: Number(flat[index + 1]) }] : [];
  });
}

/** A lead with the routes to sales of which somebody may have been reminded. */
export interface RoutedLead {
  readonly leadId: string;
  readonly routes: readonly Pick<FollowUp, 'model' | 'routedAt'>[];
}

/**
 * Until when whoever was reminded of each of these leads has time, by the models that routed it: 0 once that has passed. Absent where nobody noted
 * when it was: the answer to what the CRM was told then was lost, or Redis was emptied since.
 */
export async function remindedUntil(
  space: Space,
  leads: readonly RoutedLead[],
): Promise<ReadonlyMap<string, number>[]> {
  const asked = leads.filter(({ routes }) => routes.length > 0);
  const members = asked.flatMap(({ leadId, routes }) => routes.map(({ model }) => memberOf({ model, leadId, at: 0 })));
  if (members.length === 0) return leads.map(() => new Map());
  const ids = asked.map(({ leadId }) => leadId);
  const [times, noted] = await Promise.all([space.redis.zmscore(dueKey(space), ...members), readLeads(space, ids)]);
  const until = new Map(members.map((member, index) => [member, Number(times[index] ?? 0)]));
  const byLead = new Map(ids.map((id, index) => [id, noted[index] ?? []]));
  return leads.map(({ leadId, routes }) => {
    const known = routes.flatMap(({ model, routedAt }) => {
      const last = lastBy(model, byLead.get(leadId) ?? []);
      const isNoted = last?.state === 'reminded' || last?.state === 'tried';
      if (!isNoted || !sameSecond(last.routedAt, routedAt)) return [];
      return [[model, until.get(memberOf({ model, leadId, at: 0 })) ?? 0] as const];
    });
    return new Map(known);
  });
}

/** The last follow-ups of these leads by this model, as far as there are any. */
export async function lastFollowUps(space: Space, leadIds: readonly string[], model: string): Promise<FollowUp[]> {
  return (await readLeads(space, leadIds)).flatMap((own) => lastBy(model, own) ?? []);
}

/** They were looked at, or will be: each is due no more, unless it was noted with another time meanwhile. */
export async function passFollowUps(space: Space, due: readonly DueFollowUp[]): Promise<void> {
  if (due.length === 0) return;
  const args = due.flatMap((one) => [memberOf(one), one.at]);
  await pass(space.redis, [dueKey(space)], args);
}

/** Every follow-up of the last 90 days, in the order in which they were routed. One that a later route of the lead took the place of is closed. */
export async function listFollowUps(space: Space, now: number): Promise<FollowUp[]> {
  const oldest = now - FOLLOW_UPS_KEPT;
  const ids = await space.redis.zrangebyscore(listKey(space), oldest, '+inf');
  const all = (await readLeads(space, ids)).flat();
  return all.filter(({ routedAt }) => routedAt > oldest).sort((one, other) => one.routedAt - other.routedAt);
}

/** The ids of the models by which follow-ups were noted, but for those that were forgotten since. */
export async function modelsOfFollowUps(space: Space): Promise<readonly string[]> {
  return space.redis.smembers(modelsKey(space));
}

/** By these models no follow-up is open. */
export async function forgetModelsOfFollowUps(space: Space, models: readonly string[]): Promise<void> {
  if (models.length > 0) await space.redis.srem(modelsKey(space), ...models);
}

/** Forgets the follow-ups of these leads: all of them, or those by this model. */
export async function forgetFollowUps(space: Space, leadIds: readonly string[], model = ''): Promise<void> {
  if (leadIds.length === 0) return;
  const keys = [listKey(space), dueKey(space), ...leadIds.map((id) => leadKey(space, id)), modelsKey(space)];
  await forget(space.redis, keys, [model, ...leadIds]);
}

/** Redis does nothing else while a script runs. */
const AT_ONCE = 500;

const listKey = (space: Space) => space.key('follow-ups');
const dueKey = (space: Space) => space.key('follow-ups', 'due');
const modelsKey = (space: Space) => space.key('follow-ups', 'models');
const leadKey = (space: Space, leadId: string) => space.key('follow-up', leadId);
const memberOf = ({ model, leadId }: DueFollowUp) => `${model} ${leadId}`;
/** A CRM may keep whole seconds only. */
const sameSecond = (one: number, other: number) => Math.floor(one / SECOND) === Math.floor(other / SECOND);
/** Its day, as a CRM may keep less of the time than we do. */
const fieldOf = ({ model, routedAt }: FollowUp) => `${model} ${Math.floor(routedAt / DAY)}`;

/** In the order of `leadIds`. */
async function readLeads(space: Space, leadIds: readonly string[]): Promise<FollowUp[][]> {
  const all: FollowUp[][] = [];
  for (const some of batches(leadIds, AT_ONCE)) {
    const pipeline = space.redis.pipeline();
    for (const id of some) pipeline.hgetall(leadKey(space, id));
    const replies = z.array(z.record(z.string(), z.string())).parse(await execute(pipeline));
    all.push(...replies.map((fields, index) => ofLead(some[index] ?? '', fields)));
  }
  return all;
}

const lastBy = (model: string, own: readonly FollowUp[]): FollowUp | undefined =>
  own.filter((each) => each.model === model).sort((one, other) => other.routedAt - one.routedAt)[0];

function ofLead(leadId: string, fields: Readonly<Record<string, string>>): FollowUp[] {
  const own = Object.entries(fields).flatMap(([field, text]) => decodeFollowUp(leadId, field, text) ?? []);
  const last = new Map<string, number>();
  for (const { model, routedAt } of own) last.set(model, Math.max(routedAt, last.get(model) ?? 0));
  return own.map((each) => {
    if (each.routedAt === last.get(each.model) || !isOpen(each.state)) return each;
    const { dueBy, ...rest } = each;
    return { ...rest, state: 'closed' };
  });
}

/** KEYS: the list, what is due, the models, then the lead of each entry. ARGV: up to when all is trimmed, then seven of each entry. */
const save = defineScript(`
local before = {}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
for i = 2, #ARGV, 7 do
  local key = KEYS[4 + (i - 2) / 7]
  local lead, member = ARGV[i], ARGV[i + 1] .. ' ' .. ARGV[i]
  local routed, last = ARGV[i + 4], redis.call('ZSCORE', KEYS[1], lead)
  before[#before + 1] = redis.call('HGET', key, ARGV[i + 2])
  redis.call('HSET', key, ARGV[i + 2], ARGV[i + 3])
  redis.call('SADD', KEYS[3], ARGV[i + 1])
  if not last or tonumber(last) <= tonumber(routed) then
    redis.call('ZADD', KEYS[1], routed, lead)
    redis.call('PEXPIRE', key, ARGV[i + 5])
  end
  if ARGV[i + 6] == '' then
    redis.call('ZREM', KEYS[2], member)
  else
    redis.call('ZADD', KEYS[2], ARGV[i + 6], member)
  end
end
return before
`);

const pass = defineScript(`
for i = 1, #ARGV, 2 do
  local at = redis.call('ZSCORE', KEYS[1], ARGV[i])
  if at and tonumber(at) == tonumber(ARGV[i + 1]) then redis.call('ZREM', KEYS[1], ARGV[i]) end
end
`);

/** KEYS: the list, what is due, those of the leads, the models. ARGV: a model or "" for all, then the leads. */
const forget = defineScript(`
for i = 2, #ARGV do
  local key, lead = KEYS[i + 1], ARGV[i]
  for _, field in ipairs(redis.call('HKEYS', key)) do
    local model = string.match(field, '^%S+')
    if ARGV[1] == '' or ARGV[1] == model then
      redis.call('ZREM', KEYS[2], model .. ' ' .. lead)
      redis.call('HDEL', key, field)
    end
  end
  if redis.call('EXISTS', key) == 0 then redis.call('ZREM', KEYS[1], lead) end
end
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('DEL', KEYS[#KEYS]) end
`);
