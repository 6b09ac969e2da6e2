import { expect, test } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../../src/base/clock.ts';
import {
  addUndelivered,
  clearTrouble,
  countUndelivered,
  listTroubles,
  noteTrouble,
  takeChannelTurn,
  UNDELIVERED_KEPT,
} from '../../../src/ledger/channel-states.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const hubspot = createSpace(redis.client(), 'test', 'hubspot');
const salesforce = createSpace(redis.client(), 'test', 'salesforce');

test('a channel sends so many a minute, over all connections and in every minute', async () => {
  const sent: number[] = [];
  for (let now = MONDAY; now < MONDAY + 5 * MINUTE; now += SECOND) {
    const space = (now / SECOND) % 2 === 0 ? hubspot : salesforce;
    if ((await takeChannelTurn(space, 'slack', 7, now)) === 0) sent.push(now);
  }
  expect(sent).toHaveLength(35);
  for (const at of sent)
    expect(sent.filter((other) => other >= at && other < at + MINUTE).length).toBeLessThanOrEqual(7);
});

test('whoever waits as long as it says gets a turn', async () => {
  await takeChannelTurn(hubspot, 'slack', 1, MONDAY);
  const wait = await takeChannelTurn(hubspot, 'slack', 1, MONDAY + 20 * SECOND);
  expect(wait).toBe(40 * SECOND);
  expect(await takeChannelTurn(hubspot, 'slack', 1, MONDAY + MINUTE - 1)).toBe(1);
  expect(await takeChannelTurn(hubspot, 'slack', 1, MONDAY + 20 * SECOND + wait)).toBe(0);
});

test('one channel leaves the turns of another alone, and a clock that was ahead none', async () => {
  await takeChannelTurn(hubspot, 'slack', 1, MONDAY + DAY);
  expect(await takeChannelTurn(hubspot, 'slack', 1, MONDAY)).toBe(0);
  expect(await takeChannelTurn(hubspot, 'email', 1, MONDAY)).toBe(0);
});

test('trouble is news once, until it is another or is over', async () => {
  expect(await noteTrouble(hubspot, 'slack', 'Slack answered 404')).toBe(true);
  expect(await noteTrouble(salesforce, 'slack', 'Slack answered 404')).toBe(false);
  expect(await noteTrouble(hubspot, 'slack', 'Slack answered 403')).toBe(true);
  expect(await listTroubles(salesforce)).toEqual(new Map([['slack', 'Slack answered 403']]));
  expect(await clearTrouble(hubspot, 'slack')).toBe(true);
  expect(await clearTrouble(hubspot, 'slack')).toBe(false);
  expect(await noteTrouble(hubspot, 'slack', 'Slack answered 403')).toBe(true);
});

test('what was given up is counted for a week, once for each channel', async () => {
  await addUndelivered(hubspot, 'slack', 'one', MONDAY);
  await addUndelivered(hubspot, 'email', 'one', MONDAY);
  await addUndelivered(hubspot, 'slack', 'one', MONDAY + 1);
  expect(await countUndelivered(salesforce, MONDAY + DAY)).toBe(2);
  expect(await countUndelivered(salesforce, MONDAY + UNDELIVERED_KEPT + 1)).toBe(1);
  await addUndelivered(hubspot, 'slack', 'two', MONDAY + 2 * UNDELIVERED_KEPT);
  expect(await countUndelivered(salesforce, MONDAY)).toBe(1);
});
