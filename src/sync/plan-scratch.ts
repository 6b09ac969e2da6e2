import type { RedisClient } from '../ledger/redis-client.ts';
import { eraseKeys } from '../ledger/scan-keys.ts';
import { createSpace, type Space } from '../ledger/space.ts';

/** Does the work with a space in Redis that nobody else uses, and erases all of it whatever comes. */
export async function withScratch<Result>(
  redis: RedisClient,
  namespace: string,
  work: (scratch: Space) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(createSpace(redis, namespace, 'scratch'));
  } finally {
    await eraseKeys(redis, `${namespace}:`);
  }
}
