import { z } from 'zod';
import { MINUTE } from '../base/clock.ts';
import type { Space } from './space.ts';

/** For how long nobody asks again for the list or campaign of a nurture rule that took nobody, in milliseconds. */
export const ENROL_REST = 15 * MINUTE;

/** Notes that the list or campaign of a rule takes nobody, and why. */
export async function saveEnrolRest(space: Space, rule: string, reason: string, now: number): Promise<void> {
  const key = restsKey(space);
  // Of what no process asks for any more, Redis is rid by its own clock.
  await space.redis
    .multi()
    .hset(key, rule, JSON.stringify([now + ENROL_REST, reason]))
    .pexpire(key, ENROL_REST)
    .exec();
}

/** By the rules that are not to be asked for now, why. */
export async function readEnrolRests(space: Space, now: number): Promise<ReadonlyMap<string, string>> {
  const rests = Object.entries(await space.redis.hgetall(restsKey(space)));
  return new Map(
    rests.flatMap(([rule, text]) => {
      const [until, reason] = restSchema.parse(JSON.parse(text));
      return until > now ? [[rule, reason] as const] : [];
    }),
  );
}

/** All may be asked for at once: somebody says that the cause is mended. */
export async function endEnrolRests(space: Space): Promise<void> {
  await space.redis.del(restsKey(space));
}

const restsKey = (space: Space) => space.key('enrol-rests');

const restSchema = z.tuple([z.number(), z.string()]);
