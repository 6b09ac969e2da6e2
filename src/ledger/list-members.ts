import { z } from 'zod';
import { execute } from './execute.ts';
import { SHARDS, shardOf } from './shards.ts';
import type { Space } from './space.ts';

/** What is known of a list of the CRM: who was on it, and how it stood then. */
export interface ListStand {
  /** The list's version before it was read. */
  readonly version: string;
  /** Not to be read again before then, in milliseconds since 1970. */
  readonly restsUntil: number;
}

/** By the id of the list. */
export async function readListStands(space: Space): Promise<ReadonlyMap<string, ListStand>> {
  const all = Object.entries(await space.redis.hgetall(space.key('lists')));
  return new Map(
    all.map(([id, text]) => {
      const [restsUntil, version] = standSchema.parse(JSON.parse(text));
      return [id, { version, restsUntil }];
    }),
  );
}

export async function saveListStand(space: Space, listId: string, { version, restsUntil }: ListStand): Promise<void> {
  await space.redis.hset(space.key('lists'), listId, JSON.stringify([restsUntil, version]));
}

/**
 * Replaces who is on a list. `moved` is told of those who came or went, some at a time, before they are noted: what it throws
 * leaves them to the next time.
 */
export async function replaceMembers(
  space: Space,
  listId: string,
  members: ReadonlySet<string>,
  moved: (ids: readonly string[]) => Promise<void>,
): Promise<void> {
  const present = Map.groupBy(members, (id) => shardOf(id));
  for (let start = 0; start < SHARDS; start += AT_ONCE) {
    const shards = Array.from({ length: AT_ONCE }, (_, index) => start + index);
    const reading = space.redis.pipeline();
    for (const shard of shards) reading.smembers(membersKey(space, listId, shard));
    const known = z.array(z.array(z.string())).parse(await execute(reading));
    const writing = space.redis.pipeline();
    const all: string[] = [];
    for (const [index, shard] of shards.entries()) {
      const before = new Set(known[index]);
      const now = new Set(present.get(shard));
      const came = [...now.difference(before)];
      const went = [...before.difference(now)];
      if (came.length > 0) writing.sadd(membersKey(space, listId, shard), ...came);
      if (went.length > 0) writing.srem(membersKey(space, listId, shard), ...went);
      all.push(...came, ...went);
    }
    if (all.length === 0) continue;
    await moved(all);
    await execute(writing);
  }
}

/** Takes leads that are no more off all lists. */
export async function leaveLists(space: Space, leadIds: readonly string[]): Promise<void> {
  const pipeline = space.redis.pipeline();
  for (const listId of await space.redis.hkeys(space.key('lists')))
    for (const id of leadIds) pipeline.srem(membersKey(space, listId, shardOf(id)), id);
  await execute(pipeline);
}

/** Forgets a list and who was on it. */
export async function forgetList(space: Space, listId: string): Promise<void> {
  const pipeline = space.redis.pipeline();
  for (let shard = 0; shard < SHARDS; shard += 1) pipeline.del(membersKey(space, listId, shard));
  pipeline.hdel(space.key('lists'), listId);
  await execute(pipeline);
}

const AT_ONCE = 64;
const standSchema = z.tuple([z.number(), z.string()]);
const membersKey = (space: Space, listId: string, shard: number) => space.key('list', listId, String(shard));
