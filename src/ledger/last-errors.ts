import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/** Why a job of a connection failed last, kept until it next comes to a good end. It names nobody. */
export interface LastError {
  readonly job: string;
  /** When it first failed since it last succeeded, in milliseconds since 1970. */
  readonly since: number;
  /** When it last did. */
  readonly at: number;
  readonly message: string;
}

/** Whoever calls it sees to it that the message names nobody. */
export async function noteError(space: Space, { job, at, message }: Omit<LastError, 'since'>): Promise<void> {
  await note(space.redis, [errorsKey(space)], [job, at, message]);
}

/** The one that happened last comes first. */
export async function readErrors(space: Space): Promise<LastError[]> {
  const all = Object.entries(await space.redis.hgetall(errorsKey(space)));
  const errors = all.flatMap(([job, text]) => {
    const [, since, at, message] = /^(\d+) (\d+) (.*)$/s.exec(text) ?? [];
    return message === undefined ? [] : [{ job, since: Number(since), at: Number(at), message }];
  });
  return errors.sort((one, other) => other.at - one.at || one.job.localeCompare(other.job));
}

export const errorsKey = (space: Space) => space.key('last-errors');

const note = defineScript(`
local before = redis.call('HGET', KEYS[1], ARGV[1])
local since = before and string.match(before, '^%d+') or ARGV[2]
redis.call('HSET', KEYS[1], ARGV[1], since .. ' ' .. ARGV[2] .. ' ' .. ARGV[3])
`);
