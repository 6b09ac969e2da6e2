import { execute } from './execute.ts';
import { errorsKey } from './last-errors.ts';
import type { Space } from './space.ts';

/** When a worker last took up work of a connection, and when each of its jobs last came to a good end: milliseconds since 1970. */
export interface LastRuns {
  readonly workerSeenAt?: number;
  readonly doneAt: ReadonlyMap<string, number>;
}

/** A worker is there, whatever becomes of the work that it takes up. */
export async function noteWorker(space: Space, now: number): Promise<void> {
  await space.redis.hset(runsKey(space), WORKER, now);
}

/** A job came to a good end, and why it failed before does not matter any more. */
export async function noteDone(space: Space, job: string, now: number): Promise<void> {
  await execute(space.redis.pipeline().hset(runsKey(space), `${DONE}${job}`, now).hdel(errorsKey(space), job));
}

export async function readRuns(space: Space): Promise<LastRuns> {
  const { [WORKER]: seen, ...rest } = await space.redis.hgetall(runsKey(space));
  const done = Object.entries(rest).filter(([key]) => key.startsWith(DONE));
  return {
    ...(seen !== undefined && { workerSeenAt: Number(seen) }),
    doneAt: new Map(done.map(([key, at]) => [key.slice(DONE.length), Number(at)])),
  };
}

const WORKER = 'worker';
const DONE = 'done ';

const runsKey = (space: Space) => space.key('last-runs');
