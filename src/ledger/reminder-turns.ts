import { MINUTE } from '../base/clock.ts';
import type { Ceiling } from './ceilings.ts';
import { NOTICE_KEPT, type Notice } from './outbox.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/**
 * Whether sales may be told of one more lead by itself: so many of a kind within `per`, all connections together. Beyond that the notice `gatheredId`
 * stands for it. Whoever asks again for the same notice gets the same answer, for as long as notices are known. Unlike a rule that trips, it goes on
 * by itself. @returns the id of the notice that tells of it.
 */
export async function takeReminderTurn(
  space: Space,
  { id, kind }: Pick<Notice, 'id' | 'kind'>,
  gatheredId: string,
  { leads, per, now }: Ceiling,
): Promise<string> {
  const key = (...parts: string[]) => space.of('sales').key(...parts);
  const keys = [key('reminder-turns', kind), key('reminder-told', id)];
  return String(await take(space.redis, keys, [id, gatheredId, now, leads, per, now - per, now + MINUTE, NOTICE_KEPT]));
}

/** A turn that lies far ahead was taken by a wrong clock and counts for nothing. */
const take = defineScript(`
local told = redis.call('GET', KEYS[2])
if told then return told end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[6])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. ARGV[7], '+inf')
if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[4]) then
  told = ARGV[1]
  redis.call('ZADD', KEYS[1], ARGV[3], told)
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
else
  told = ARGV[2]
end
redis.call('SET', KEYS[2], told, 'PX', ARGV[8])
return told
`);
