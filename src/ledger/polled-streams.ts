import { z } from 'zod';
import type { Space } from './space.ts';

/** Something that is polled up to a cursor, and how often. */
export interface PolledStream {
  /** The name of its cursor. */
  readonly name: string;
  /** Its key in `config/schedules.yaml`. */
  readonly schedule: string;
}

/** Notes what is polled in place of what was: a form that config names no more keeps its cursor, and nobody reads it. */
export async function savePolled(space: Space, streams: readonly PolledStream[]): Promise<void> {
  await space.redis.set(space.key('polled'), JSON.stringify(streams.map(({ name, schedule }) => [name, schedule])));
}

/** Undefined where no worker has begun yet. */
export async function readPolled(space: Space): Promise<PolledStream[] | undefined> {
  const text = await space.redis.get(space.key('polled'));
  if (text === null) return undefined;
  return polledSchema.parse(JSON.parse(text)).map(([name, schedule]) => ({ name, schedule }));
}

const polledSchema = z.array(z.tuple([z.string(), z.string()]));
