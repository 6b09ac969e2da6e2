import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../src/base/clock.ts';
import { noteError, readErrors } from '../../../src/ledger/last-errors.ts';
import { noteDone, noteWorker, readRuns } from '../../../src/ledger/last-runs.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');
const elsewhere = createSpace(redis.client(), 'test', 'salesforce');

describe('why jobs failed', () => {
  test('is kept with the first time since the job last succeeded, and the last', async () => {
    await noteError(space, { job: 'pull-leads', at: MONDAY, message: 'HubSpot does not answer' });
    await noteError(space, { job: 'pull-leads', at: MONDAY + HOUR, message: 'the token was revoked (401)' });
    expect(await readErrors(space)).toEqual([
      { job: 'pull-leads', since: MONDAY, at: MONDAY + HOUR, message: 'the token was revoked (401)' },
    ]);
    await noteDone(space, 'pull-leads', MONDAY + 2 * HOUR);
    expect(await readErrors(space)).toEqual([]);
    await noteError(space, { job: 'pull-leads', at: MONDAY + 3 * HOUR, message: 'HubSpot does not answer' });
    expect(await readErrors(space)).toMatchObject([{ since: MONDAY + 3 * HOUR }]);
  });

  test('is of each job by itself, the last first, and of no other connection', async () => {
    for (const [index, job] of ['score', 'pull-leads', 'sweep'].entries())
      await noteError(space, { job, at: MONDAY + index * MINUTE, message: job });
    await noteDone(space, 'pull-leads', MONDAY + HOUR);
    expect((await readErrors(space)).map(({ job }) => job)).toEqual(['sweep', 'score']);
    expect(await readErrors(elsewhere)).toEqual([]);
  });

  test('may be no words at all', async () => {
    await noteError(space, { job: 'score', at: MONDAY, message: '' });
    expect(await readErrors(space)).toEqual([{ job: 'score', since: MONDAY, at: MONDAY, message: '' }]);
  });
});

test('when a worker was there and when its jobs ended well are told apart', async () => {
  expect(await readRuns(space)).toEqual({ doneAt: new Map() });
  await noteWorker(space, MONDAY);
  await noteDone(space, 'worker', MONDAY - SECOND);
  await noteWorker(space, MONDAY + MINUTE);
  expect(await readRuns(space)).toEqual({
    workerSeenAt: MONDAY + MINUTE,
    doneAt: new Map([['worker', MONDAY - SECOND]]),
  });
});
