import { z } from 'zod';
import { execute } from './execute.ts';
import { shardOf } from './shards.ts';
import type { Space } from './space.ts';

/**
 * Records that were found to be no more, with the time: deleted ones may be restored, and those deleted for good are to be
 * erased here as well, which nobody may tell.
 */
export async function markGone(space: Space, id: string, now: number): Promise<void> {
  await space.redis.hsetnx(goneKey(space, shardOf(id, GONE_SHARDS)), id, now);
}

/** When each of them was found gone, in milliseconds since 1970. */
export async function readGone(space: Space): Promise<Map<string, number>> {
  const pipeline = space.redis.pipeline();
  for (let shard = 0; shard < GONE_SHARDS; shard += 1) pipeline.hgetall(goneKey(space, shard));
  const shards = z.array(z.record(z.string(), z.coerce.number())).parse(await execute(pipeline));
  return new Map(shards.flatMap((shard) => Object.entries(shard)));
}

/** They are there again, live on in others, or are erased. */
export async function dropGone(space: Space, ids: readonly string[]): Promise<void> {
  const pipeline = space.redis.pipeline();
  for (const [shard, some] of Map.groupBy(ids, (id) => shardOf(id, GONE_SHARDS)))
    pipeline.hdel(goneKey(space, shard), ...some);
  await execute(pipeline);
}

/** Deletions are few beside leads. */
const GONE_SHARDS = 32;
const goneKey = (space: Space, shard: number) => space.key('gone', String(shard));
