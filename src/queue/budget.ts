import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type Clock, DAY, HOUR, MINUTE, SECOND } from '../base/clock.ts';
import { RateLimitedError } from '../base/errors.ts';
import { type Log, silentLog } from '../base/log.ts';
import type { ApiBudget, BudgetedCall, ReportedLimits, Settle } from '../crm/api-budget.ts';
import { defineScript } from '../ledger/script.ts';
import type { Space } from '../ledger/space.ts';

export interface BudgetLimits {
  /** Calls for each interval until an answer's headers say otherwise. */
  readonly burst: number;
  /** Whether `burst` holds whatever the headers say. */
  readonly fixedBurst?: boolean;
  /** Milliseconds. */
  readonly interval: number;
  /** Calls for each UTC day, where fewer are to be used than the account has. */
  readonly daily?: number;
  readonly search: number;
  readonly searchInterval: number;
  /** Burst slots that only urgent calls may use. */
  readonly burstReserve: number;
  /** What ordinary work leaves of the day's calls for urgent ones: so many, or a twentieth of the account's where that is more. */
  readonly dailyReserve: number;
}

/** HubSpot's lowest tier; the first answer's headers raise it. One search a second is left to other apps of the account. */
export const HUBSPOT_LIMITS: BudgetLimits = {
  burst: 100,
  interval: 10 * SECOND,
  search: 4,
  searchInterval: SECOND,
  burstReserve: 5,
  dailyReserve: 1_000,
};

/**
 * The API quota of one connection, kept in Redis and so shared by all processes.
 *
 * A call holds a slot from before it is sent until one interval after its answer. The CRM counted it somewhere between,
 * so no interval of the CRM's ever holds more calls than its limit, wherever that interval begins.
 *
 * Once a quarter of the slots are held, ordinary calls go out evenly spaced. Did they all go at once, none would come free for
 * the rest of the interval, and a fast track that needs more than the reserve would wait for as long.
 *
 * That the day's calls are spent is said once by all processes together, and so is that they are no more.
 */
export function createBudget(space: Space, limits: BudgetLimits, clock: Clock, log: Log = silentLog): ApiBudget {
  const keys = [space.key('budget', 'slots'), space.key('budget', 'searches'), space.key('budget', 'state')] as const;
  const { redis } = space;
  // As an answer told last; those of searches tell nothing, and what got lost neither.
  const known = { interval: limits.interval };

  return {
    async take(call) {
      for (;;) {
        const id = randomUUID();
        const { verdict, wait, news } = await ask(redis, keys, { ...limits, ...known }, id, call, clock.now());
        if (news !== undefined) log[news === 'over' ? 'info' : 'warn'](NEWS[news]);
        if (verdict === 'go') return settler(redis, keys, limits, known, clock, id, call);
        // A slot in flight may be settled long before it would run out: worth waiting for, and looking again soon.
        if (verdict !== 'full' && (verdict === 'spent' || wait > MINUTE)) throw spent(verdict, wait);
        await clock.sleep(Math.min(Math.max(wait, 5), verdict === 'full' ? 250 : MINUTE), call.signal);
      }
    },
    async pause(scope, ms) {
      const until = clock.now() + ms;
      const field = scope === 'search' ? 'search-paused-until' : 'paused-until';
      await pause(redis, [keys[2]], [field, until, clock.now() + FARTHEST]);
    },
  };
}

/** How long an answer that never comes keeps its slot, in milliseconds. */
const LOST = MINUTE;
/** How long a spent day is believed before one call finds out whether a new one has begun, in milliseconds. */
const BELIEVED = 15 * MINUTE;
/** Midnight is the account's own, whose time zone no answer tells. */
const NEWS = {
  account:
    "the day's API calls are spent but for the reserve of fast tracks: ordinary work rests until midnight in the time zone of the CRM account, and looks every 15 min whether it has come",
  config:
    "the day's API calls that config allows are spent but for the reserve of fast tracks: ordinary work rests until midnight UTC",
  over: 'there are API calls for ordinary work again: it goes on',
};
/** By how many calls an ordinary one that was late may catch up where they are spaced; as many may go at once. */
const CATCH_UP = 4;
/** A time farther ahead was written down by a wrong clock and counts for nothing; the CRM's longest pause is a day. */
const FARTHEST = DAY + HOUR;

type Keys = readonly [slots: string, searches: string, state: string];

async function ask(redis: Redis, keys: Keys, limits: BudgetLimits, id: string, call: BudgetedCall, now: number) {
  const reply = await take(redis, keys, [
    now,
    id,
    call.search ? 1 : 0,
    call.urgent ? 0 : limits.burstReserve,
    limits.burst,
    limits.search,
    call.urgent ? 0 : limits.dailyReserve,
    now + LOST + limits.interval,
    now + LOST + limits.searchInterval,
    BELIEVED,
    limits.daily ?? 0,
    Math.floor(now / DAY),
    DAY - (now % DAY),
    limits.fixedBurst ? 1 : 0,
    now + FARTHEST,
    limits.interval,
    CATCH_UP,
    LOST,
    limits.burstReserve,
  ]);
  const [verdict, wait, news] = verdictSchema.parse(reply);
  return { verdict, wait, news };
}

const verdictSchema = z.tuple([
  z.enum(['go', 'full', 'paused', 'spent']),
  z.coerce.number(),
  z.enum(['account', 'config', 'over']).optional(),
]);

