import type { Redis } from 'ioredis';
import { createSpace, type Space } from '../ledger/space.ts';

/** Does the work with a space in Redis that nobody else uses, and erases all of it whatever comes. */
export async function withScratch<Result>(
  redis: Redis,
  namespace: string,
  work: (scratch: Space) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(createSpace(redis, namespace, 'scratch'));
  } finally {
    for await (const keys of redis.scanStream({ match: `${namespace}:*`, count: 1_000 })) {
      if (Array.isArray(keys) && keys.length > 0) await redis.unlink(...keys);
    }
  }
}
