import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/** How often something may be done, for all processes together; both times in milliseconds. */
export interface Pace {
  /** So many times within any stretch of this length. */
  readonly most: number;
  readonly within: number;
  /** And not before so long after the last time, which is no longer than the stretch. */
  readonly apart: number;
}

/**
 * Takes a turn at `now` where the pace allows one.
 * @returns the time from which it does, in milliseconds since 1970: `now` where the turn is taken. Whoever must wait asks again then.
 */
export function takeTurn(space: Space, what: string, pace: Pace, now: number): Promise<number> {
  return turn(space, what, pace, now, false);
}

/**
 * Has the next turn: at `now` where the pace allows one, else later. Until a later one has come, it is the turn of all that ask.
 * @returns its time, in milliseconds since 1970. Nobody asks again then: it is taken.
 */
export function bookTurn(space: Space, what: string, pace: Pace, now: number): Promise<number> {
  return turn(space, what, pace, now, true);
}

async function turn(space: Space, what: string, { most, within, apart }: Pace, now: number, books: boolean) {
  return Number(await next(space.redis, [space.key('turns', what)], [now, most, within, apart, books ? 1 : 0]));
}

/**
 * Turns farther ahead than any can be booked were left behind by a wrong clock, and count for nothing. All others stay, also where
 * somebody asks with a `now` that has passed; and for a minute longer than they count, as Redis goes by a clock of its own.
 */
const next = defineScript(`
local now, most, within, apart = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local books = ARGV[5] == '1'
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - within)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. (now + within), '+inf')
local last = tonumber(redis.call('ZRANGE', KEYS[1], -1, -1)[1] or 0)
if books and last > now then return last end
local free = math.max(now, last + apart)
if redis.call('ZCARD', KEYS[1]) >= most then
  free = math.max(free, tonumber(redis.call('ZRANGE', KEYS[1], -most, -most)[1]) + within)
end
if books or free == now then
  redis.call('ZADD', KEYS[1], free, free)
  redis.call('PEXPIRE', KEYS[1], 2 * within + 60000)
end
return free
`);
