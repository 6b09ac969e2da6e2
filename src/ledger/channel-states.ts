import { DAY, MINUTE } from '../base/clock.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/** What is known of the channels by which sales are told, for all processes and connections: any space of the installation will do. */

/** Whether a channel may send now, so many messages a minute at most. @returns 0, or after how many milliseconds to ask again. */
export async function takeChannelTurn(space: Space, channel: string, perMinute: number, now: number): Promise<number> {
  const key = salesKey(space, 'channel-turns', channel);
  return Number(await take(space.redis, [key], [now, now - MINUTE, perMinute, MINUTE]));
}

/** Notes why a channel waits for a person. @returns whether that is news, and so to be told. */
export async function noteTrouble(space: Space, channel: string, reason: string): Promise<boolean> {
  return (await note(space.redis, [salesKey(space, 'channel-troubles')], [channel, reason])) === 1;
}

/** The channel works. @returns whether it did not before. */
export async function clearTrouble(space: Space, channel: string): Promise<boolean> {
  return (await space.redis.hdel(salesKey(space, 'channel-troubles'), channel)) === 1;
}

/** Why channels wait for a person, by the name of the channel. */
export async function listTroubles(space: Space): Promise<ReadonlyMap<string, string>> {
  return new Map(Object.entries(await space.redis.hgetall(salesKey(space, 'channel-troubles'))));
}

/** How long a notice that could not be told is counted, in milliseconds. */
export const UNDELIVERED_KEPT = 7 * DAY;

/** Counts a notice that was given up in one channel. */
export async function addUndelivered(space: Space, channel: string, noticeId: string, now: number): Promise<void> {
  const key = salesKey(space, 'undelivered');
  await space.redis.zadd(key, now, `${channel} ${noticeId}`);
  await space.redis.zremrangebyscore(key, '-inf', now - UNDELIVERED_KEPT);
}

/** How many were given up within the last week, over all channels. */
export async function countUndelivered(space: Space, now: number): Promise<number> {
  return space.redis.zcount(salesKey(space, 'undelivered'), now - UNDELIVERED_KEPT, '+inf');
}

const salesKey = (space: Space, ...parts: string[]) => space.of('sales').key(...parts);

/** A turn that lies ahead was taken by a wrong clock and counts for nothing. */
const take = defineScript(`
local now = tonumber(ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf')
local taken = redis.call('ZCARD', KEYS[1])
if taken < tonumber(ARGV[3]) then
  redis.call('ZADD', KEYS[1], ARGV[1], ARGV[1] .. ':' .. taken)
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
  return 0
end
local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return tostring(math.max(1, tonumber(oldest[2]) + tonumber(ARGV[4]) - now))
`);

const note = defineScript(`
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`);
