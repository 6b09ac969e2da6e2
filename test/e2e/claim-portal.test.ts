import { expect, it } from 'vitest';
import { SECOND } from '../../src/base/clock.ts';
import { claimPortal } from '../../src/sync/claim-portal.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();
const ACCOUNT = '/account-info/2026-09/details';

it('what is known of one portal is not used for another: the token of another is refused, and its own goes on', async () => {
  const world = await openTestWorld(redis, { seed: 1 });
  const other = await openTestWorld(redis, { seed: 2 });
  await claimPortal(world.connection);
  const [own, theirs] = [world, other].map(({ sandbox }) => sandbox.portal.settings.portalId);
  await expect(claimPortal(other.connection)).rejects.toThrow(
    `what leadgauge knows of the portal ${own}, and the token is for the portal ${theirs}`,
  );
  await claimPortal(world.connection);
});

it('where HubSpot does not tell whose portal it is, work goes on', async () => {
  const world = await openTestWorld(redis);
  world.sandbox.faults.add({ path: ACCOUNT, status: 503, headers: { 'retry-after': String(5 * SECOND) } });
  await claimPortal(world.connection);
  expect(world.sandbox.requests.count({ path: '/account-info/{version}/details' })).toBe(1);
});
