import { expect, test } from 'vitest';
import { DAY, MINUTE } from '../../../src/base/clock.ts';
import {
  addNotice,
  countWaiting,
  forgetNotices,
  NOTICE_KEPT,
  NOTICE_LEASE,
  type Notice,
  saveDelivery,
  settleNotice,
  takeNotice,
} from '../../../src/ledger/outbox.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { keysLike } from '../../support/redis-keys.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const hubspot = createSpace(redis.client(), 'test', 'hubspot');
const salesforce = createSpace(redis.client(), 'test', 'salesforce');

const noticeOf = (id: string, own: Partial<Notice> = {}): Notice => ({
  id,
  kind: 'routed',
  connection: 'hubspot',
  leadId: '12',
  to: [{ owner: '7' }, { managerOf: '7' }, 'team', 'escalation'],
  subject: 'Demo request',
  lines: ['Score 80', { text: 'the lead', link: 'https://example.com/12' }],
  link: 'https://example.com/12',
  at: MONDAY,
  ...own,
});

test('a notice comes out as it went in', async () => {
  const notice = noticeOf('one');
  expect(await addNotice(hubspot, notice)).toBe(true);
  expect(await takeNotice(hubspot, MONDAY)).toEqual({ notice, deliveries: new Map() });
});

test('the same notice a second time is no news, not even once it was told', async () => {
  await addNotice(hubspot, noticeOf('one'));
  expect(await addNotice(salesforce, noticeOf('one'))).toBe(false);
  const taken = await takeNotice(hubspot, MONDAY);
  if (taken === undefined) throw new Error('nothing waits');
  await settleNotice(hubspot, taken.notice, undefined);
  expect(await addNotice(hubspot, noticeOf('one', { at: MONDAY + NOTICE_KEPT - 1 }))).toBe(false);
  expect(await countWaiting(hubspot)).toBe(0);
  expect(await addNotice(hubspot, noticeOf('one', { at: MONDAY + NOTICE_KEPT }))).toBe(true);
});

test('each connection sends its own, and all know what was told', async () => {
  await addNotice(hubspot, noticeOf('of-salesforce', { connection: 'salesforce' }));
  expect(await takeNotice(hubspot, MONDAY)).toBeUndefined();
  expect([await countWaiting(hubspot), await countWaiting(salesforce)]).toEqual([0, 1]);
  expect((await takeNotice(salesforce, MONDAY))?.notice.id).toBe('of-salesforce');
});

test('whoever took a notice has it alone, and one that dies gives it back', async () => {
  await addNotice(hubspot, noticeOf('one'));
  await takeNotice(hubspot, MONDAY);
  expect(await takeNotice(hubspot, MONDAY + NOTICE_LEASE - 1)).toBeUndefined();
  expect((await takeNotice(hubspot, MONDAY + NOTICE_LEASE))?.notice.id).toBe('one');
});

test('what has waited longest goes first, and what is given back comes when it is due', async () => {
  await addNotice(hubspot, noticeOf('second', { at: MONDAY + 1 }));
  await addNotice(hubspot, noticeOf('first'));
  const first = await takeNotice(hubspot, MONDAY + MINUTE);
  if (first === undefined) throw new Error('nothing waits');
  expect(first.notice.id).toBe('first');
  await saveDelivery(hubspot, 'first', 'slack', { over: false, tries: 3, nextAt: MONDAY + DAY });
  await saveDelivery(hubspot, 'first', 'email', { over: true, tries: 1, nextAt: 0 });
  await settleNotice(hubspot, first.notice, MONDAY + DAY);
  const second = await takeNotice(hubspot, MONDAY + MINUTE);
  if (second === undefined) throw new Error('nothing waits');
  expect(second.notice.id).toBe('second');
  await settleNotice(hubspot, second.notice, undefined);
  expect(await takeNotice(hubspot, MONDAY + DAY - 1)).toBeUndefined();
  expect(await takeNotice(hubspot, MONDAY + DAY)).toMatchObject({
    notice: { id: 'first' },
    deliveries: new Map([
      ['slack', { over: false, tries: 3, nextAt: MONDAY + DAY }],
      ['email', { over: true, tries: 1, nextAt: 0 }],
    ]),
  });
});

test('a notice that is done with leaves nothing but its id', async () => {
  await addNotice(hubspot, noticeOf('one'));
  const taken = await takeNotice(hubspot, MONDAY);
  if (taken === undefined) throw new Error('nothing waits');
  await settleNotice(hubspot, taken.notice, undefined);
  expect(await keysLike(hubspot.redis, '*')).toEqual(['test:{sales}:noticed']);
});

test('one that this version cannot read holds up no other, and stays for the version that can', async () => {
  await addNotice(hubspot, noticeOf('odd'));
  await hubspot.redis.hset('test:{sales}:notice:odd', 'notice', '{"id":"odd"}');
  await addNotice(hubspot, noticeOf('one', { at: MONDAY + 1 }));
  expect((await takeNotice(hubspot, MONDAY + 1))?.notice.id).toBe('one');
  expect(await countWaiting(hubspot)).toBe(2);
});

test('no key names an address, and what waits holds none', async () => {
  await addNotice(hubspot, noticeOf('one'));
  const keys = await keysLike(hubspot.redis, '*');
  const text = await hubspot.redis.hget('test:{sales}:notice:one', 'notice');
  expect([...keys, text].join(' ')).not.toContain('@');
});

test('what waits about a lead is forgotten, be it half sent, and nothing that comes back from a channel brings it back', async () => {
  await addNotice(hubspot, noticeOf('one'));
  await addNotice(hubspot, noticeOf('two', { leadId: '13' }));
  await addNotice(hubspot, noticeOf('three', { leadId: '14' }));
  const { leadId: _, ...digest } = noticeOf('digest', { kind: 'digest' });
  await addNotice(hubspot, digest);
  await addNotice(salesforce, noticeOf('of-salesforce', { connection: 'salesforce' }));
  await takeNotice(hubspot, MONDAY);
  await forgetNotices(hubspot, ['12', '13']);
  await saveDelivery(hubspot, 'one', 'slack', { over: false, tries: 1, nextAt: MONDAY });
  await settleNotice(hubspot, noticeOf('one'), MONDAY);
  expect([await countWaiting(hubspot), await countWaiting(salesforce)]).toEqual([2, 1]);
  expect((await keysLike(hubspot.redis, '*:notice:*')).sort()).toEqual([
    'test:{sales}:notice:digest',
    'test:{sales}:notice:of-salesforce',
    'test:{sales}:notice:three',
  ]);
  expect(await addNotice(hubspot, noticeOf('one'))).toBe(false);
});
