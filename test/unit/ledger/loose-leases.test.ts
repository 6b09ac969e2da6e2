import { expect, test } from 'vitest';
import { SECOND } from '../../../src/base/clock.ts';
import {
  claim,
  countDirty,
  LEASE,
  markDirty,
  release,
  settle,
  type Taken,
  takeDirty,
} from '../../../src/ledger/dirty.ts';
import {
  holdFirmly,
  holdForCall,
  holdLoosely,
  looseFingerprints,
  recall,
  renew,
  renewFirmly,
} from '../../../src/ledger/loose-leases.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { keysLike } from '../../support/redis-keys.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'salesforce');
const other = createSpace(redis.client(), 'test', 'salesforce');

const idsOf = (taken: readonly { readonly id: string }[]) => taken.map(({ id }) => id);
const loosely = (taken: readonly Taken[]) => taken.map((each) => ({ taken: each, fingerprint: `f-${each.id}` }));

/** Claims these leads, and holds them as a bulk write does. */
async function gather(ids: readonly string[], now = MONDAY): Promise<Taken[]> {
  const taken = await claim(space, ids, now);
  await holdLoosely(space, loosely(taken));
  return taken;
}

test('a lease that is renewed outlasts any write, and is settled with the end that it got last', async () => {
  const taken = await gather(['1']);
  let now = MONDAY;
  for (let beat = 0; beat < 10; beat += 1) {
    now += LEASE - 1;
    expect(idsOf(await renew(space, taken, now))).toEqual(['1']);
    expect(taken[0]?.until).toBe(now + LEASE);
    expect(await takeDirty(other, 10, now)).toEqual([]);
  }
  await settle(space, taken, now);
  expect(await countDirty(space)).toBe(0);
});

test('a lead of a worker that died while it held many comes back when a lease is over', async () => {
  const taken = await gather(['1']);
  await renew(space, taken, MONDAY + SECOND);
  expect(await takeDirty(other, 10, MONDAY + SECOND + LEASE - 1)).toEqual([]);
  expect(idsOf(await takeDirty(other, 10, MONDAY + SECOND + LEASE))).toEqual(['1']);
  expect(await renew(space, taken, MONDAY + 2 * LEASE)).toEqual([]);
});

test('whoever cannot wait takes over what is held loosely, and nothing else', async () => {
  const loose = await gather(['loose']);
  await claim(space, ['strict'], MONDAY);
  await recall(other, ['loose', 'strict', 'unknown'], MONDAY + 1);
  const taken = await claim(other, ['loose', 'strict'], MONDAY + 1);
  expect(idsOf(taken)).toEqual(['loose']);
  expect(await renew(space, loose, MONDAY + 2)).toEqual([]);
  expect(await countDirty(space)).toBe(2);
});

test('a lead that was taken over cannot be recalled from the one that took it', async () => {
  await gather(['1']);
  await recall(other, ['1'], MONDAY + 1);
  await claim(other, ['1'], MONDAY + 1);
  await recall(other, ['1'], MONDAY + 2);
  expect(await takeDirty(other, 10, MONDAY + 2)).toEqual([]);
});

test('a lead that was taken over is not renewed, though both leases end in the same millisecond', async () => {
  const loose = await gather(['1']);
  await recall(other, ['1'], MONDAY);
  const [taken] = await claim(other, ['1'], MONDAY);
  expect(taken?.until).toBe(loose[0]?.until);
  expect(await renew(space, loose, MONDAY + 1)).toEqual([]);
});

test('a lead that nobody took over, though it was recalled, waits for the next worker', async () => {
  const loose = await gather(['1']);
  await recall(other, ['1'], MONDAY + 1);
  expect(await renew(space, loose, MONDAY + 2)).toEqual([]);
  expect(idsOf(await takeDirty(other, 10, MONDAY + 2))).toEqual(['1']);
});

test('a mark that comes while a lead is held loosely has it done once more', async () => {
  const taken = await gather(['1']);
  await markDirty(other, ['1'], MONDAY + 1);
  await renew(space, taken, MONDAY + LEASE / 2);
  await settle(space, taken, MONDAY + LEASE);
  expect(idsOf(await takeDirty(space, 10, MONDAY + LEASE))).toEqual(['1']);
});

