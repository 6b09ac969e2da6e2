import { Cluster, type Redis } from 'ioredis';
import { RetryableError } from '../base/errors.ts';

/**
 * One Redis, or a cluster of them. A cluster takes commands, scripts, transactions and pipelines whose keys all have the same hash
 * tag; for keys of several tags there is `executeSpread`.
 */
export type RedisClient = Redis | Cluster;

/**
 * Every node that has keys of its own, for what a cluster cannot be asked as a whole.
 * @throws RetryableError where not all of them are there: what is asked of the others would leave keys out.
 */
export async function mastersOf(redis: RedisClient): Promise<Redis[]> {
  if (!(redis instanceof Cluster)) return [redis];
  const { isWhole, size } = await shapeOf(redis);
  // A connection that was lost and that no command has asked for since is not made again by itself.
  if (redis.nodes('master').length < size) await refreshed(redis);
  const masters = redis.nodes('master');
  if (!isWhole || masters.length < size) throw new RetryableError('a node of the Redis cluster does not answer');
  return masters;
}

/** @see https://redis.io/docs/latest/commands/cluster-info/ */
async function shapeOf(cluster: Cluster): Promise<{ isWhole: boolean; size: number }> {
  const info = await cluster.cluster('INFO');
  return {
    isWhole: /^cluster_state:ok/m.test(info) && /^cluster_slots_assigned:16384/m.test(info),
    size: Number(/^cluster_size:(\d+)/m.exec(info)?.[1]),
  };
}

function refreshed(cluster: Cluster): Promise<void> {
  return new Promise((resolve) => cluster.refreshSlotsCache(() => resolve()));
}
