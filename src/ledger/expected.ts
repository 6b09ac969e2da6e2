import { z } from 'zod';
import { MINUTE } from '../base/clock.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/**
 * Submissions of forms that a company's own site told of, until the CRM shows them. Each is known by its form and a hash of
 * the address; no address is kept. One that nobody asks for again is gone after a quarter of an hour.
 */
export interface Expected {
  /** The key of the form in config. */
  readonly form: string;
  /** Undefined where the site named nobody: any submission of the form will do. */
  readonly emailHash: string | undefined;
  /** When somebody sent the form, as the site has it, in milliseconds since 1970. */
  readonly sentAt: number;
  /** When the site told of it, in milliseconds since 1970. */
  readonly toldAt: number;
}

/** A submission that the CRM showed, and when it was sent. */
export interface Met {
  readonly form: string;
  readonly emailHash: string;
  readonly at: number;
}

/** How long a submission is waited for, whatever becomes of the polls, in milliseconds. */
export const KEPT = 15 * MINUTE;
/** How far the clocks of the site and of the CRM may be apart, in milliseconds. */
const CLOCKS_APART = 2 * MINUTE;
/** Whoever sends without end fills no memory: those beyond are found by the usual polls. */
const MOST = 1_000;

/**
 * Expects a submission, once for each `key`: the same step records the key, so that a crash loses none. `rememberFor` is in
 * milliseconds. @returns whether the key was new.
 */
export async function expectOnce(space: Space, key: string, expected: Expected, rememberFor: number): Promise<boolean> {
  const keys = [space.key('event', key), listKey(space)];
  return (await add(space.redis, keys, [rememberFor, fieldOf(expected), textOf(expected), KEPT, MOST])) === 1;
}

export async function readExpected(space: Space): Promise<Expected[]> {
  return Object.entries(await space.redis.hgetall(listKey(space))).map(([field, value]) => {
    const [form = '', emailHash = ''] = field.split(' ');
    const [sentAt, toldAt] = times.parse(value.split(' '));
    return { form, emailHash: emailHash || undefined, sentAt, toldAt };
  });
}

/** Expects these no more. A submission from long before the expected one is another one. */
export async function crossOff(space: Space, met: readonly Met[]): Promise<void> {
  for (let start = 0; start < met.length; start += MOST) {
    const args = met
      .slice(start, start + MOST)
      .flatMap((one) => [fieldOf(one), one.at, fieldOf({ form: one.form }), one.at]);
    await strike(space.redis, [listKey(space)], [CLOCKS_APART, ...args]);
  }
}

/** Gives up on one, and counts it. @returns how many of its form never came so far, or undefined where it was met meanwhile. */
export async function giveUp(space: Space, expected: Expected): Promise<number | undefined> {
  const keys = [listKey(space), missedKey(space)];
  const count = await drop(space.redis, keys, [fieldOf(expected), textOf(expected), expected.form]);
  return count === null ? undefined : Number(count);
}

/** How many submissions that a site told of never came, by form. */
export async function readMissed(space: Space): Promise<ReadonlyMap<string, number>> {
  const counts = await space.redis.hgetall(missedKey(space));
  return new Map(Object.entries(counts).map(([form, count]) => [form, Number(count)]));
}

const times = z.tuple([z.coerce.number(), z.coerce.number()]);

const listKey = (space: Space) => space.key('expected');
const missedKey = (space: Space) => space.key('expected-missed');
const fieldOf = ({ form, emailHash = '' }: { form: string; emailHash?: string | undefined }) => `${form} ${emailHash}`;
const textOf = ({ sentAt, toldAt }: Expected) => `${sentAt} ${toldAt}`;

const add = defineScript(`
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 0 end
if redis.call('HLEN', KEYS[2]) < tonumber(ARGV[5]) then
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
end
return 1
`);

const strike = defineScript(`
for i = 2, #ARGV, 2 do
  local value = redis.call('HGET', KEYS[1], ARGV[i])
  local sent = value and tonumber(string.match(value, '^%d+'))
  if sent and sent <= tonumber(ARGV[i + 1]) + tonumber(ARGV[1]) then redis.call('HDEL', KEYS[1], ARGV[i]) end
end
`);

const drop = defineScript(`
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return nil end
redis.call('HDEL', KEYS[1], ARGV[1])
return redis.call('HINCRBY', KEYS[2], ARGV[3], 1)
`);
