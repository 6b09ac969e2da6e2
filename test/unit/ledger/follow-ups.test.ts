import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import {
  dueFollowUps,
  FOLLOW_UPS_KEPT,
  type FollowUp,
  forgetFollowUps,
  forgetModelsOfFollowUps,
  isOverdue,
  lastFollowUps,
  listFollowUps,
  modelsOfFollowUps,
  passFollowUps,
  remindedUntil,
  saveFollowUps,
} from '../../../src/ledger/follow-ups.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { keysLike } from '../../support/redis-keys.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');

const ada: FollowUp = {
  leadId: '1',
  model: 'platform',
  ownerId: '77',
  rule: 'demo-request',
  routedAt: MONDAY,
  followUpBy: MONDAY + HOUR,
  attempts: 0,
  state: 'open',
  dueBy: MONDAY + HOUR,
};
const bo: FollowUp = {
  leadId: '2',
  model: 'platform',
  routedAt: MONDAY + MINUTE,
  followUpBy: MONDAY + DAY,
  firstTouchedAt: MONDAY + 2 * MINUTE,
  attempts: 1,
  state: 'reached',
};

const dueIds = async (now: number) => (await dueFollowUps(space, now, 10)).map(({ leadId }) => leadId);

test('follow-ups are listed as they were saved last, in the order in which they were routed', async () => {
  await saveFollowUps(space, [bo, ada], MONDAY);
  expect(await listFollowUps(space, MONDAY)).toEqual([ada, bo]);
  await saveFollowUps(space, [{ ...ada, state: 'tried', attempts: 1 }], MONDAY);
  expect(await listFollowUps(space, MONDAY)).toEqual([{ ...ada, state: 'tried', attempts: 1 }, bo]);
});

test('one is due when it is to be looked at again, until it was passed', async () => {
  await saveFollowUps(space, [{ ...ada, nextAt: MONDAY + HOUR }, bo], MONDAY);
  expect(await dueIds(MONDAY + HOUR - 1)).toEqual([]);
  const due = await dueFollowUps(space, MONDAY + HOUR, 10);
  expect(due).toEqual([{ leadId: '1', model: 'platform', at: MONDAY + HOUR }]);
  await passFollowUps(space, due);
  expect(await dueIds(MONDAY + DAY)).toEqual([]);
});

test('one that was noted with another time meanwhile is not passed', async () => {
  await saveFollowUps(space, [{ ...ada, nextAt: MONDAY }], MONDAY);
  const due = await dueFollowUps(space, MONDAY, 10);
  await saveFollowUps(space, [{ ...ada, nextAt: MONDAY + MINUTE }], MONDAY);
  await passFollowUps(space, due);
  expect(await dueIds(MONDAY + MINUTE)).toEqual(['1']);
});

test('one that is over is due no more', async () => {
  await saveFollowUps(space, [{ ...ada, nextAt: MONDAY + HOUR }], MONDAY);
  await saveFollowUps(space, [{ ...ada, state: 'reached' }], MONDAY);
  expect(await dueIds(MONDAY + DAY)).toEqual([]);
});

test('two models have follow-ups of their own of one lead', async () => {
  const other = { ...ada, model: 'services', routedAt: MONDAY + 1, nextAt: MONDAY };
  await saveFollowUps(space, [{ ...ada, nextAt: MONDAY }, other], MONDAY);
  expect((await dueFollowUps(space, MONDAY, 10)).map(({ model }) => model)).toEqual(['platform', 'services']);
  expect(await listFollowUps(space, MONDAY)).toHaveLength(2);
});

test('a lead that is routed again keeps its earlier follow-up, which is closed then', async () => {
  const again = { ...ada, routedAt: MONDAY + 2 * DAY, followUpBy: MONDAY + 3 * DAY, dueBy: MONDAY + 3 * DAY };
  await saveFollowUps(space, [ada], MONDAY);
  await saveFollowUps(space, [again], MONDAY + 2 * DAY);
  const { dueBy, ...before } = ada;
  expect(await listFollowUps(space, MONDAY + 2 * DAY)).toEqual([{ ...before, state: 'closed' }, again]);
});

