import { defineScript } from './script.ts';

/** Adds members with one score, or fields with their values: few calls, however many there are. */
const addMany = `
local function addMany(command, key, flat)
  for from = 1, #flat, 1000 do redis.call(command, key, unpack(flat, from, math.min(from + 999, #flat))) end
end
`;

/**
 * KEYS: see `keysOf` in ceilings.ts, and then what is held of rules that no model has any more. ARGV: see `facts` there, then the event, the lead and
 * its hash of each firing. What is held names all leads that ask for the same, with commas in between: a person has one in each CRM. Two rules may ask
 * for the same event: what was dropped of one is none of the other's that holds it, or that a person let go on.
 */
export const askForLeave = defineScript(`${addMany}
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
local of_former = {}
for key = 7, #KEYS do
  local theirs = redis.call('HMGET', KEYS[key], unpack(events))
  for i = 1, #events do of_former[i] = of_former[i] or theirs[i] end
end
local count = redis.call('ZCARD', KEYS[2])
local is_tripped = redis.call('HEXISTS', KEYS[1], rule) == 1
local answer = { 'as-before', '' }
local now_counted, now_held, to_hold, to_fire, to_count = {}, {}, {}, {}, {}
local function hold(event, lead, before)
  local waiting = now_held[event] or before
  if waiting and string.find(',' .. waiting .. ',', ',' .. lead .. ',', 1, true) then return end
  now_held[event] = waiting and waiting .. ',' .. lead or lead
  to_hold[#to_hold + 1] = event
  to_hold[#to_hold + 1] = now_held[event]
end
for i, event in ipairs(events) do
  local verdict = 'go'
  if held[i] then
    verdict = 'held'
    hold(event, leads[i], held[i])
  elseif dropped[i] and not fired[i] and not passed[i] then
    verdict = 'dropped'
  elseif of_former[i] and not fired[i] and not passed[i] then
    verdict = 'held'
  elseif not fired[i] and not passed[i] then
    local is_counted = counted[i] or now_counted[hashes[i]]
    if not is_tripped and not is_counted and count >= most then
      is_tripped = true
      answer[1] = 'tripped'
    end
    if is_tripped then
      verdict = 'held'
      hold(event, leads[i])
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
answer[2] = redis.call('HGET', KEYS[1], rule) or ''
addMany('ZADD', KEYS[2], to_count)
addMany('ZADD', KEYS[3], to_fire)
addMany('HSET', KEYS[4], to_hold)
return answer
`);

/**
 * KEYS: the rules that are stopped; of this one, the leads that fired and what is held; where the events go that are decided; those of a decision that is
 * not done yet; the rules of such decisions. ARGV: the rule, the time, the decision.
 */
export const decideHeld = defineScript(`${addMany}
local stopped = redis.call('HGET', KEYS[1], ARGV[1])
if not stopped then return 0 end
local held = redis.call('HGETALL', KEYS[3])
local events = {}
for i = 1, #held, 2 do
  events[#events + 1] = ARGV[2]
  events[#events + 1] = held[i]
end
addMany('ZADD', KEYS[4], events)
addMany('HSET', KEYS[5], held)
redis.call('HSET', KEYS[6], ARGV[1], '[' .. stopped .. ',"' .. ARGV[3] .. '",' .. ARGV[2] .. ']')
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('HDEL', KEYS[1], ARGV[1])
return 1
`);

/** KEYS: the rules of decisions that are not done yet, the events of this one. ARGV: the rule, and what was read of its decision: a newer one stays. */
export const forgetDecision = defineScript(`
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('DEL', KEYS[2])
return redis.call('HDEL', KEYS[1], ARGV[1])
`);

/** KEYS: events with their leads. ARGV: leads that are no more. */
export const forgetHeldOf = defineScript(`
local gone = {}
for _, lead in ipairs(ARGV) do gone[lead] = true end
local held = redis.call('HGETALL', KEYS[1])
for i = 1, #held, 2 do
  local left = {}
  for lead in string.gmatch(held[i + 1], '[^,]+') do
    if not gone[lead] then left[#left + 1] = lead end
  end
  if #left == 0 then
    redis.call('HDEL', KEYS[1], held[i])
  else
    redis.call('HSET', KEYS[1], held[i], table.concat(left, ','))
  end
end
return 0
`);
