import { expect, it } from 'vitest';
import { HOUR } from '../../src/base/clock.ts';
import { listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { markDirty } from '../../src/ledger/dirty.ts';
import { retryLeads } from '../../src/sync/retry-leads.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { addProspect, asksForDemo, tasksOf } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();
const TASKS = '/crm/objects/2026-09/tasks';

it.each([
  ['under a new id', { mergeKeepsId: false, isTold: false }],
  ['under the id of one of them', { mergeKeepsId: true, isTold: false }],
  ['and the one that is gone is looked for first', { mergeKeepsId: true, isTold: true }],
])('a task that HubSpot refused is owed to whom a merge leaves, %s', async (_, { mergeKeepsId, isTold }) => {
  const world = await openTestWorld(redis, { mergeKeepsId });
  const { sandbox, connection, clock } = world;
  const [ada, twin] = [addProspect(world, 'ada'), addProspect(world, 'twin')];
  await world.backfill();
  const heal = sandbox.faults.add({ method: 'POST', path: TASKS, status: 400 });
  asksForDemo(world, twin.email);
  await world.hotPoll();
  const letters = await listDeadLetters(connection.space);
  expect(letters).toMatchObject([{ id: twin.contact.id, reason: expect.stringContaining('its task is missing') }]);

  await clock.advance(HOUR);
  const left = sandbox.people.merge(ada.contact.id, twin.contact.id);
  if (isTold) await markDirty(connection.space, [twin.contact.id], clock.now());
  for (let turn = 0; turn < 2; turn += 1) await world.sync();
  expect(await listDeadLetters(connection.space)).toMatchObject([{ id: left.id, reason: letters[0]?.reason }]);
  expect(tasksOf(world, left)).toEqual([]);
  heal();
  for (let retry = 0; retry < 2; retry += 1) {
    await retryLeads(connection, [left.id]);
    await world.score();
  }
  expect(tasksOf(world, left)).toHaveLength(1);
  expect(await listDeadLetters(connection.space)).toEqual([]);
});

it.each(['merged into another', 'converted'])('so is one that Salesforce refused to a lead that is %s', async (how) => {
  const world = await openOrgWorld(redis);
  const { connection, clock, sandbox } = world;
  const { org, people } = sandbox;
  const [ada, twin] = [addOrgProspect(world, 'ada'), addOrgProspect(world, 'twin')];
  await world.backfill();
  await clock.advance(HOUR);
  org.validationRules = [{ type: 'Task', message: 'not now', refuses: () => true }];
  people.respond('Request a demo', twin.id);
  await world.hotPoll();
  const letters = await listDeadLetters(connection.space);
  expect(letters).toMatchObject([{ id: twin.id, reason: expect.stringContaining('its task is missing') }]);

  await clock.advance(HOUR);
  const left = how === 'converted' ? people.convert(twin.id).contact : people.merge(ada.id, twin.id);
  for (let turn = 0; turn < 2; turn += 1) await world.sync();
  expect(await listDeadLetters(connection.space)).toMatchObject([{ id: left.id, reason: letters[0]?.reason }]);
  org.validationRules = [];
  for (let retry = 0; retry < 2; retry += 1) {
    await retryLeads(connection, [left.id]);
    await world.score();
  }
  const subjects = world.tasks(left.id).map((task) => task.text('Subject'));
  expect(subjects.filter((subject) => subject?.includes('Demo request'))).toHaveLength(1);
  expect(await listDeadLetters(connection.space)).toEqual([]);
});

it('while its lead is deleted a missing task is no dead letter, and one again once that is restored', async () => {
  const world = await openTestWorld(redis);
  const { sandbox, connection, clock } = world;
  const { contact, email } = addProspect(world);
  await world.backfill();
  sandbox.faults.add({ method: 'POST', path: TASKS, status: 400 });
  asksForDemo(world, email);
  await world.hotPoll();
  const letters = async () => (await listDeadLetters(connection.space)).map(({ reason }) => reason);
  const before = await letters();
  expect(before).toHaveLength(1);
  const look = async () => {
    await markDirty(connection.space, [contact.id], clock.now());
    await world.sync();
  };
  sandbox.people.remove(contact.id);
  await look();
  expect(await letters()).toEqual([]);
  sandbox.people.restore(contact.id);
  await look();
  expect(await letters()).toEqual(before);
});