test('what is being written is known by its fingerprint until it is settled, given back or taken', async () => {
  const taken = await gather(['settled', 'released', 'taken', 'held']);
  const ids = idsOf(taken);
  expect(await looseFingerprints(space, [...ids, 'unknown'])).toEqual([...ids.map((id) => `f-${id}`), undefined]);
  await settle(space, taken.slice(0, 1), MONDAY);
  await release(space, taken.slice(1, 2), MONDAY);
  await recall(space, ['taken'], MONDAY);
  await takeDirty(other, 10, MONDAY);
  expect(await looseFingerprints(space, ids)).toEqual([undefined, undefined, undefined, 'f-held']);
  expect(await looseFingerprints(space, [])).toEqual([]);
});

test('a lease that was lost before is not held loosely', async () => {
  const slow = await claim(space, ['1'], MONDAY);
  await takeDirty(other, 10, MONDAY + LEASE);
  await holdLoosely(space, loosely(slow));
  expect(await looseFingerprints(space, ['1'])).toEqual([undefined]);
});

test('nothing of a lead stays once it is settled', async () => {
  const taken = await gather(['1']);
  await settle(space, await renew(space, taken, MONDAY + 1), MONDAY + 2);
  expect(await keysLike(space.redis, '*')).toEqual(['test:{salesforce}:sequence']);
});

test('what waits for a call can be taken over until there is one, and no longer', async () => {
  const taken = await claim(space, ['waits', 'wanted'], MONDAY);
  await holdForCall(space, taken);
  await recall(other, ['wanted'], MONDAY + 1);
  const urgent = await claim(other, ['wanted'], MONDAY + 1);
  expect(idsOf(urgent)).toEqual(['wanted']);
  const own = await holdFirmly(space, taken, MONDAY + 1);
  expect(idsOf(own)).toEqual(['waits']);
  await recall(other, ['waits', 'wanted'], MONDAY + 2);
  expect(await claim(other, ['waits'], MONDAY + 2)).toEqual([]);
  // It is marked by that, and so it is done once more.
  expect(await settle(space, own, MONDAY + 3)).toBe(1);
  expect(await settle(other, urgent, MONDAY + 3)).toBe(0);
  expect(await countDirty(space)).toBe(1);
});

test('a lead that was taken over in the very millisecond in which it was taken is not held any more', async () => {
  const taken = await claim(space, ['1'], MONDAY);
  await holdForCall(space, taken);
  await recall(other, ['1'], MONDAY);
  await claim(other, ['1'], MONDAY);
  expect(await holdFirmly(space, taken, MONDAY)).toEqual([]);
});

test('whoever waited for a call longer than a lease has the leads that nobody took, for a whole lease more', async () => {
  const taken = await claim(space, ['waited', 'lost'], MONDAY);
  await holdForCall(space, taken);
  const late = MONDAY + LEASE + 1;
  await claim(other, ['lost'], late);
  const own = await holdFirmly(space, taken, late);
  expect(own).toMatchObject([{ id: 'waited', until: late + LEASE }]);
  expect(await claim(other, ['waited'], late + LEASE - 1)).toEqual([]);
  expect(await settle(space, own, late + 1)).toBe(1);
});

test('whoever has leads firmly and waited longer than a lease keeps those that nobody took, for a whole lease more', async () => {
  const taken = await claim(space, ['waited', 'lost', 'done'], MONDAY);
  const late = MONDAY + LEASE;
  await claim(other, ['lost'], late);
  await settle(other, await claim(other, ['done'], late), late);
  const own = await renewFirmly(space, taken, late);
  expect(own).toMatchObject([{ id: 'waited', until: late + LEASE }]);
  await recall(other, ['waited', 'lost'], late + 1);
  expect(await claim(other, ['waited', 'lost'], late + LEASE - 1)).toEqual([]);
});

test('what waits for a call is not taken for a write that is under way', async () => {
  const taken = await claim(space, ['1'], MONDAY);
  await holdForCall(space, taken);
  expect(await looseFingerprints(space, ['1'])).toEqual([undefined]);
});

test('ten thousand leads are held, renewed and settled at once', async () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => String(index));
  const taken = await gather(ids);
  expect(taken).toHaveLength(10_000);
  expect(await renew(space, taken, MONDAY + LEASE / 2)).toHaveLength(10_000);
  await release(space, taken.slice(0, 2_500), MONDAY + LEASE / 2);
  await settle(space, taken.slice(2_500), MONDAY + LEASE / 2);
  expect(await countDirty(space)).toBe(2_500);
}, 15_000);
