import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/base/clock.ts';
import type { Activity } from '../../../src/leads/activity.ts';
import { addDeadLetter, listDeadLetters, removeDeadLetters } from '../../../src/ledger/dead-letters.ts';
import {
  activityReference,
  areFastTracksDone,
  finishFastTrack,
  ruleReference,
  startFastTrack,
} from '../../../src/ledger/fast-tracks.ts';
import {
  initCursor,
  initProgress,
  readCursor,
  readProgress,
  saveCursor,
  saveProgress,
} from '../../../src/ledger/progress.ts';
import { areSeen, markSeen } from '../../../src/ledger/seen.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { keysLike } from '../../support/redis-keys.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');
const elsewhere = createSpace(redis.client(), 'test', 'salesforce');

describe('cursors', () => {
  test('a cursor is where it was left', async () => {
    expect(await readCursor(space, 'leads', MONDAY)).toBeUndefined();
    await saveCursor(space, 'leads', MONDAY - HOUR);
    expect(await readCursor(space, 'leads', MONDAY)).toBe(MONDAY - HOUR);
    expect(await readCursor(space, 'page-view', MONDAY)).toBeUndefined();
    expect(await readCursor(elsewhere, 'leads', MONDAY)).toBeUndefined();
  });

  test('a cursor in 2099 counts as none, clocks a few seconds apart are borne with', async () => {
    await saveCursor(space, 'leads', Date.UTC(2099, 0));
    expect(await readCursor(space, 'leads', MONDAY)).toBeUndefined();
    await saveCursor(space, 'leads', MONDAY + MINUTE);
    expect(await readCursor(space, 'leads', MONDAY)).toBe(MONDAY + MINUTE);
  });

  test('a cursor is begun only where there is none, not even one in the future', async () => {
    await initCursor(space, 'leads', MONDAY);
    await initCursor(space, 'leads', MONDAY + 1);
    expect(await readCursor(space, 'leads', MONDAY)).toBe(MONDAY);
    await saveCursor(space, 'leads', Date.UTC(2099, 0));
    await initCursor(space, 'leads', MONDAY);
    expect(await readCursor(space, 'leads', MONDAY)).toBeUndefined();
  });

  test('a cursor that is no number counts as none', async () => {
    await space.redis.hset(space.key('cursors'), 'leads', 'yesterday');
    expect(await readCursor(space, 'leads', MONDAY)).toBeUndefined();
  });
});

describe('progress', () => {
  test('the first baseline stands, whoever comes later', async () => {
    expect(await initProgress(space, 'baseline', '1')).toBe('1');
    expect(await initProgress(space, 'baseline', '2')).toBe('1');
    expect(await readProgress(space, 'baseline')).toBe('1');
  });

  test('what is saved as undefined is gone', async () => {
    await saveProgress(space, 'paused', 'the token was revoked');
    await saveProgress(space, 'paused', undefined);
    expect(await readProgress(space, 'paused')).toBeUndefined();
  });
});

describe('dead letters', () => {
  test('they come oldest first, one for each record with its latest reason', async () => {
    await addDeadLetter(space, { id: '2', reason: 'first', at: MONDAY });
    await addDeadLetter(space, { id: '1', reason: 'read-only', at: MONDAY + 1 });
    await addDeadLetter(space, { id: '2', reason: 'second', at: MONDAY + 2 });
    expect(await listDeadLetters(space)).toEqual([
      { id: '1', reason: 'read-only', at: MONDAY + 1 },
      { id: '2', reason: 'second', at: MONDAY + 2 },
    ]);
    await removeDeadLetters(space, ['1', '3']);
    expect((await listDeadLetters(space)).map(({ id }) => id)).toEqual(['2']);
    await removeDeadLetters(space, []);
  });
});

describe('fast tracks', () => {
  const demo: Activity = { id: 'submission-1', type: 'form-submission', at: MONDAY, name: 'demo-request' };

  test('a claim goes from new over started to done, and stays there', async () => {
    expect(await startFastTrack(space, activityReference(demo), DAY)).toBe('new');
    expect(await areFastTracksDone(space, [activityReference(demo)])).toEqual([false]);
    expect(await startFastTrack(space, activityReference(demo), DAY)).toBe('started');
    await finishFastTrack(space, activityReference(demo), DAY);
    expect(await areFastTracksDone(space, [demo, { ...demo, id: 'submission-2' }].map(activityReference))).toEqual([
      true,
      false,
    ]);
    expect(await startFastTrack(space, activityReference(demo), DAY)).toBe('done');
  });

  test('of many who start at once, one is told that it is new', async () => {
    const states = await Promise.all(
      Array.from({ length: 8 }, () => startFastTrack(space, activityReference(demo), DAY)),
    );
    expect(states.filter((state) => state === 'new')).toEqual(['new']);
  });

  test('it is the same activity whatever else is known of it, and another of another kind', () => {
    expect(activityReference({ ...demo, at: 0, name: undefined })).toBe(activityReference(demo));
    expect(activityReference({ ...demo, type: 'meeting' })).not.toBe(activityReference(demo));
    expect(activityReference(demo)).toMatch(/^[0-9a-f]{12}$/);
    expect(ruleReference('c0ffee', '1')).toMatch(/^[0-9a-f]{12}$/);
    expect(ruleReference('c0ffee', '1')).not.toBe(ruleReference('c0ffee', '2'));
  });
});

describe('seen observations', () => {
  test('what is marked as seen is seen, in its own connection, for as long as it was asked', async () => {
    await markSeen(space, ['form 1', 'form 2'], HOUR);
    expect(await areSeen(space, ['form 1', 'form 3', 'form 2'])).toEqual([true, false, true]);
    expect(await areSeen(elsewhere, ['form 1'])).toEqual([false]);
    for (const key of await keysLike(space.redis, '*')) expect(await space.redis.pttl(key)).toBeLessThanOrEqual(HOUR);
  });
});
