import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { saveCursor } from '../../src/ledger/progress.ts';
import { LEADS_CURSOR } from '../../src/sync/baseline.ts';
import { noteLog } from '../support/noted-log.ts';
import { addOrgProspect, showOrgInterest } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { addProspect, asksForDemo, showInterest, tasksOf } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();

const SKEWS = [
  ['ahead of', 90 * SECOND],
  ['behind', -90 * SECOND],
] as const;

it.each(SKEWS)("nothing is lost where the CRM's clock is %s ours by a minute and a half", async (_, skew) => {
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

it.each(SKEWS)('nothing is lost where the clock of Salesforce is %s ours by a minute and a half', async (_, skew) => {
  const world = await openOrgWorld(redis, { leads: 30, skew });
  const { people, org } = world.sandbox;
  const [ada, bob] = [addOrgProspect(world, 'ada'), addOrgProspect(world, 'bob')];
  await world.backfill();
  await world.clock.advance(5 * MINUTE);
  const leads = org
    .type('Lead')
    .live()
    .filter((lead) => !lead.flag('IsConverted'));
  for (const [index, { id }] of leads.entries()) {
    people.change(id, { Title: `Director ${index}`, Company: `Company ${index}` });
    await world.clock.advance(7 * SECOND);
    if (index === 4) showOrgInterest(world, ada.id);
    if (index === 8) people.respond('Request a demo', bob.id);
    if (index % 3 === 0) await world.sync();
  }
  for (let poll = 0; poll < 3; poll += 1) {
    await world.clock.advance(2 * MINUTE);
    await world.hotPoll();
    await world.sync();
  }
  expect(leads.length).toBeGreaterThan(10);
  expect(await world.wrong()).toEqual([]);
  expect(world.tasks(bob.id)).toHaveLength(1);
  expect(await countDirty(world.connection.space)).toBe(0);
});

it('with Salesforce the polls go on from the first backfill when a wrong clock left their cursors in 2099, and say so', async () => {
  const log = noteLog();
  const world = await openOrgWorld(redis, { log });
  const { id } = addOrgProspect(world);
  await world.backfill();
  const { space, crm } = world.connection;
  for (const name of [LEADS_CURSOR, 'due', ...crm.streams.map((stream) => stream.name)])
    await saveCursor(space, name, Date.UTC(2099));
  await world.clock.advance(HOUR);
  showOrgInterest(world, id);
  world.sandbox.people.change(id, { Title: 'CEO' });
  await world.clock.advance(20 * DAY);
  world.sandbox.people.respond('Request a demo', id);
  await world.hotPoll();
  await world.sync();
  expect(await world.wrong()).toEqual([]);
  expect(world.tasks(id)).toHaveLength(1);
  expect(log.lines.filter((line) => line.startsWith('warn')).join()).toContain('lies in the future');
});
