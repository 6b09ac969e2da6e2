import { defineScript } from '../ledger/script.ts';

/**
 * KEYS: slots, searches, state. ARGV as `ask` of budget.ts gives them. Returns a verdict, how long to wait in milliseconds, and
 * what there is to be said.
 */
export const take = defineScript(`
local now, id = tonumber(ARGV[1]), ARGV[2]
local searching = ARGV[3] == '1'
local reserve = tonumber(ARGV[4])
local farthest = tonumber(ARGV[15])
local state = redis.call('HMGET', KEYS[3], 'paused-until', 'search-paused-until', 'burst', 'daily', 'daily-at', 'even',
  'daily-limit', 'daily-asked-at', 'told', 'brisk', 'urgent-at')

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
local spare = tonumber(ARGV[19])
local patient = reserve > 0 and ARGV[20] == '1'
local looks = reserve == 0 and ARGV[21] == '1'
-- While somebody is fast-tracked, all others leave several slots free, a patient one as many as two fast tracks make at once; of a small
-- limit no more than a share, or ordinary work would stand still.
local isUrgent = believable(state[11]) + tonumber(ARGV[16]) > now
local left = patient and math.min(spare, 1) or 0
-- Hot polls that follow one another must not take the last of the reserve from the fast tracks that they find.
if looks then left = math.max(math.min(spare - 1, 2), 0) end
if isUrgent and reserve > 0 then
  local limit = tonumber(most)
  if patient then
    left = math.min(math.max(3 * spare, math.min(7 * spare, math.floor(limit / 8))), math.floor(limit / 4))
  else
    left = math.min(2 * spare, math.floor(limit / 6))
  end
end
local burst = math.max(tonumber(most) - reserve - left, 1)
local used = held(KEYS[1])
local wait = full(KEYS[1], used, burst)
if not wait and searching then wait = full(KEYS[2], held(KEYS[2]), tonumber(ARGV[6])) end
if wait then return {'full', wait} end

-- When the next call may go, by all calls ('even') and by those that are not patient ('brisk'); who was late may catch up by a few.
-- A patient call waits for all others, any other one for its like; an urgent one does not wait and takes its turn.
if spare > 0 and used >= burst / 4 then
  local interval = tonumber(ARGV[16])
  local apart = interval / math.max(tonumber(most) - spare, 1)
  local function turn(time)
    time = tonumber(time or 0)
    return time > now + interval and 0 or time
  end
  local function after(time) return math.max(time, now - tonumber(ARGV[17]) * apart) + apart end
  local even, brisk = turn(state[6]), turn(state[10])
  local mine = patient and even or brisk
  if reserve > 0 and mine >= now + 1 then return {'full', tostring(math.ceil(mine - now))} end
  redis.call('HSET', KEYS[3], 'even', after(even))
  if not patient then redis.call('HSET', KEYS[3], 'brisk', after(brisk)) end
end

redis.call('ZADD', KEYS[1], ARGV[8], id)
if reserve == 0 and spare > 0 and not looks then redis.call('HSET', KEYS[3], 'urgent-at', now) end
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
export const pause = defineScript(`
local before = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or 0)
if tonumber(ARGV[2]) > before or before > tonumber(ARGV[3]) then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
`);
