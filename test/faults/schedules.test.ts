import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { openProcessPortal } from '../support/process-portal.ts';
import { copyConfig } from '../support/run-cli.ts';
import { createTestClock, daysAhead } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';
import { startWorldWorkers } from '../support/world-workers.ts';

const redis = await startTestRedis();
const SEARCH = '/crm/objects/{version}/contacts/search';

it('three replicas that register the schedules again and again poll once a period', async () => {
  const clock = createTestClock({ start: daysAhead() });
  const world = await openTestWorld(redis, { clock, leads: 5 });
  await world.backfill();
  const replicas = [1, 2, 3].map(() => startWorldWorkers(redis, world));
  const [first] = replicas;
  const searches = () => world.sandbox.requests.count({ path: SEARCH });
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

it('three worker processes, of which one ends and starts again, poll no more than once a period', async () => {
  const period = 5 * SECOND;
  const config = copyConfig();
  const file = join(config, 'schedules.yaml');
  const often = readFileSync(file, 'utf8').replace(/^pull_leads: .*$/m, `pull_leads: { every: ${period / SECOND}s }`);
  writeFileSync(file, often);
  const portal = await openProcessPortal(redis, { leads: 5 });
  const start = () => portal.runWith({ LEADGAUGE_CONFIG: config }, 'start', 'worker');
  const workers = [start(), start(), start()];
  const searches = () => portal.sandbox.requests.count({ path: SEARCH });
  await portal.settled();
  await portal.until(() => searches() > 0);
  const [began, before] = [performance.now(), searches()];
  workers[0]?.child.kill('SIGTERM');
  expect(await workers[0]?.code).toBe(0);
  workers.push(start());
  await portal.until(() => searches() - before >= 5);
  const periods = (performance.now() - began) / period;
  // A tick that came late may be close to the next one.
  expect(searches() - before).toBeLessThanOrEqual(Math.ceil(periods) + 1);
  for (const { child } of workers) child.kill('SIGTERM');
  expect(await Promise.all(workers.map(({ code }) => code))).toEqual([0, 0, 0, 0]);
}, 180_000);
