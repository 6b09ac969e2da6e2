import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { claim } from '../../src/ledger/dirty.ts';
import { countWaiting, takeNotice } from '../../src/ledger/outbox.ts';
import { createSlack } from '../../src/notices/slack.ts';
import { hubspotOf } from '../../src/settings/config.ts';
import { backfill } from '../../src/sync/backfill.ts';
import { hotStreams, pullStreams } from '../../src/sync/pull-streams.ts';
import { scoreDirty } from '../../src/sync/score-dirty.ts';
import { sweep } from '../../src/sync/sweep.ts';
import { acceptHubspot } from '../../src/webhooks/accept-hubspot.ts';
import { openBothWorlds } from '../support/both-worlds.ts';
import { listConfig } from '../support/list-config.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { addProspect, asksForDemo, showInterest } from '../support/people.ts';
import { contentsOf } from '../support/receiver-bench.ts';
import { keysLike } from '../support/redis-keys.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld } from '../support/world.ts';

const redis = await startTestRedis();
const LIST = 'Newsletter readers';

/** The config of this repository with a list whose membership counts, and one owner who gets every lead without one. */
function configOf(owner: string) {
  const config = listConfig();
  const { value } = hubspotOf(config);
  const tasks = { ...value.tasks, owners: [owner] };
  return { ...config, hubspot: { ...hubspotOf(config), value: { ...value, tasks } } };
}

test('a privacy deletion leaves no word of a lead that was on a list, got an owner and asked for a demo', async () => {
  const portal = await openTestWorld(redis);
  const { people } = portal.sandbox;
  people.createList({ name: LIST });
  const [owner] = portal.sandbox.portal.owners.all;
  const world = await openTestWorld(redis, { joins: portal, config: configOf(owner?.email ?? '') });
  const { connection, clock } = world;
  const person = addProspect(world);
  const { id } = person.contact;
  people.addToList(LIST, [id]);
  await world.backfill();
  await clock.advance(HOUR);
  showInterest(world, person);
  asksForDemo(world, person.email);
  await world.sync();
  expect(world.text(person.contact, 'hubspot_owner_id')).toBe(owner?.id);

  people.eraseForPrivacy(id);
  const event = { portalId: 1, occurredAt: clock.now(), objectId: Number(id), eventId: 1 };
  await acceptHubspot(connection, [{ ...event, subscriptionType: 'contact.privacyDeletion' }]);
  await world.score();
  // That it is gone for good is certain after a day.
  for (let night = 0; night < 2; night += 1) {
    await clock.advance(DAY);
    await sweep(connection);
  }
  const contents = Object.entries(await contentsOf(redis.client()));
  const isNamed = new RegExp(`(?<!\\d)${id}(?!\\d)|person-`);
  const left = contents.filter((entry) => isNamed.test(JSON.stringify(entry))).map(([key]) => key);
  // Its number alone stays: with the event until nobody sends that again, and where it was due until that time comes.
  expect(left.filter((key) => !/:(?:event|due):/.test(key))).toEqual([]);
});

test('a privacy deletion takes back what sales were still to be told of the lead, and of no other', async () => {
  const world = await openTestWorld(redis);
  const { connection, clock } = world;
  const [ada, bob] = [addProspect(world), addProspect(world, 'bob')];
  const told = { ...connection, channels: [createSlack({ url: 'http://127.0.0.1:9/', clock })] };
  await backfill(told, { promote: false });
  await clock.advance(HOUR);
  for (const { email } of [ada, bob]) asksForDemo(world, email);
  await clock.advance(MINUTE);
  await pullStreams(told, hotStreams(told), { urgent: true });
  await scoreDirty(told);
  expect(await countWaiting(connection.space)).toBe(2);
  const { id } = ada.contact;
  world.sandbox.people.eraseForPrivacy(id);
  const event = { portalId: 1, occurredAt: clock.now(), objectId: Number(id), eventId: 1 };
  await acceptHubspot(connection, [{ ...event, subscriptionType: 'contact.privacyDeletion' }]);
  expect(await countWaiting(connection.space)).toBe(1);
  expect((await takeNotice(connection.space, clock.now()))?.notice.leadId).toBe(bob.contact.id);
});

test('a privacy deletion erases what the person did under an address that they have no longer', async () => {
  const world = await openTestWorld(redis);
  const person = addProspect(world);
  const { id } = person.contact;
  await world.backfill();
  await world.clock.advance(HOUR);
  showInterest(world, person);
  await world.sync();
  world.sandbox.people.update(id, { email: 'ada@next-job.example' });
  await world.sync();
  expect(await keysLike(redis.client(), '*person-*')).toHaveLength(1);
  world.sandbox.people.eraseForPrivacy(id);
  const event = { portalId: 1, occurredAt: world.clock.now(), objectId: Number(id), eventId: 1 };
  await acceptHubspot(world.connection, [{ ...event, subscriptionType: 'contact.privacyDeletion' }]);
  expect(await keysLike(redis.client(), '*ledger*')).toEqual([]);
});

test('a privacy deletion erases a form that came in a moment before, whose sender nobody had scored since', async () => {
  const world = await openTestWorld(redis);
  const { contact, email } = addProspect(world);
  await world.backfill();
  await world.clock.advance(HOUR);
  world.sandbox.people.submitForm('ebook', { email });
  // Somebody else has the contact just now.
  await claim(world.connection.space, [contact.id], world.clock.now());
  await world.poll();
  expect(await keysLike(redis.client(), '*person-*:ledger')).toHaveLength(1);
  world.sandbox.people.eraseForPrivacy(contact.id);
  const event = { portalId: 1, occurredAt: world.clock.now(), objectId: Number(contact.id), eventId: 1 };
  await acceptHubspot(world.connection, [{ ...event, subscriptionType: 'contact.privacyDeletion' }]);
  expect(await keysLike(redis.client(), '*ledger*')).toEqual([]);
});

test('a privacy deletion leaves no key of a person whom two CRMs knew, once neither has them any more', async () => {
  const both = await openBothWorlds(redis);
  const person = addProspect(both.hubspot);
  const { id } = person.contact;
  const lead = addOrgProspect(both.salesforce);
  expect(lead.email).toBe(person.email);
  await both.backfill();
  await both.clock.advance(HOUR);
  showInterest(both.hubspot, person);
  both.salesforce.sandbox.people.logCall(lead.id);
  await both.sync();
  both.salesforce.sandbox.people.remove(lead.id);
  await both.sync();
  // The contact is still of that person.
  expect(await keysLike(redis.client(), '*person-*:records')).toHaveLength(1);
  both.hubspot.sandbox.people.eraseForPrivacy(id);
  const event = { portalId: 1, occurredAt: both.clock.now(), objectId: Number(id), eventId: 1 };
  await acceptHubspot(both.hubspot.connection, [{ ...event, subscriptionType: 'contact.privacyDeletion' }]);
  await both.sync();
  expect(await keysLike(redis.client(), '*person-*')).toEqual([]);
});
