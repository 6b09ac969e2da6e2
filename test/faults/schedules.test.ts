import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/clock.ts';
import { createTestClock, daysAhead } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';
import { startWorldWorkers } from '../support/world-workers.ts';

const redis = await startTestRedis();

it('three replicas that register the schedules again and again poll once a period', async () => {
  const clock = createTestClock({ start: daysAhead() });
  const world = await openTestWorld(redis, { clock, leads: 5 });
  await world.backfill();
  const replicas = [1, 2, 3].map(() => startWorldWorkers(redis, world));
  const [first] = replicas;
  const searches = () => world.sandbox.requests.count({ path: '/crm/objects/{version}/contacts/search' });
  const register = () => Promise.all(replicas.map((replica) => replica.schedule('pull-leads', HOUR)));
  await register();
  for (let period = 0; period < 3; period += 1) {
    const before = searches();
    await clock.advance(MINUTE);
    await register();
    await first?.runDue();
    expect(searches() - before).toBe(1);
  }
});
