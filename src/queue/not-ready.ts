import type { Redis } from 'ioredis';
import { SECOND, systemClock } from '../base/clock.ts';
import type { OpenRedis } from './open-redis.ts';

/**
 * Why no work can be taken in, in one line for the operator, or undefined while all is well: Redis must answer within a
 * second, and one that others set up must never evict a key, or what was acknowledged may be gone.
 */
export async function notReady(redis: Redis, kind: OpenRedis['kind']): Promise<string | undefined> {
  const answered = new AbortController();
  try {
    return await Promise.race([problemOf(redis, kind), tooLate(answered.signal)]);
  } catch {
    return NO_ANSWER;
  } finally {
    answered.abort();
  }
}

const NO_ANSWER = 'Redis does not answer';
const SAFE = 'noeviction';

async function problemOf(redis: Redis, kind: OpenRedis['kind']): Promise<string | undefined> {
  await redis.ping();
  if (kind !== 'url') return undefined;
  const policy = await evictionPolicy(redis);
  if (policy === SAFE) return undefined;
  return policy === undefined
    ? `Redis does not tell its maxmemory-policy: allow INFO or CONFIG GET, so that it is known to be ${SAFE}`
    : `Redis may drop what was acknowledged: its maxmemory-policy is ${policy}, set it to ${SAFE}`;
}

/** A managed Redis mostly forbids CONFIG and tells the same by INFO. */
async function evictionPolicy(redis: Redis): Promise<string | undefined> {
  const [told, info] = await Promise.allSettled([redis.config('GET', 'maxmemory-policy'), redis.info('memory')]);
  if (told.status === 'fulfilled' && Array.isArray(told.value) && typeof told.value[1] === 'string')
    return told.value[1];
  return info.status === 'fulfilled' ? /^maxmemory_policy:(\S+)/m.exec(info.value)?.[1] : undefined;
}

async function tooLate(signal: AbortSignal): Promise<string> {
  await systemClock.sleep(SECOND, signal);
  return NO_ANSWER;
}
