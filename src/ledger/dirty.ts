import { z } from 'zod';
import { SECOND } from '../base/clock.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/**
 * The dirty set: leads that may have changed. It coalesces triggers and hands every lead to one worker at a time.
 *
 * An entry's score is the time from which it may be taken. Taking it moves that time ahead by a lease, so that a worker
 * that dies gives it back by itself; whoever overstays the lease cannot settle an entry that another took since.
 * Its token changes with every mark: an entry leaves only when it is settled with the token it was taken with, so a mark
 * that came meanwhile is never lost.
 */
export interface Taken {
  readonly id: string;
  readonly token: string;
  /** Until when nobody else gets this lead, in milliseconds since 1970; `renew` moves it. */
  until: number;
}

/** How long a worker has a lead to itself. */
export const LEASE = 60 * SECOND;

export async function markDirty(space: Space, ids: readonly string[], now: number): Promise<void> {
  for (const some of chunks(ids)) await mark(space.redis, dirtyKeys(space), [now, ...some]);
}

/** What a webhook told of a lead. */
export interface Marking {
  /** Stands for the event. */
  readonly key: string;
  readonly leadId: string;
}

/**
 * Marks the leads of webhook events that were not seen before; the same step records them as seen, so that a crash loses
 * none. `rememberFor` is in milliseconds; for as long as `headStart`, in milliseconds, a lead that was not marked is kept for
 * fast tracks alone. @returns how many events were new.
 */
export async function markDirtyOnce(
  space: Space,
  events: readonly Marking[],
  now: number,
  rememberFor: number,
  headStart = 0,
): Promise<number> {
  let fresh = 0;
  for (const some of chunks(events)) {
    const keys = [...leaseKeys(space), ...some.map((event) => space.key('event', event.key))];
    const args = [now + headStart, rememberFor, headStart, ...some.map((event) => event.leadId)];
    fresh += Number(await markOnce(space.redis, keys, args));
  }
  return fresh;
}

/** Takes up to `count` leads, those that wait longest first. */
export async function takeDirty(space: Space, count: number, now: number): Promise<Taken[]> {
  return parseTaken(await take(space.redis, leaseKeys(space), [now, now + LEASE, count]), now);
}

/** Takes these leads, marked or not. One that another worker has now is left out, and marked so that it is done again. */
export async function claim(space: Space, ids: readonly string[], now: number): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const some of chunks(ids))
    taken.push(...parseTaken(await claimScript(space.redis, leaseKeys(space), [now, now + LEASE, ...some]), now));
  return taken;
}

/**
 * Done with these leads: they leave the set, but for those marked again meanwhile. Whoever overstayed the lease may have
 * written over what the next one wrote: such a lead is marked, to be done once more.
 * @returns how many of them are to be done again.
 */
export async function settle(space: Space, taken: readonly Taken[], now: number): Promise<number> {
  let again = 0;
  for (const some of chunks(taken)) {
    const args = some.flatMap(({ id, token, until }) => [id, token, until]);
    again += Number(await settleScript(space.redis, leaseKeys(space), [now, ...args]));
  }
  return again;
}

/** Gives leads back undone: another worker may take them from `availableAt` on. */
export async function release(space: Space, taken: readonly Taken[], availableAt: number): Promise<void> {
  for (const some of chunks(taken))
    await releaseScript(space.redis, leaseKeys(space), [availableAt, ...some.flatMap(({ id, until }) => [id, until])]);
}

export async function countDirty(space: Space): Promise<number> {
  return space.redis.zcard(space.key('dirty'));
}

/** How many wait that were marked up to then, and that nobody has taken. */
export async function countWaiting(space: Space, until: number): Promise<number> {
  return space.redis.zcount(space.key('dirty'), '-inf', until);
}

/** The first keys of any script that uses `markOne`. */
export const dirtyKeys = (space: Space) => [space.key('dirty'), space.key('tokens'), space.key('sequence')];

/** The keys of a script that gives or ends leases; the last tells which of them are loose: see `loose-leases.ts`. */
export const leaseKeys = (space: Space) => [...dirtyKeys(space), space.key('loose')];

/** Redis does nothing else while a script runs, and a script has room for a few thousand ids: none gets more than this at once. */
const MOST_AT_ONCE = 1_000;

export function* chunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += MOST_AT_ONCE) yield items.slice(start, start + MOST_AT_ONCE);
}

const takenSchema = z.array(z.string());

function parseTaken(reply: unknown, now: number): Taken[] {
  const flat = takenSchema.parse(reply);
  const taken: Taken[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    taken.push({ id: flat[index] ?? '', token: flat[index + 1] ?? '', until: now + LEASE });
  }
  return taken;
}

/** Lua that marks one entry, with `dirtyKeys` before all other keys: for whoever must change and mark in one step. */
export const markOne = `
local function mark(id, now)
  redis.call('ZADD', KEYS[1], 'NX', now, id)
  redis.call('HSET', KEYS[2], id, redis.call('INCR', KEYS[3]))
end
`;

