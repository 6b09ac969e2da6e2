import { expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import type { Log } from '../../src/base/log.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { addProspect, asksForDemo, stageOf, tasksOf } from '../support/people.ts';
import { createTestClock, daysAhead } from '../support/test-clock.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';
import { startWorldWorkers } from '../support/world-workers.ts';

const redis = await startTestRedis();

const DAILY = 1_120;
const RESERVE = 1_000;
/** In Tokyo, where it is nine hours later all year, the day ends at this hour in UTC. */
const MIDNIGHT = 15 * HOUR;
const ORDINARY = ['pull-leads', 'pull-activities', 'score'];

it("once the account's calls of the day are spent, ordinary work rests until its midnight and fast tracks go on", async () => {
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const log: Log = { debug() {}, info: say, warn: say, error: say };
  const today = daysAhead();
  const clock = createTestClock({ start: today + MIDNIGHT - 6 * HOUR });
  const world = await openTestWorld(redis, { clock, log, timeZone: 'Asia/Tokyo', limits: { daily: DAILY } });
  const { sandbox } = world;
  const [ada, bob] = [addProspect(world, 'ada'), addProspect(world, 'bob')];
  await world.backfill();
  const workers = startWorldWorkers(redis, world);
  while ((await workers.waiting()).length === 0) {
    await clock.advance(MINUTE);
    await workers.run(...ORDINARY);
  }

  // Before the reserve, or past it by what was under way when the answer came.
  const left = DAILY - sandbox.limits.usedToday;
  expect(left).toBeLessThanOrEqual(RESERVE);
  expect(left).toBeGreaterThan(RESERVE - 20);

  sandbox.people.update(bob.contact.id, { jobtitle: 'CEO' });
  while (clock.now() < today + MIDNIGHT - 30 * MINUTE) {
    await clock.advance(15 * MINUTE);
    await workers.run(...ORDINARY);
    await workers.runDue();
    for (const { attempts, at } of await workers.waiting()) {
      expect(attempts).toBe(0);
      expect(at - clock.now()).toBeLessThanOrEqual(15 * MINUTE);
    }
  }
  // In five hours, one look every quarter of an hour at most.
  // Every quarter of an hour one call finds out whether the day is over, and a search may come before it.
  expect(left - (DAILY - sandbox.limits.usedToday)).toBeLessThanOrEqual(2 * 4 * 6);
  expect(said.filter((line) => line.includes('spent'))).toEqual([expect.stringContaining('until midnight')]);

  asksForDemo(world, ada.email);
  await clock.advance(SECOND);
  await workers.run('hot-poll');
  expect(tasksOf(world, ada.contact)).toHaveLength(1);
  expect(stageOf(world, ada.contact)).toBe('marketingqualifiedlead');
  expect(world.text(bob.contact, 'leadgauge_reasons')).not.toContain('Executive');

  // From here on only what waits for its time does anything.
  while (clock.now() < today + MIDNIGHT + 15 * MINUTE) {
    await clock.advance(MINUTE);
    await workers.runDue();
  }
  expect(world.text(bob.contact, 'leadgauge_reasons')).toContain('Executive');
  expect(await workers.waiting()).toEqual([]);
  expect(await countDirty(world.connection.space)).toBe(0);
  expect(said.filter((line) => /it goes on|failed/.test(line))).toEqual([expect.stringContaining('it goes on')]);
  expect(sandbox.requests.count({ status: 429 })).toBe(0);
  await workers.close();
  expect(await world.wrong()).toEqual([]);
}, 60_000);
