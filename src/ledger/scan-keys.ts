import type { Redis } from 'ioredis';
import { execute } from './execute.ts';
import { mastersOf, type RedisClient } from './redis-client.ts';

/** Every key that begins so, some at a time; one may come twice. `prefix` holds none of the characters that Redis takes for a pattern. */
export async function* scanKeys(redis: RedisClient, prefix: string): AsyncGenerator<string[]> {
  for (const node of await mastersOf(redis)) yield* scanNode(node, prefix);
}

/** Takes away every key that begins so. */
export async function eraseKeys(redis: RedisClient, prefix: string): Promise<void> {
  for (const node of await mastersOf(redis)) {
    for await (const keys of scanNode(node, prefix)) {
      // One by one, as keys of several hash tags may not be in one command.
      const pipeline = node.pipeline();
      for (const key of keys) pipeline.unlink(key);
      await execute(pipeline);
    }
  }
}

async function* scanNode(node: Redis, prefix: string): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, keys] = await node.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', AT_ONCE);
    yield keys.filter((key) => key.startsWith(prefix));
    cursor = next;
  } while (cursor !== '0');
}

const AT_ONCE = 1_000;
