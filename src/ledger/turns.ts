import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/** How often something may be done, for all processes together; both times in milliseconds. */
export interface Pace {
  /** So many times within any stretch of this length. */
  readonly most: number;
  readonly within: number;
  /** And not before so long after the last time. */
  readonly apart: number;
}

/**
 * Takes a turn at `now` where the pace allows one.
 * @returns the time from which it does, in milliseconds since 1970: `now` where the turn is taken.
 */
export async function takeTurn(
  space: Space,
  what: string,
  { most, within, apart }: Pace,
  now: number,
): Promise<number> {
  return Number(await take(space.redis, [space.key('turns', what)], [now, most, within, apart]));
}

/** Turns that lie in the future were left behind by a wrong clock: they count for nothing. */
const take = defineScript(`
local now, most, within, apart = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - within)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf')
local free = now
local last = redis.call('ZRANGE', KEYS[1], -1, -1)[1]
if last then free = math.max(free, tonumber(last) + apart) end
if redis.call('ZCARD', KEYS[1]) >= most then
  free = math.max(free, tonumber(redis.call('ZRANGE', KEYS[1], 0, 0)[1]) + within)
end
if free == now then
  redis.call('ZADD', KEYS[1], ARGV[1], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return free
`);
