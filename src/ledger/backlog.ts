import type { Space } from './space.ts';

/** What of a dirty set is still to be done. */
export interface Backlog {
  /** How many wait that nobody has taken. */
  readonly waiting: number;
  /** Since when the one of them does that waits longest, in milliseconds since 1970. */
  readonly waitingSince?: number;
  /**
   * How many a worker has now, rest a few seconds after a failure, or are left to the hot poll for two. Nothing tells these apart, nor since
   * when a worker has one: leases are renewed.
   */
  readonly held: number;
}

/** Reads it and takes nothing. An entry's time is the one at which it was marked, or from which it may be taken. */
export async function readBacklog({ redis, key }: Space, now: number): Promise<Backlog> {
  const dirty = key('dirty');
  const [waiting, held, [, first]] = await Promise.all([
    redis.zcount(dirty, '-inf', now),
    redis.zcount(dirty, `(${now}`, '+inf'),
    redis.zrange(dirty, '0', '0', 'WITHSCORES'),
  ]);
  return {
    waiting,
    ...(waiting > 0 && first !== undefined && { waitingSince: Number(first) }),
    held,
  };
}
