import { Cluster, type Redis } from 'ioredis';
import { z } from 'zod';
import { SECOND, systemClock } from '../base/clock.ts';
import { RetryableError } from '../base/errors.ts';
import { mastersOf, type RedisClient } from '../ledger/redis-client.ts';
import type { OpenRedis } from './open-redis.ts';

/**
 * Why no work can be taken in, in one line for the operator, or undefined while all is well: Redis, and of a cluster every master,
 * must answer within a second, and one that others set up must never evict a key, or what was acknowledged may be gone.
 */
export async function notReady(redis: RedisClient, kind: OpenRedis['kind']): Promise<string | undefined> {
  const answered = new AbortController();
  try {
    return await Promise.race([problemOf(redis, kind), tooLate(answered.signal)]);
  } catch (error) {
    return error instanceof RetryableError ? error.message : NO_ANSWER;
  } finally {
    answered.abort();
  }
}

const NO_ANSWER = 'Redis does not answer';
const SAFE = 'noeviction';

/** What there is to be said where a node of a cluster is taken for a Redis by itself. */
export const NAMED_ALONE =
  'REDIS_URL names one node of a Redis Cluster as if it were all: name several of them, with commas between, or add ?cluster=true';

async function problemOf(redis: RedisClient, kind: OpenRedis['kind']): Promise<string | undefined> {
  const masters = await mastersOf(redis);
  await Promise.all(masters.map((node) => node.ping()));
  if (kind !== 'url') return undefined;
  const problems = await Promise.all(masters.map((node) => problemOfNode(node, redis instanceof Cluster)));
  return problems.find((problem) => problem !== undefined);
}

/** A managed Redis mostly forbids CONFIG and tells the same by INFO. */
async function problemOfNode(node: Redis, isOfCluster: boolean): Promise<string | undefined> {
  const [told, info] = await Promise.allSettled([node.config('GET', 'maxmemory-policy'), node.info()]);
  const word = (key: string) =>
    info.status === 'fulfilled' ? new RegExp(`^${key}:(\\S+)`, 'm').exec(info.value)?.[1] : undefined;
  if (!isOfCluster && word('cluster_enabled') === '1') return NAMED_ALONE;
  const version = word('redis_version');
  if (version !== undefined && isBefore(version, OLDEST))
    return `Redis is ${version}: it must be ${OLDEST.join('.')} or later`;
  const policy = policySchema.safeParse(told.status === 'fulfilled' && told.value).data ?? word('maxmemory_policy');
  if (policy === SAFE) return undefined;
  return policy === undefined
    ? `Redis does not tell its maxmemory-policy: allow INFO or CONFIG GET, so that it is known to be ${SAFE}`
    : `Redis may drop what was acknowledged: its maxmemory-policy is ${policy}, set it to ${SAFE}`;
}

const policySchema = z.tuple([z.string(), z.string()]).transform(([, policy]) => policy);

/** The first with ZMSCORE. */
const OLDEST: readonly [major: number, minor: number] = [6, 2];

function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const [own = Number.NaN, ownMinor = 0] = version.split('.').map(Number);
  return own < major || (own === major && ownMinor < minor);
}

async function tooLate(signal: AbortSignal): Promise<string> {
  await systemClock.sleep(SECOND, signal);
  return NO_ANSWER;
}
