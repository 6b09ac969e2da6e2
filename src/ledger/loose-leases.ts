import { z } from 'zod';
import { chunks, holds, LEASE, leaseKeys, moveMany, type Taken } from './dirty.ts';
import { defineScript } from './script.ts';
import type { Space } from './space.ts';

/**
 * Leads that wait for a bulk write or are in one, for minutes, are held loosely: their leases are renewed for as long as whoever has them
 * lives, and whoever cannot wait recalls them. A hash beside the dirty set tells which ones these are, each with the fingerprint of what was
 * scored, by which our own write is known while it comes in. Whoever takes, settles or gives back a lead takes it out of the hash.
 *
 * So are leads that wait for a call, to be read or to be written by it, which takes seconds where calls are scarce: without a fingerprint, as
 * nothing of them is under way.
 */
export interface Loose {
  readonly taken: Taken;
  readonly fingerprint: string;
}

/** From here on these leads may be recalled. A lease that no longer holds stays as it is. */
export async function holdLoosely(space: Space, leads: readonly Loose[]): Promise<void> {
  for (const some of chunks(leads)) {
    const args = some.flatMap(({ taken: { id, until }, fingerprint }) => [id, until, fingerprint]);
    await holdScript(space.redis, leaseKeys(space), args);
  }
}

/** The same for leads that wait for a call: nothing depends on who makes it. */
export async function holdForCall(space: Space, taken: readonly Taken[]): Promise<void> {
  await holdLoosely(
    space,
    taken.map((each) => ({ taken: each, fingerprint: NOT_WRITTEN })),
  );
}

/**
 * From here on nobody else gets these leads for a whole lease, which is noted in `taken`: whoever waited long for a call has theirs all the
 * same, unless another took it. @returns those that nobody recalled or took meanwhile.
 */
export async function holdFirmly(space: Space, taken: readonly Taken[], now: number): Promise<Taken[]> {
  return moveEnds(space, taken, now, firmScript);
}

/** The same for leads that nobody could recall. Another who took one after its lease has an end that is later than ours. */
export async function renewFirmly(space: Space, taken: readonly Taken[], now: number): Promise<Taken[]> {
  return moveEnds(space, taken, now, renewFirmScript);
}

/**
 * Moves the ends of loose leases ahead, to a whole lease from now, and notes that in `taken`. @returns those that still hold: without
 * the ones that were recalled, or that another took once their lease had run out.
 */
export async function renew(space: Space, taken: readonly Taken[], now: number): Promise<Taken[]> {
  return moveEnds(space, taken, now, renewScript);
}

async function moveEnds(
  space: Space,
  taken: readonly Taken[],
  now: number,
  script: typeof renewScript,
): Promise<Taken[]> {
  const until = now + LEASE;
  const held: Taken[] = [];
  for (const some of chunks(taken)) {
    const args = [until, ...some.flatMap((each) => [each.id, each.until])];
    const ids = new Set(idsSchema.parse(await script(space.redis, leaseKeys(space), args)));
    for (const each of some.filter(({ id }) => ids.has(id))) {
      each.until = until;
      held.push(each);
    }
  }
  return held;
}

/** Takes these leads from whoever holds them loosely, and from nobody else: they may be taken at once. */
export async function recall(space: Space, ids: readonly string[], now: number): Promise<void> {
  for (const some of chunks(ids)) await recallScript(space.redis, leaseKeys(space), [now, ...some]);
}

/** In the order of `ids`: the fingerprints of what is being written, undefined for a lead that is not. */
export async function looseFingerprints(space: Space, ids: readonly string[]): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for (const some of chunks(ids)) {
    const fingerprints = await space.redis.hmget(space.key('loose'), ...some);
    found.push(...fingerprints.map((each) => (each === null || each === NOT_WRITTEN ? undefined : each)));
  }
  return found;
}

/** In the place of a fingerprint, which is never empty. */
const NOT_WRITTEN = '';

const idsSchema = z.array(z.string());

const holdScript = defineScript(`${holds}
local ids, loose = {}, {}
for i = 1, #ARGV, 3 do ids[#ids + 1] = ARGV[i] end
local available = redis.call('ZMSCORE', KEYS[1], unpack(ids))
for i, id in ipairs(ids) do
  if holds(available[i], ARGV[3 * i - 1]) then
    loose[#loose + 1] = id
    loose[#loose + 1] = ARGV[3 * i]
  end
end
if #loose > 0 then redis.call('HSET', KEYS[4], unpack(loose)) end
`);

const moveHeld = (isOurs: string) => `${moveMany}${holds}
local ids, own = {}, {}
for i = 2, #ARGV, 2 do ids[#ids + 1] = ARGV[i] end
local available = redis.call('ZMSCORE', KEYS[1], unpack(ids))
local loose = redis.call('HMGET', KEYS[4], unpack(ids))
for i, id in ipairs(ids) do
  if ${isOurs} and holds(available[i], ARGV[2 * i + 1]) then own[#own + 1] = id end
end
moveMany(own, ARGV[1])
`;
/** Whoever took a lead in the very millisecond of the last renewal has a lease that ends with ours: but theirs is not loose. */
const moveLoose = moveHeld('loose[i]');
const renewScript = defineScript(`${moveLoose}return own`);
const firmScript = defineScript(`${moveLoose}if #own > 0 then redis.call('HDEL', KEYS[4], unpack(own)) end
return own`);
const renewFirmScript = defineScript(`${moveHeld('not loose[i]')}return own`);

const recallScript = defineScript(`${moveMany}
local ids, own = {unpack(ARGV, 2)}, {}
local loose = redis.call('HMGET', KEYS[4], unpack(ids))
for i, id in ipairs(ids) do
  if loose[i] then own[#own + 1] = id end
end
moveMany(own, ARGV[1])
if #own > 0 then redis.call('HDEL', KEYS[4], unpack(own)) end
`);
