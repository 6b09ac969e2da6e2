import { mastersOf, type RedisClient } from '../../src/ledger/redis-client.ts';

/** Every key that a pattern such as `*ledger*` fits, on whatever node of a cluster. */
export async function keysLike(redis: RedisClient, pattern: string): Promise<string[]> {
  const nodes = await mastersOf(redis);
  return (await Promise.all(nodes.map((node) => node.keys(pattern)))).flat();
}

/** Takes everything away. */
export async function emptyRedis(redis: RedisClient): Promise<void> {
  const nodes = await mastersOf(redis);
  await Promise.all(nodes.map((node) => node.flushall()));
}
