import { MINUTE } from '../base/clock.ts';
import type { Ceiling } from './ceilings.ts';
import type { Notice } from './outbox.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/**
 * Whether sales may be told of one more lead by itself: so many of a kind within `per`, all connections together. Whoever asks again for the same
 * notice within that time gets the same answer. Unlike a rule that trips, it goes on by itself.
 */
export async function takeReminderTurn(
  space: Space,
  { id, kind }: Pick<Notice, 'id' | 'kind'>,
  { leads, per, now }: Ceiling,
): Promise<boolean> {
  const key = space.of('sales').key('reminder-turns', kind);
  return (await take(space.redis, [key], [id, now, leads, per, now - per, now + MINUTE])) === 1;
}

/** A turn that lies far ahead was taken by a wrong clock and counts for nothing. */
const take = defineScript(`
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[5])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. ARGV[6], '+inf')
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 1 end
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`);
