import { Cluster } from 'ioredis';
import type { RedisClient } from './redis-client.ts';

/** A pipeline's replies; throws the first error among them, as a single command would. */
export async function execute(pipeline: {
  exec(): Promise<[error: Error | null, result: unknown][] | null>;
}): Promise<unknown[]> {
  const replies = (await pipeline.exec()) ?? [];
  return replies.map(([error, result]) => {
    if (error) throw error;
    return result;
  });
}

/** As it is sent: its name in small letters, the key, and what follows. */
export type Command = readonly [name: string, key: string, ...args: (string | number)[]];

/**
 * Sends commands together whose keys may lie on several nodes of a cluster, to which no pipeline can go. @returns the replies in
 * the order of the commands; throws the first error among them.
 */
export async function executeSpread(redis: RedisClient, commands: readonly Command[]): Promise<unknown[]> {
  if (redis instanceof Cluster) return Promise.all(commands.map((command) => redis.call(...command)));
  const pipeline = redis.pipeline();
  for (const command of commands) pipeline.call(...command);
  return execute(pipeline);
}
