import { Cluster, type Redis } from 'ioredis';
import { ConfigError, messageOf } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { mastersOf, type RedisClient } from '../ledger/redis-client.ts';
import { createRedis } from '../queue/create-redis.ts';
import { NAMED_ALONE } from '../queue/not-ready.ts';

/** A client that waits for Redis however long it is away, once it was there. @throws ConfigError where nobody answers at `url`. */
export async function connectRedis(url: string, log: Log): Promise<RedisClient> {
  await tryOut(createRedis(url, 'once'));
  const client = createRedis(url, 'patient');
  client.on('error', (error: Error) => log.debug('Redis', { error: error.message }));
  await client.connect();
  return client;
}

async function tryOut(client: RedisClient): Promise<void> {
  const why: string[] = [];
  const note = (error: unknown) => void why.push(messageOf(error));
  client.on('error', note);
  client.on('node error', note);
  try {
    await client.connect();
    await Promise.all((await mastersOf(client)).map((node) => node.ping()));
    if (!(client instanceof Cluster) && (await isOfCluster(client))) throw new ConfigError(NAMED_ALONE);
  } catch (error) {
    throw error instanceof ConfigError ? error : new ConfigError(hint(client instanceof Cluster, why));
  } finally {
    client.disconnect();
  }
}

/** Of one that does not allow INFO it is not known. */
async function isOfCluster(redis: Redis): Promise<boolean> {
  const info = await redis.info('cluster').catch(() => '');
  return info.includes('cluster_enabled:1');
}

function hint(isCluster: boolean, why: readonly string[]): string {
  if (why.some((message) => message.includes('cluster support disabled')))
    return 'REDIS_URL names a Redis Cluster, and who answers there is a Redis by itself: name that one alone';
  return isCluster
    ? 'no Redis Cluster answers at REDIS_URL, or not all of its masters: start them, or correct the addresses or the password'
    : 'nobody answers at REDIS_URL: start that Redis, or correct the address or its password';
}