test('until when who was reminded has time is known as far as it was noted of this very route', async () => {
  const routesOf = (...routes: (typeof ada)[]) => ({ leadId: '1', routes });
  const until = async () => (await remindedUntil(space, [routesOf(), routesOf(ada)]))[1]?.get('platform');
  expect(await until()).toBeUndefined();
  await saveFollowUps(space, [{ ...ada, nextAt: MONDAY + HOUR }], MONDAY);
  expect(await until()).toBeUndefined();
  await saveFollowUps(space, [{ ...ada, state: 'reminded', nextAt: MONDAY + 2 * HOUR }], MONDAY);
  expect(await until()).toBe(MONDAY + 2 * HOUR);
  await passFollowUps(space, await dueFollowUps(space, MONDAY + 2 * HOUR, 10));
  expect(await until()).toBe(0);
  const again = { ...ada, routedAt: MONDAY + 3 * HOUR };
  expect(await remindedUntil(space, [routesOf(again), routesOf()])).toEqual([new Map(), new Map()]);
});

test('whoever saves follow-ups hears which are over since they were noted last', async () => {
  const over = { ...ada, state: 'closed' } as const;
  expect(await saveFollowUps(space, [ada, bo], MONDAY)).toEqual(new Set(['2']));
  expect(await saveFollowUps(space, [over, bo], MONDAY)).toEqual(new Set(['1']));
  expect(await saveFollowUps(space, [over, bo], MONDAY)).toEqual(new Set());
});

test('the models are known by which follow-ups were noted, until they are forgotten', async () => {
  await saveFollowUps(space, [ada, { ...bo, model: 'services', state: 'closed', isLeft: true }], MONDAY);
  expect((await modelsOfFollowUps(space)).toSorted()).toEqual(['platform', 'services']);
  await forgetModelsOfFollowUps(space, ['services']);
  expect(await modelsOfFollowUps(space)).toEqual(['platform']);
  expect(await listFollowUps(space, MONDAY)).toMatchObject([{ leadId: '1' }, { leadId: '2', isLeft: true }]);
});

test('the last follow-up of each lead by a model can be asked for', async () => {
  const again = { ...ada, routedAt: MONDAY + 2 * DAY };
  await saveFollowUps(space, [ada, again, { ...ada, model: 'services' }, bo], MONDAY);
  expect(await lastFollowUps(space, ['2', '1', 'unknown'], 'platform')).toEqual([bo, again]);
  expect(await lastFollowUps(space, [], 'platform')).toEqual([]);
});

test('the same route in a CRM that keeps whole seconds is no other one', async () => {
  await saveFollowUps(space, [{ ...ada, routedAt: MONDAY + 999 }], MONDAY + 999);
  await saveFollowUps(space, [ada], MONDAY + MINUTE);
  expect(await listFollowUps(space, MONDAY + MINUTE)).toEqual([ada]);
});

test('they are kept for 90 days', async () => {
  await saveFollowUps(space, [ada, { ...bo, routedAt: MONDAY + DAY }], MONDAY);
  expect(await space.redis.pttl(space.key('follow-up', '1'))).toBeGreaterThan(FOLLOW_UPS_KEPT - HOUR);
  expect((await listFollowUps(space, MONDAY + FOLLOW_UPS_KEPT)).map(({ leadId }) => leadId)).toEqual(['2']);
  await saveFollowUps(space, [ada, bo], MONDAY + FOLLOW_UPS_KEPT + DAY);
  expect(await listFollowUps(space, MONDAY + FOLLOW_UPS_KEPT + DAY)).toEqual([]);
});

test('nothing is left of a lead that is forgotten', async () => {
  await saveFollowUps(space, [{ ...ada, nextAt: MONDAY }, bo], MONDAY);
  await forgetFollowUps(space, ['1', 'unknown']);
  expect(await listFollowUps(space, MONDAY)).toEqual([bo]);
  expect(await dueIds(MONDAY)).toEqual([]);
  await forgetFollowUps(space, ['2']);
  expect(await keysLike(space.redis, '*')).toEqual([]);
});

test('those by one model alone can be forgotten', async () => {
  const other = { ...ada, model: 'services' };
  await saveFollowUps(
    space,
    [
      { ...ada, nextAt: MONDAY },
      { ...other, nextAt: MONDAY },
    ],
    MONDAY,
  );
  await forgetFollowUps(space, ['1'], 'platform');
  expect(await listFollowUps(space, MONDAY)).toEqual([other]);
  expect((await dueFollowUps(space, MONDAY, 10)).map(({ model }) => model)).toEqual(['services']);
  await forgetFollowUps(space, ['1'], 'services');
  expect(await keysLike(space.redis, '*')).toEqual([]);
});

test('one is overdue from when it is due until it is over', () => {
  expect(isOverdue(ada, MONDAY + HOUR - 1)).toBe(false);
  expect(isOverdue(ada, MONDAY + HOUR)).toBe(true);
  expect(isOverdue({ ...ada, state: 'closed' }, MONDAY + DAY)).toBe(false);
});
