import { describe, expect, test } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../../src/base/clock.ts';
import { crossOff, expectOnce, giveUp, readExpected, readMissed } from '../../../src/ledger/expected.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { bookTurn, type Pace, takeTurn } from '../../../src/ledger/turns.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');

const ada = { form: 'demo-request', emailHash: 'ada', sentAt: MONDAY, toldAt: MONDAY + SECOND };

describe('an expected submission', () => {
  test('is kept as it was told, once for each key', async () => {
    expect(await expectOnce(space, 'one', ada, DAY)).toBe(true);
    expect(await expectOnce(space, 'one', { ...ada, form: 'ebook' }, DAY)).toBe(false);
    expect(await readExpected(space)).toEqual([ada]);
  });

  test('is crossed off by one of the same form and person that was sent about then or later', async () => {
    await expectOnce(space, 'one', ada, DAY);
    const { form, emailHash } = ada;
    await crossOff(space, [{ form: 'ebook', emailHash, at: MONDAY }]);
    await crossOff(space, [{ form, emailHash: 'eve', at: MONDAY }]);
    await crossOff(space, [{ form, emailHash, at: MONDAY - 3 * MINUTE }]);
    expect(await readExpected(space)).toEqual([ada]);
    await crossOff(space, [{ form, emailHash, at: MONDAY - MINUTE }]);
    expect(await readExpected(space)).toEqual([]);
  });

  test('of nobody in particular is crossed off by any of its form', async () => {
    await expectOnce(space, 'one', { ...ada, emailHash: undefined }, DAY);
    await crossOff(space, [{ form: 'ebook', emailHash: 'eve', at: MONDAY }]);
    expect(await readExpected(space)).toHaveLength(1);
    await crossOff(space, [{ form: 'demo-request', emailHash: 'eve', at: MONDAY }]);
    expect(await readExpected(space)).toEqual([]);
  });

  test('that never came is counted by its form, and only once', async () => {
    await expectOnce(space, 'one', ada, DAY);
    await expectOnce(space, 'two', { ...ada, emailHash: 'eve' }, DAY);
    expect(await giveUp(space, ada)).toBe(1);
    expect(await giveUp(space, ada)).toBeUndefined();
    expect(await giveUp(space, { ...ada, emailHash: 'eve' })).toBe(2);
    expect(await readMissed(space)).toEqual(new Map([['demo-request', 2]]));
    expect(await readExpected(space)).toEqual([]);
  });

  test('that was told of again meanwhile is not given up', async () => {
    await expectOnce(space, 'one', ada, DAY);
    await expectOnce(space, 'two', { ...ada, toldAt: MONDAY + MINUTE }, DAY);
    expect(await giveUp(space, ada)).toBeUndefined();
    expect(await readExpected(space)).toHaveLength(1);
  });

  test('is gone in a quarter of an hour where nobody asks for it', async () => {
    await expectOnce(space, 'one', ada, DAY);
    const left = await space.redis.pttl(space.key('expected'));
    expect(left).toBeGreaterThan(14 * MINUTE);
    expect(left).toBeLessThanOrEqual(15 * MINUTE);
  });
});

describe('turns', () => {
  const pace: Pace = { most: 3, within: MINUTE, apart: SECOND };

  test('are so far apart, and so many in any minute', async () => {
    const times = [0, 500, 1_000, 30_000, 30_500, 60_000, 61_000, 61_500];
    const free: number[] = [];
    for (const time of times) free.push((await takeTurn(space, 'poll', pace, MONDAY + time)) - MONDAY);
    expect(free).toEqual([0, 1_000, 1_000, 30_000, 60_000, 60_000, 61_000, 90_000]);
  });

  test('of one thing do not count for another', async () => {
    expect(await takeTurn(space, 'one', pace, MONDAY)).toBe(MONDAY);
    expect(await takeTurn(space, 'other', pace, MONDAY)).toBe(MONDAY);
  });

  test('that a wrong clock took in the future hold nobody up', async () => {
    await takeTurn(space, 'poll', pace, MONDAY + 365 * DAY);
    expect(await takeTurn(space, 'poll', pace, MONDAY)).toBe(MONDAY);
    await bookTurn(space, 'booked', pace, MONDAY + 365 * DAY);
    expect(await bookTurn(space, 'booked', pace, MONDAY)).toBe(MONDAY);
  });

  test('that others took since are not taken from them by whoever asks with a time that has passed', async () => {
    for (const time of [0, 1_000]) await takeTurn(space, 'poll', pace, MONDAY + time);
    expect(await takeTurn(space, 'poll', pace, MONDAY + 500)).toBe(MONDAY + 2_000);
    expect(await takeTurn(space, 'poll', pace, MONDAY + 1_050)).toBe(MONDAY + 2_000);
    for (const time of [0, 1_000]) await bookTurn(space, 'booked', pace, MONDAY + time);
    expect(await bookTurn(space, 'booked', pace, MONDAY + 500)).toBe(MONDAY + 1_000);
    expect(await bookTurn(space, 'booked', pace, MONDAY + 1_050)).toBe(MONDAY + 2_000);
  });
});

describe('booked turns', () => {
  const pace: Pace = { most: 3, within: MINUTE, apart: SECOND };

  test('are shared by all that ask until they have come, and as far apart and as few as others', async () => {
    const times = [0, 10, 990, 1_000, 1_010, 2_010, 30_000, 60_000, 60_010, 61_000, 62_000];
    const booked: number[] = [];
    for (const time of times) booked.push((await bookTurn(space, 'poll', pace, MONDAY + time)) - MONDAY);
    expect(booked).toEqual([0, 1_000, 1_000, 2_000, 2_000, 60_000, 60_000, 61_000, 61_000, 62_000, 120_000]);
  });

  test('are kept until they no longer count, and hardly longer', async () => {
    await bookTurn(space, 'poll', pace, MONDAY);
    await bookTurn(space, 'poll', pace, MONDAY);
    const left = await space.redis.pttl(space.key('turns', 'poll'));
    expect(left).toBeGreaterThan(2 * MINUTE);
    expect(left).toBeLessThanOrEqual(3 * MINUTE);
  });
});
