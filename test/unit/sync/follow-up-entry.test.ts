import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/base/clock.ts';
import type { Outputs } from '../../../src/crm/crm.ts';
import { followUpEntry } from '../../../src/sync/follow-up-entry.ts';
import { MONDAY } from '../../support/test-clock.ts';

const routed = { routedAt: MONDAY, followUpBy: MONDAY + HOUR, followUp: 'open' } as const;

function entryOf(after: Partial<Outputs>, now = MONDAY, times: { dueBy?: number; nextAt?: number } = {}) {
  return followUpEntry({ leadId: '1', model: 'platform', ownerId: '7', after, now, ...times });
}

test('a lead that was never routed has none', () => {
  expect(entryOf({ score: 50, followUp: 'closed' })).toBeUndefined();
});

test('a lead that is routed just now is due by the time that it was given, and looked at then', () => {
  expect(entryOf({ ...routed, fastTrack: 'demo-request' })).toMatchObject({
    ...{
      leadId: '1',
      model: 'platform',
      ownerId: '7',
      rule: 'demo-request',
      routedAt: MONDAY,
      attempts: 0,
      state: 'open',
    },
    ...{ followUpBy: MONDAY + HOUR, dueBy: MONDAY + HOUR, nextAt: MONDAY + HOUR },
  });
});

test('one that was looked at is due as that said', () => {
  const tried = { ...routed, followUp: 'tried', attempts: 1, firstTouchedAt: MONDAY + 1 } as const;
  const times = { dueBy: MONDAY + DAY, nextAt: MONDAY + DAY };
  expect(entryOf(tried, MONDAY, times)).toMatchObject({
    ...times,
    state: 'tried',
    attempts: 1,
    firstTouchedAt: MONDAY + 1,
  });
});

test('one that is late with nothing more to come is not looked at over and over', () => {
  const entry = entryOf({ ...routed, followUp: 'escalated' }, MONDAY + DAY);
  expect(entry).toMatchObject({ dueBy: MONDAY + HOUR });
  expect(entry?.nextAt).toBeUndefined();
});

test.each(['reached', 'closed'] as const)('one that is %s is due no more', (followUp) => {
  const entry = entryOf({ ...routed, followUp });
  expect([entry?.state, entry?.dueBy, entry?.nextAt]).toEqual([followUp, undefined, undefined]);
});

test.each([
  ['a fast track that made it an MQL', { mqlAt: MONDAY, stageReason: 'MQL: fast track demo-request' }, 'demo-request'],
  ['a fast track once it was an MQL', { mqlAt: MONDAY - DAY, fastTrackAt: MONDAY - HOUR }, 'demo-request'],
  [
    'the gates, with a fast track of an earlier route',
    {
      mqlAt: MONDAY,
      fastTrackAt: MONDAY - 40 * DAY,
      stageReason: 'MQL: fit 60 and engagement 45 meet the gates of Platform',
    },
    undefined,
  ],
])('a lead that was routed by %s says so', (_, own, rule) => {
  expect(entryOf({ ...routed, fastTrack: 'demo-request', ...own })?.rule).toBe(rule);
});
