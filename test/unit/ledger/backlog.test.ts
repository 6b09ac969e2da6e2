import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/base/clock.ts';
import { readBacklog } from '../../../src/ledger/backlog.ts';
import { LEASE, markDirty, takeDirty } from '../../../src/ledger/dirty.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { MONDAY } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const space = createSpace(redis.client(), 'test', 'hubspot');

test('what waits and what is held are told apart, and how long the first waits', async () => {
  expect(await readBacklog(space, MONDAY)).toEqual({ waiting: 0, held: 0 });
  await markDirty(space, ['1', '2'], MONDAY);
  await markDirty(space, ['3'], MONDAY + MINUTE);
  expect(await readBacklog(space, MONDAY + MINUTE)).toEqual({ waiting: 3, waitingSince: MONDAY, held: 0 });

  await takeDirty(space, 1, MONDAY + MINUTE);
  await takeDirty(space, 1, MONDAY + MINUTE + 10 * SECOND);
  const now = MONDAY + MINUTE + 20 * SECOND;
  expect(await readBacklog(space, now)).toEqual({
    waiting: 1,
    waitingSince: MONDAY + MINUTE,
    held: 2,
  });
  // Nothing was taken by looking, and whoever overstays gives it back.
  expect(await readBacklog(space, now + LEASE)).toMatchObject({ waiting: 3, held: 0 });
  expect(await takeDirty(space, 10, now + LEASE)).toHaveLength(3);
});
