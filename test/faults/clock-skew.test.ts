import { expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/clock.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { addProspect, asksForDemo, showInterest, tasksOf } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();

it.each([
  ['ahead of', 90 * SECOND],
  ['behind', -90 * SECOND],
])("nothing is lost where the CRM's clock is %s ours by a minute and a half", async (_, skew) => {
  const world = await openTestWorld(redis, { leads: 30, skew });
  const [ada, bob] = [addProspect(world, 'ada'), addProspect(world, 'bob')];
  await world.backfill();
  await world.clock.advance(5 * MINUTE);
  for (const [index, { id }] of world.sandbox.portal.contacts.all.slice(0, 30).entries()) {
    world.sandbox.people.update(id, { jobtitle: `Director ${index}`, company: `Company ${index}` });
    await world.clock.advance(7 * SECOND);
    if (index === 10) showInterest(world, ada);
    if (index === 20) asksForDemo(world, bob.email);
    if (index % 3 === 0) await world.sync();
  }
  for (let poll = 0; poll < 3; poll += 1) {
    await world.clock.advance(2 * MINUTE);
    await world.sync();
  }
  expect(await world.wrong()).toEqual([]);
  expect(tasksOf(world, bob.contact)).toHaveLength(1);
  expect(await countDirty(world.connection.space)).toBe(0);
});
