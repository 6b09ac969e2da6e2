import { LEASE } from './dirty.ts';
import type { Space } from './space.ts';

/** What of a dirty set is still to be done. */
export interface Backlog {
  /** How many wait that nobody has taken. */
  readonly waiting: number;
  /** Since when the one of them does that waits longest, in milliseconds since 1970. */
  readonly waitingSince?: number;
  /** How many a worker has now, rest a few seconds after a failure, or are left to the hot poll for two. */
  readonly held: number;
  /** Since when a worker has the one of these that it has longest; of the others, which none has, a whole lease before they are free. */
  readonly heldSince?: number;
}

/** Reads it and takes nothing. An entry's time is the one at which it was marked, or at which the lease of whoever took it ends. */
export async function readBacklog({ redis, key }: Space, now: number): Promise<Backlog> {
  const dirty = key('dirty');
  const [waiting, held, [, first], [, taken]] = await Promise.all([
    redis.zcount(dirty, '-inf', now),
    redis.zcount(dirty, `(${now}`, '+inf'),
    redis.zrange(dirty, '0', '0', 'WITHSCORES'),
    redis.zrangebyscore(dirty, `(${now}`, '+inf', 'WITHSCORES', 'LIMIT', 0, 1),
  ]);
  return {
    waiting,
    ...(waiting > 0 && first !== undefined && { waitingSince: Number(first) }),
    held,
    ...(taken !== undefined && { heldSince: Math.min(now, Number(taken) - LEASE) }),
  };
}
