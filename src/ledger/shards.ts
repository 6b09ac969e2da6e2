/** How many small collections stand for a large one: the Redis inside a process copies a whole collection with every command. */
export const SHARDS = 512;

/** The shard of an id, from 0 to below `count`. */
export function shardOf(id: string, count = SHARDS): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193) >>> 0;
  return hash % count;
}
