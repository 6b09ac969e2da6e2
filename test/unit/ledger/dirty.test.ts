import { expect, test } from 'vitest';
import { SECOND } from '../../../src/base/clock.ts';
import {
  claim,
  countDirty,
  LEASE,
  markDirty,
  markDirtyOnce,
  release,
  settle,
  takeDirty,
} from '../../../src/ledger/dirty.ts';
import { recall } from '../../../src/ledger/loose-leases.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { keysLike } from '../../support/redis-keys.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');
const other = createSpace(redis.client(), 'test', 'hubspot');

const take = async (now: number, from = space, count = 100) => await takeDirty(from, count, now);
const idsOf = (taken: readonly { readonly id: string }[]) => taken.map(({ id }) => id);

test('a lead marked by ten triggers is scored once', async () => {
  for (let trigger = 0; trigger < 10; trigger += 1) await markDirty(space, ['1', '2'], MONDAY + trigger);
  const taken = await take(MONDAY + SECOND);
  expect(idsOf(taken)).toEqual(['1', '2']);
  await settle(space, taken, MONDAY + SECOND);
  expect(await countDirty(space)).toBe(0);
  expect(await take(MONDAY + 2 * LEASE)).toEqual([]);
});

test('who waits longest is taken first, however often it is marked again', async () => {
  await markDirty(space, ['late'], MONDAY + 1);
  await markDirty(space, ['early'], MONDAY);
  await markDirty(space, ['early'], MONDAY + 2);
  expect(idsOf(await take(MONDAY + 3, space, 1))).toEqual(['early']);
});

test('a mark that comes while the lead is processed survives, and the lead is done again at once', async () => {
  await markDirty(space, ['1'], MONDAY);
  const taken = await take(MONDAY);
  await markDirty(space, ['1'], MONDAY + 1);
  expect(await take(MONDAY + 2)).toEqual([]);
  await settle(space, taken, MONDAY + 3);
  const again = await take(MONDAY + 3);
  expect(idsOf(again)).toEqual(['1']);
  await settle(space, again, MONDAY + 4);
  expect(await countDirty(space)).toBe(0);
});

test('the lead of a worker that died comes back when its lease ends, and not before', async () => {
  await markDirty(space, ['1'], MONDAY);
  const [taken] = await take(MONDAY);
  expect(taken?.until).toBe(MONDAY + LEASE);
  expect(await take(MONDAY + LEASE - 1)).toEqual([]);
  expect(idsOf(await take(MONDAY + LEASE))).toEqual(['1']);
});

test('two workers that take at once never share a lead, and leave none', async () => {
  const ids = Array.from({ length: 60 }, (_, index) => `${index}`);
  await markDirty(space, ids, MONDAY);
  const takes = await Promise.all(
    Array.from({ length: 14 }, (_, turn) => take(MONDAY + turn, turn % 2 === 0 ? space : other, 5)),
  );
  const taken = idsOf(takes.flat());
  expect(taken.toSorted()).toEqual(ids.toSorted());
});

test('a worker that overstayed its lease does not take the lead away from the next one', async () => {
  await markDirty(space, ['settled', 'marked', 'released'], MONDAY);
  const slow = await take(MONDAY);
  const next = await take(MONDAY + LEASE, other);
  await markDirty(space, ['marked'], MONDAY + LEASE + 1);

  await settle(
    space,
    slow.filter(({ id }) => id !== 'released'),
    MONDAY + LEASE + 2,
  );
  await release(
    space,
    slow.filter(({ id }) => id === 'released'),
    MONDAY + LEASE + 2,
  );
  expect(await take(MONDAY + LEASE + 3)).toEqual([]);
  expect(await claim(space, ['settled'], MONDAY + LEASE + 3)).toEqual([]);

  await settle(other, next, MONDAY + LEASE + 4);
  expect(idsOf(await take(MONDAY + LEASE + 5)).toSorted()).toEqual(['marked', 'settled']);
});

test('a lead that the next worker settled is done again when one that overstayed its lease settles it too', async () => {
  await markDirty(space, ['1'], MONDAY);
  const slow = await take(MONDAY);
  await settle(other, await take(MONDAY + LEASE, other), MONDAY + LEASE + 1);
  await settle(space, slow, MONDAY + LEASE + 2);
  const again = await take(MONDAY + LEASE + 2);
  expect(idsOf(again)).toEqual(['1']);
  await settle(space, again, MONDAY + LEASE + 3);
  expect(await countDirty(space)).toBe(0);
});

