import { MINUTE } from '../base/clock.ts';
import type { Space } from './space.ts';

/**
 * How far a connection has come. `baseline` is the time at which its first backfill began: what people did before it
 * alerts nobody. `model-version` tells the models of the last whole backfill, `backfill-stand` where an interrupted one goes
 * on, `backfill-began` when the listing that it goes on with did, `in-force` the models that the portal is to be scored with, `paused` why the
 * connection waits for a person, `portal` the id of the portal that all this is about. Of the last whole backfill `roles` tells what
 * the connections were for, and `scored-at` when it ended; `everyone-known` with which models and roles all leads were scored by
 * all that every connection told, and `filling` that a backfill is to read, or reads, what people did longer ago than was read before.
 */
export type ProgressKey =
  | 'baseline'
  | 'model-version'
  | 'backfill-stand'
  | 'backfill-began'
  | 'in-force'
  | 'paused'
  | 'portal'
  | 'roles'
  | 'scored-at'
  | 'everyone-known'
  | 'filling';

export async function readProgress(space: Space, key: ProgressKey): Promise<string | undefined> {
  return (await space.redis.hget(space.key('progress'), key)) ?? undefined;
}

export async function saveProgress(space: Space, key: ProgressKey, value: string | undefined): Promise<void> {
  if (value === undefined) await space.redis.hdel(space.key('progress'), key);
  else await space.redis.hset(space.key('progress'), key, value);
}

/** Sets it where it is not set yet. @returns whether it was not. */
export async function claimProgress(space: Space, key: ProgressKey, value: string): Promise<boolean> {
  return (await space.redis.hsetnx(space.key('progress'), key, value)) === 1;
}

/** Sets it where it is not set yet and returns what holds. */
export async function initProgress(space: Space, key: ProgressKey, value: string): Promise<string> {
  await claimProgress(space, key, value);
  return (await readProgress(space, key)) ?? value;
}

/**
 * Up to where a stream has been read, in milliseconds since 1970. A cursor that lies in the future, left behind by a
 * wrong clock, counts as none: better read again than never.
 */
export async function readCursor(space: Space, stream: string, now: number): Promise<number | undefined> {
  const text = await space.redis.hget(space.key('cursors'), stream);
  const cursor = text === null ? Number.NaN : Number(text);
  return Number.isFinite(cursor) && cursor <= now + MINUTE ? cursor : undefined;
}

/** Sets it where there is none yet, not even one in the future. */
export async function initCursor(space: Space, stream: string, cursor: number): Promise<void> {
  await space.redis.hsetnx(space.key('cursors'), stream, cursor);
}

export async function saveCursor(space: Space, stream: string, cursor: number): Promise<void> {
  await space.redis.hset(space.key('cursors'), stream, cursor);
}