/**
 * For many at once: the Redis inside a process copies the whole set with every command, and would take minutes one by one. One
 * token does for all of them, as it changes with every mark.
 */
const markMany = `
local function markMany(ids, now)
  if #ids == 0 then return end
  local token = redis.call('INCR', KEYS[3])
  local times, tokens = {}, {}
  for i, id in ipairs(ids) do
    times[2 * i - 1], times[2 * i] = now, id
    tokens[2 * i - 1], tokens[2 * i] = id, token
  end
  redis.call('ZADD', KEYS[1], 'NX', unpack(times))
  redis.call('HSET', KEYS[2], unpack(tokens))
end
`;

/** Sets the time of each of these entries, which may be none. */
export const moveMany = `
local function moveMany(ids, time)
  if #ids == 0 then return end
  local times = {}
  for i, id in ipairs(ids) do times[2 * i - 1], times[2 * i] = time, id end
  redis.call('ZADD', KEYS[1], unpack(times))
end
`;

const mark = defineScript(`${markMany}
markMany({unpack(ARGV, 2)}, ARGV[1])
`);

const markOnce = defineScript(`${markMany}
local fresh = {}
for i = 4, #ARGV do
  if redis.call('SET', KEYS[i + 1], '1', 'NX', 'PX', ARGV[2]) then fresh[#fresh + 1] = ARGV[i] end
end
-- Held loosely, and by nobody: a lead that somebody has stays theirs.
if tonumber(ARGV[3]) > 0 and #fresh > 0 then
  for i, available in ipairs(redis.call('ZMSCORE', KEYS[1], unpack(fresh))) do
    if not available then redis.call('HSET', KEYS[4], fresh[i], '') end
  end
end
markMany(fresh, ARGV[1])
return #fresh
`);

const take = defineScript(`${moveMany}
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
if #ids == 0 then return {} end
moveMany(ids, ARGV[2])
redis.call('HDEL', KEYS[4], unpack(ids))
local taken = {}
for i, token in ipairs(redis.call('HMGET', KEYS[2], unpack(ids))) do
  taken[#taken + 1] = ids[i]
  taken[#taken + 1] = token or '0'
end
return taken
`);

const claimScript = defineScript(`${moveMany}
local ids = {unpack(ARGV, 3)}
local available = redis.call('ZMSCORE', KEYS[1], unpack(ids))
local token = tostring(redis.call('INCR', KEYS[3]))
local tokens, own, taken = {}, {}, {}
for i, id in ipairs(ids) do
  tokens[2 * i - 1], tokens[2 * i] = id, token
  if not available[i] or tonumber(available[i]) <= tonumber(ARGV[1]) then
    own[#own + 1] = id
    taken[#taken + 1] = id
    taken[#taken + 1] = token
  end
end
redis.call('HSET', KEYS[2], unpack(tokens))
moveMany(own, ARGV[2])
if #own > 0 then redis.call('HDEL', KEYS[4], unpack(own)) end
return taken
`);

/** Whether the lease of whoever asks still holds: the entry's time is the one at which that lease ends. */
export const holds = `
local function holds(available, till)
  return available and tonumber(available) == tonumber(till)
end
`;

const settleScript = defineScript(`${markMany}${moveMany}${holds}
local ids = {}
for i = 2, #ARGV, 3 do ids[#ids + 1] = ARGV[i] end
local available = redis.call('ZMSCORE', KEYS[1], unpack(ids))
local tokens = redis.call('HMGET', KEYS[2], unpack(ids))
local own, done, again, overstayed = {}, {}, {}, {}
for i, id in ipairs(ids) do
  local into = overstayed
  if holds(available[i], ARGV[3 * i + 1]) then
    own[#own + 1] = id
    into = (tokens[i] or '0') == ARGV[3 * i] and done or again
  end
  into[#into + 1] = id
end
if #own > 0 then redis.call('HDEL', KEYS[4], unpack(own)) end
if #done > 0 then
  redis.call('ZREM', KEYS[1], unpack(done))
  redis.call('HDEL', KEYS[2], unpack(done))
end
moveMany(again, ARGV[1])
markMany(overstayed, ARGV[1])
return #again + #overstayed
`);

const releaseScript = defineScript(`${moveMany}${holds}
local ids = {}
for i = 2, #ARGV, 2 do ids[#ids + 1] = ARGV[i] end
local available = redis.call('ZMSCORE', KEYS[1], unpack(ids))
local own = {}
for i, id in ipairs(ids) do
  if holds(available[i], ARGV[2 * i + 1]) then own[#own + 1] = id end
end
moveMany(own, ARGV[1])
if #own > 0 then redis.call('HDEL', KEYS[4], unpack(own)) end
`);