test('a worker that overstayed its lease still settles a lead that nobody took since', async () => {
  await markDirty(space, ['1'], MONDAY);
  await settle(space, await take(MONDAY), MONDAY + 2 * LEASE);
  expect(await countDirty(space)).toBe(0);
});

test('a lead that is claimed while another has it is left out, and done again', async () => {
  await markDirty(space, ['held', 'waiting'], MONDAY);
  const held = await take(MONDAY, space, 1);
  const claimed = await claim(other, ['held', 'waiting', 'unmarked'], MONDAY + 1);
  expect(idsOf(claimed)).toEqual(['waiting', 'unmarked']);
  await settle(other, claimed, MONDAY + 2);
  await settle(space, held, MONDAY + 2);
  expect(idsOf(await take(MONDAY + 3))).toEqual(['held']);
});

test('a claimed lead whose worker dies is scored by another', async () => {
  await claim(space, ['1'], MONDAY);
  expect(await take(MONDAY + LEASE - 1)).toEqual([]);
  expect(idsOf(await take(MONDAY + LEASE))).toEqual(['1']);
});

test('a lead that is given back may be taken from the given time on, and keeps its mark', async () => {
  await markDirty(space, ['1'], MONDAY);
  await release(space, await take(MONDAY), MONDAY + 5 * SECOND);
  expect(await take(MONDAY + 5 * SECOND - 1)).toEqual([]);
  expect(idsOf(await take(MONDAY + 5 * SECOND))).toEqual(['1']);
});

test('a lead that was settled is not brought back by giving it back', async () => {
  await markDirty(space, ['1'], MONDAY);
  const taken = await take(MONDAY);
  await settle(space, taken, MONDAY);
  await release(space, taken, MONDAY);
  expect(await countDirty(space)).toBe(0);
});

test('the same webhook event marks its lead once, however many receivers get it at once', async () => {
  const events = [
    { key: 'a', leadId: '1' },
    { key: 'b', leadId: '2' },
  ];
  const fresh = await Promise.all(
    Array.from({ length: 10 }, (_, turn) => markDirtyOnce(turn % 2 ? space : other, events, MONDAY, 60 * SECOND)),
  );
  expect(fresh.reduce((sum, count) => sum + count)).toBe(2);
  await settle(space, await take(MONDAY), MONDAY);
  expect(await markDirtyOnce(space, events, MONDAY + 1, 60 * SECOND)).toBe(0);
  expect(await countDirty(space)).toBe(0);
  expect(await markDirtyOnce(space, [{ key: 'c', leadId: '1' }], MONDAY + 2, 60 * SECOND)).toBe(1);
  expect(idsOf(await take(MONDAY + 2))).toEqual(['1']);
});

test('a lead with a head start is left to fast tracks for that long, and one that somebody has stays theirs', async () => {
  const [held] = await claim(space, ['held'], MONDAY);
  const events = ['held', 'free', 'asked for'].map((leadId) => ({ key: leadId, leadId }));
  await markDirtyOnce(space, events, MONDAY, 60 * SECOND, 2 * SECOND);
  expect(await takeDirty(other, 10, MONDAY + SECOND)).toEqual([]);
  await recall(other, ['held', 'asked for'], MONDAY + SECOND);
  const urgent = await claim(other, ['held', 'asked for'], MONDAY + SECOND);
  expect(urgent.map(({ id }) => id)).toEqual(['asked for']);
  await settle(other, urgent, MONDAY + SECOND);
  const later = await takeDirty(space, 10, MONDAY + 2 * SECOND);
  expect(later.map(({ id }) => id)).toEqual(['free']);
  // It was marked while somebody had it.
  expect(await settle(space, held === undefined ? [] : [held], MONDAY + 3 * SECOND)).toBe(1);
});

test('nothing of a lead stays once it is settled', async () => {
  await markDirty(space, ['1'], MONDAY);
  await settle(space, await take(MONDAY), MONDAY);
  expect(await keysLike(space.redis, '*')).toEqual(['test:{hubspot}:sequence']);
});

test('more leads than one script should carry are all marked', async () => {
  await markDirty(
    space,
    Array.from({ length: 1_001 }, (_, index) => `${index}`),
    MONDAY,
  );
  expect(await countDirty(space)).toBe(1_001);
});

test('ten thousand leads that are marked at once, as those of a list, wait for seconds and not for minutes', async () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => String(index));
  await markDirty(space, ids, MONDAY);
  const taken = await take(MONDAY);
  await markDirty(space, idsOf(taken.slice(0, 1)), MONDAY + 1);
  await settle(space, taken, MONDAY + 1);
  expect(await countDirty(space)).toBe(9_901);
}, 15_000);
