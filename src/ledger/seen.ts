import { createHash } from 'node:crypto';
import { execute } from './execute.ts';
import type { Space } from './space.ts';

/**
 * Which observations have led to a scoring already. Windows overlap, so a stream reports the same ones again; they are
 * seen only once their lead is scored or marked, so that a crash in between loses none.
 */
export async function areSeen(space: Space, references: readonly string[]): Promise<boolean[]> {
  if (references.length === 0) return [];
  const pipeline = space.redis.pipeline();
  for (const reference of references) pipeline.exists(seenKey(space, reference));
  return (await execute(pipeline)).map((reply) => reply === 1);
}

export async function markSeen(space: Space, references: readonly string[], keep: number): Promise<void> {
  if (references.length === 0) return;
  const pipeline = space.redis.pipeline();
  for (const reference of references) pipeline.set(seenKey(space, reference), '1', 'PX', keep);
  await execute(pipeline);
}

const seenKey = (space: Space, reference: string) =>
  space.key('seen', createHash('sha256').update(reference).digest('base64url').slice(0, 16));