function spent(verdict: 'paused' | 'spent', wait: number): RateLimitedError {
  const what =
    verdict === 'spent'
      ? "the day's API calls are spent but for the reserve of fast tracks"
      : 'the CRM asked us to wait';
  return new RateLimitedError(`${what}: looking again in ${Math.ceil(wait / MINUTE)} min`, { retryAfter: wait });
}

function settler(
  redis: Redis,
  keys: Keys,
  limits: BudgetLimits,
  known: { interval: number },
  clock: Clock,
  id: string,
  call: BudgetedCall,
): Settle {
  return (reported?: ReportedLimits) => {
    const now = clock.now();
    known.interval = reported?.interval || known.interval;
    const pipeline = redis.pipeline();
    pipeline.zadd(keys[0], now + known.interval, id);
    if (call.search) pipeline.zadd(keys[1], now + limits.searchInterval, id);
    if (reported?.burst !== undefined && !limits.fixedBurst) pipeline.hset(keys[2], 'burst', reported.burst);
    if (reported?.dailyRemaining !== undefined) {
      pipeline.hset(keys[2], 'daily', reported.dailyRemaining, 'daily-at', now);
    }
    if (reported?.daily !== undefined) pipeline.hset(keys[2], 'daily-limit', reported.daily);
    // Nobody waits for this: a lost settlement only keeps the slot a little longer.
    pipeline.exec().catch(() => {});
  };
}

const take = defineScript(`
local now, id = tonumber(ARGV[1]), ARGV[2]
local searching = ARGV[3] == '1'
local reserve = tonumber(ARGV[4])
local farthest = tonumber(ARGV[15])
local state = redis.call('HMGET', KEYS[3], 'paused-until', 'search-paused-until', 'burst', 'daily', 'daily-at', 'even',
  'daily-limit', 'daily-asked-at', 'told')

local function believable(time)
  time = tonumber(time or 0)
  return time <= farthest and time or 0
end

local paused = believable(state[1])
if searching then paused = math.max(paused, believable(state[2])) end
if paused > now then return {'paused', tostring(paused - now)} end

-- Only ordinary calls leave a reserve, and they alone tell that it has come to that, or is over.
local kept = tonumber(ARGV[7])
local ordinary = kept > 0
if ordinary then kept = math.max(kept, math.floor(tonumber(state[7] or 0) / 20)) end

local function spent(wait, why)
  if not ordinary or state[9] then return {'spent', wait} end
  redis.call('HSET', KEYS[3], 'told', why)
  return {'spent', wait, why}
end

-- After a while one call finds out whether a new day has begun, and the others wait for its answer. Nothing is found out by a
-- search, whose answer tells nothing of the day: it goes where nobody else is asking.
local isOut = state[4] and tonumber(state[4]) <= kept
if isOut then
  local believed = believable(state[5]) + tonumber(ARGV[10]) - now
  if believed <= 0 then
    local asked = believable(state[8])
    if asked + tonumber(ARGV[18]) > now then return {'full', '250'} end
    if not searching then believed = asked + tonumber(ARGV[10]) - now end
  end
  if believed > 0 then return spent(tostring(believed), 'account') end
end

local allowed = tonumber(ARGV[11])
if allowed > 0 then
  local day = redis.call('HMGET', KEYS[3], 'day', 'day-calls')
  if day[1] ~= ARGV[12] then
    redis.call('HSET', KEYS[3], 'day', ARGV[12], 'day-calls', 0)
  elseif tonumber(day[2]) >= allowed - math.min(tonumber(ARGV[7]), math.floor(allowed / 10)) then
    return spent(ARGV[13], 'config')
  end
end

local function held(key)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  redis.call('ZREMRANGEBYSCORE', key, '(' .. ARGV[15], '+inf')
  return redis.call('ZCARD', key)
end

local function full(key, used, limit)
  if used < limit then return nil end
  local first = redis.call('ZRANGE', key, used - limit, used - limit, 'WITHSCORES')
  return tostring(tonumber(first[2]) - now)
end

local most = ARGV[14] == '1' and ARGV[5] or state[3] or ARGV[5]
local burst = math.max(tonumber(most) - reserve, 1)
local used = held(KEYS[1])
local wait = full(KEYS[1], used, burst)
if not wait and searching then wait = full(KEYS[2], held(KEYS[2]), tonumber(ARGV[6])) end
if wait then return {'full', wait} end

-- 'even' is when the next ordinary call may go; who was late may catch up by a few. An urgent one does not wait and takes its turn.
local kept = tonumber(ARGV[19])
if kept > 0 and used >= burst / 4 then
  local interval = tonumber(ARGV[16])
  local apart = interval / math.max(tonumber(most) - kept, 1)
  local even = tonumber(state[6] or 0)
  if even > now + interval then even = 0 end
  if reserve > 0 and even >= now + 1 then return {'full', tostring(math.ceil(even - now))} end
  redis.call('HSET', KEYS[3], 'even', math.max(even, now - tonumber(ARGV[17]) * apart) + apart)
end

redis.call('ZADD', KEYS[1], ARGV[8], id)
if searching then redis.call('ZADD', KEYS[2], ARGV[9], id) end
if allowed > 0 then redis.call('HINCRBY', KEYS[3], 'day-calls', 1) end
if isOut and not searching then
  redis.call('HSET', KEYS[3], 'daily-asked-at', now)
elseif not isOut and ordinary and state[9] then
  redis.call('HDEL', KEYS[3], 'told')
  return {'go', '0', 'over'}
end
return {'go', '0'}
`);

/** A pause is only ever made longer: two processes may hear of the same limit. */
const pause = defineScript(`
local before = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or 0)
if tonumber(ARGV[2]) > before or before > tonumber(ARGV[3]) then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
`);
