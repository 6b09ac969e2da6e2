import { beforeEach, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';
import { movedRelated, noteRelated, settleRelated } from '../../../src/ledger/related.ts';
import { createSpace, type Space } from '../../../src/ledger/space.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
let space: Space;
beforeEach(() => {
  space = createSpace(redis.client(), 'test', 'hubspot');
});

const note = (version: string, at: number) => noteRelated(space, [{ source: 'company', id: '7', version }], at);
const moved = async (version: string, changedAt: number) =>
  (await movedRelated(space, 'company', [{ id: '7', version, changedAt }])).length > 0;

test('a record that nobody’s fields came from concerns nobody', async () => {
  expect(await moved('a', MONDAY)).toBe(false);
});

test('a record that changed otherwise, long after its leads were scored with it, concerns nobody', async () => {
  await note('a', MONDAY);
  expect(await moved('a', MONDAY + HOUR)).toBe(false);
  expect(await moved('b', MONDAY + HOUR)).toBe(true);
});

test('one lead that was scored after the change does not stand for those before it', async () => {
  await note('a', MONDAY);
  await note('b', MONDAY + HOUR);
  expect(await moved('b', MONDAY + HOUR - MINUTE)).toBe(true);
  // By a clock of theirs that is half a minute ahead.
  expect(await moved('b', MONDAY + HOUR + MINUTE / 2)).toBe(true);
  expect(await moved('b', MONDAY + 2 * HOUR)).toBe(false);
});

test('a version that came back is not the old one where somebody was scored in between', async () => {
  await note('a', MONDAY);
  await note('b', MONDAY + HOUR);
  expect(await moved('a', MONDAY + 2 * HOUR)).toBe(true);
});

test('once all its leads are marked the same change is told no more, however often it is seen', async () => {
  await note('a', MONDAY);
  await settleRelated(space, 'company', [{ id: '7', version: 'b' }]);
  await note('b', MONDAY + HOUR);
  expect(await moved('b', MONDAY + HOUR)).toBe(false);
  expect(await moved('a', MONDAY + HOUR)).toBe(true);
});
