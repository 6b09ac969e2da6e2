import type { Log } from '../base/log.ts';
import type { RedisClient } from '../ledger/redis-client.ts';
import { createRedis } from './create-redis.ts';

/**
 * A connection for the receiver, which must answer within a second whatever becomes of Redis: a command fails at once
 * while Redis is away and after 800 ms when it hangs. It connects by itself, for the first time as well as again.
 */
export function createProducerRedis(url: string, log: Log): RedisClient {
  const redis = createRedis(url, 'quick');
  redis.on('error', (error: Error) => log.debug('the receiver has no Redis', { error: error.message }));
  return redis;
}
