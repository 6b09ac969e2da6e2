import { z } from 'zod';
import type { Space } from './space.ts';

/** A record that could not be processed, and why. It holds no more of the record than its id. */
export interface DeadLetter {
  readonly id: string;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export async function addDeadLetter(space: Space, letter: DeadLetter): Promise<void> {
  await addDeadLetters(space, [letter]);
}

export async function addDeadLetters(space: Space, letters: readonly DeadLetter[]): Promise<void> {
  if (letters.length === 0) return;
  const fields = letters.flatMap(({ id, reason, at }) => [id, JSON.stringify([at, reason])]);
  await space.redis.hset(space.key('dead-letters'), ...fields);
}

export async function countDeadLetters(space: Space): Promise<number> {
  return space.redis.hlen(space.key('dead-letters'));
}

/** Oldest first. */
export async function listDeadLetters(space: Space): Promise<DeadLetter[]> {
  const all = await space.redis.hgetall(space.key('dead-letters'));
  return Object.entries(all)
    .map(([id, text]) => {
      const [at, reason] = letterSchema.parse(JSON.parse(text));
      return { id, reason, at };
    })
    .sort((one, other) => one.at - other.at || one.id.localeCompare(other.id));
}

/** The reasons of those that have one, by their ids. */
export async function readReasons(space: Space, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const texts = await space.redis.hmget(space.key('dead-letters'), ...ids);
  return new Map(
    ids.flatMap((id, index) => {
      const text = texts[index];
      return text == null ? [] : [[id, letterSchema.parse(JSON.parse(text))[1]] as const];
    }),
  );
}

export async function removeDeadLetters(space: Space, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await space.redis.hdel(space.key('dead-letters'), ...ids);
}

const letterSchema = z.tuple([z.number(), z.string()]);
