import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/base/clock.ts';
import { countDirty, markDirty } from '../../src/ledger/dirty.ts';
import { saveCursor, saveProgress } from '../../src/ledger/progress.ts';
import type { WebhookMode } from '../../src/sandbox/webhooks/webhook-sender.ts';
import { LEADS_CURSOR } from '../../src/sync/baseline.ts';
import { acceptHubspot } from '../../src/webhooks/accept-hubspot.ts';
import { addProspect, asksForDemo, showInterest, stateOf, tasksOf } from '../support/people.ts';
import { keysLike } from '../support/redis-keys.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();
const UPDATE = '/crm/objects/2026-09/contacts/batch/update';

describe('the polls', () => {
  it('lose no change at the borders of their windows, whenever it comes', async () => {
    const world = await openTestWorld(redis, { leads: 40 });
    await world.backfill();
    const contacts = world.sandbox.portal.contacts.all;
    for (const [index, contact] of contacts.entries()) {
      world.sandbox.people.update(contact.id, { jobtitle: `Director ${index}`, company: `Company ${index}` });
      await world.clock.advance(index % 3 === 0 ? 1 : 700 * index);
      if (index % 4 === 0) await world.poll();
    }
    await world.sync();
    expect(await world.wrong()).toEqual([]);
    expect(await countDirty(world.connection.space)).toBe(0);
  });

  it('find a change that search learns of a minute late', async () => {
    const world = await openTestWorld(redis, { leads: 5 });
    await world.backfill();
    const [contact] = world.sandbox.portal.contacts.all;
    world.sandbox.portal.index.delay = MINUTE;
    world.sandbox.people.update(contact?.id ?? '', { jobtitle: 'CEO', email: 'changed@acme.example' });
    for (let poll = 0; poll < 8; poll += 1) await world.sync();
    expect(await world.wrong()).toEqual([]);
  });

  it('find all of 1,200 leads that share one timestamp', async () => {
    const world = await openTestWorld(redis);
    await world.backfill();
    const { people, portal } = world.sandbox;
    for (let count = 0; count < 1_200; count += 1) people.createContact({ jobtitle: 'CEO' });
    await world.poll();
    expect(await countDirty(world.connection.space)).toBe(portal.contacts.all.length);
  });

  it('read nothing again for what we wrote ourselves', async () => {
    const world = await openTestWorld(redis);
    const person = addProspect(world);
    await world.backfill();
    showInterest(world, person);
    await world.sync();
    const before = { ...world.calls };
    for (let poll = 0; poll < 4; poll += 1) await world.sync();
    expect(world.calls).toMatchObject({ read: before.read, write: before.write });
  });

  it('correct what somebody changed between our read and our write', async () => {
    const world = await openTestWorld(redis);
    const { contact } = addProspect(world);
    await world.backfill();
    world.sandbox.people.update(contact.id, { jobtitle: 'CEO' });
    await world.poll();
    const { record } = writesOnce(world, () => world.sandbox.people.update(contact.id, { jobtitle: 'Student' }));
    await record;
    expect(world.text(contact, 'leadgauge_reasons')).toContain('Executive');
    await world.sync();
    expect(world.text(contact, 'leadgauge_reasons')).not.toContain('Executive');
    expect(await world.wrong()).toEqual([]);
  });

  it('keep what both did when leads are merged, and forget the old ones', async () => {
    const world = await openTestWorld(redis);
    const [one, other] = [addProspect(world, 'one'), addProspect(world, 'other')];
    await world.backfill();
    world.sandbox.people.visit(one.contact.id, '/pricing');
    world.sandbox.people.submitForm('ebook', { email: other.email });
    await world.sync();
    const merged = world.sandbox.people.merge(one.contact.id, other.contact.id);
    await world.sync();
    await world.sync();
    expect(world.text(merged, 'leadgauge_reasons')).toContain('Pricing page');
    expect(world.text(merged, 'leadgauge_reasons')).toContain('E-book');
    expect(await world.wrong()).toEqual([]);
    expect(await countDirty(world.connection.space)).toBe(0);
  });

  it('let go of a lead that was deleted before it could be read or written', async () => {
    const world = await openTestWorld(redis);
    const people = ['ada', 'bob', 'cyd'].map((name) => addProspect(world, name));
    await world.backfill();
    for (const { contact } of people) world.sandbox.people.update(contact.id, { jobtitle: 'CEO' });
    await world.poll();
    world.sandbox.people.remove(people[0]?.contact.id ?? '');
    const { record } = writesOnce(world, () => world.sandbox.people.remove(people[1]?.contact.id ?? ''));
    expect(await record).toMatchObject({ gone: 2, written: 1, failed: 0, left: 0 });
    expect(await countDirty(world.connection.space)).toBe(0);
  });

  it('score a lead anew whose address changed', async () => {
    const world = await openTestWorld(redis);
    const { contact } = addProspect(world);
    await world.backfill();
    world.sandbox.people.update(contact.id, { email: 'ada@gmail.com' });
    await world.sync();
    expect(world.text(contact, 'leadgauge_flags')).toBe('personal-email');
    expect(await world.wrong()).toEqual([]);
  });

  it('put right what somebody typed over our results', async () => {
    const world = await openTestWorld(redis);
    const { contact } = addProspect(world);
    await world.backfill();
    const score = world.number(contact, 'leadgauge_score');
    await world.clock.advance(SECOND);
    world.sandbox.people.update(contact.id, { leadgauge_score: 99, leadgauge_scored_at: undefined });
    await world.sync();
    expect(world.number(contact, 'leadgauge_score')).toBe(score);
    expect(world.number(contact, 'leadgauge_scored_at')).toBeGreaterThan(0);
  });

  it('go on from the first backfill when a wrong clock left their cursors in 2099, and say so', async () => {
    const warnings: string[] = [];
    const log = { debug() {}, info() {}, error() {}, warn: (message: string) => void warnings.push(message) };
    const world = await openTestWorld(redis, { log });
    const person = addProspect(world);
    await world.backfill();
    const future = Date.UTC(2099);
    const { space, crm } = world.connection;
    for (const name of [LEADS_CURSOR, 'due', ...crm.streams.map((stream) => stream.name)]) {
      await saveCursor(space, name, future);
    }
    await world.clock.advance(HOUR);
    showInterest(world, person);
    world.sandbox.people.update(person.contact.id, { jobtitle: 'CEO' });
    await world.clock.advance(20 * DAY);
    asksForDemo(world, person.email);
    await world.hotPoll();
    await world.sync();
    expect(await world.wrong()).toEqual([]);
    expect(tasksOf(world, person.contact)).toHaveLength(1);
    expect(warnings.join()).toContain('lies in the future');
  });

  it('alert sales again after a wrong clock put the first backfill in 2099', async () => {
    const world = await openTestWorld(redis);
    const { contact, email } = addProspect(world);
    await world.backfill();
    await saveProgress(world.connection.space, 'baseline', String(Date.UTC(2099)));
    await world.hotPoll();
    await world.clock.advance(SECOND);
    asksForDemo(world, email);
    await world.hotPoll();
    expect(tasksOf(world, contact)).toHaveLength(1);
  });

  it('say nothing of cursors on a fresh start', async () => {
    const warnings: string[] = [];
    const log = { debug() {}, info() {}, error() {}, warn: (message: string) => void warnings.push(message) };
    const world = await openTestWorld(redis, { leads: 5, log });
    // The worker's jobs do not wait for its backfill.
    await world.score();
    await world.sync();
    await world.backfill();
    await world.sync();
    expect(warnings).toEqual([]);
    expect(await world.wrong()).toEqual([]);
  });

  it('correct a score that a write brought back which had outlived its lease', async () => {
    const world = await openTestWorld(redis);
    const other = await openTestWorld(redis, { joins: world });
    const person = addProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    world.sandbox.people.update(person.contact.id, { jobtitle: 'CEO' });
    await world.poll();
    world.sandbox.faults.add({ method: 'POST', path: UPDATE, status: 503, headers: { 'Retry-After': '59' }, times: 1 });
    const { clock } = world;
    const { sleep } = clock;
    let outlived = false;
    clock.sleep = async (ms, signal) => {
      await sleep(ms, signal);
      if (ms !== 59_000 || outlived) return;
      outlived = true;
      await clock.advance(2 * SECOND);
      showInterest(world, person);
      await other.poll();
      await other.score();
    };
    await world.score();
    expect(outlived).toBe(true);
    for (let minute = 0; minute < 3; minute += 1) {
      await clock.advance(MINUTE);
      await world.sync();
    }
    expect(await countDirty(world.connection.space)).toBe(0);
    expect(await world.wrong()).toEqual([]);
  });

  it('keep what a lead did that was deleted and then restored', async () => {
    const world = await openTestWorld(redis);
    const person = addProspect(world);
    await world.backfill();
    showInterest(world, person);
    for (let turn = 0; turn < 3; turn += 1) {
      await world.sync();
      await world.clock.advance(20 * MINUTE);
    }
    const { contact } = person;
    Object.assign(contact, { state: 'archived' });
    await markDirty(world.connection.space, [contact.id], world.clock.now());
    expect(await world.score()).toMatchObject({ gone: 1 });
    Object.assign(contact, { state: 'live' });
    await world.clock.advance(HOUR);
    world.sandbox.people.update(contact.id, { jobtitle: 'CEO' });
    await world.sync();
    expect(await world.wrong()).toEqual([]);
  });

  it('erase what a person did when the privacy deletion comes after an ordinary one', async () => {
    const world = await openTestWorld(redis);
    const person = addProspect(world);
    await world.backfill();
    showInterest(world, person);
    await world.sync();
    const client = redis.client();
    expect(await keysLike(client, '*ledger*')).not.toEqual([]);
    world.sandbox.people.eraseForPrivacy(person.contact.id);
    const event = { portalId: 1, occurredAt: world.clock.now(), objectId: Number(person.contact.id) };
    for (const [eventId, kind] of ['deletion', 'privacyDeletion'].entries()) {
      await acceptHubspot(world.connection, [{ ...event, eventId, subscriptionType: `contact.${kind}` }]);
      await world.score();
    }
    expect(await keysLike(client, '*ledger*')).toEqual([]);
    expect(await keysLike(client, '*:lead:*')).toEqual([]);
  });

  it('erase what a person did when HubSpot says that they were deleted for privacy', async () => {
    const world = await openTestWorld(redis, { webhooks: true });
    const person = addProspect(world);
    await world.backfill();
    showInterest(world, person);
    await world.sync();
    const client = redis.client();
    expect(await keysLike(client, '*ledger*')).not.toEqual([]);
    world.sandbox.people.eraseForPrivacy(person.contact.id);
    await world.sandbox.webhooks?.settled();
    await world.sync();
    expect(await keysLike(client, '*ledger*')).toEqual([]);
    expect(await keysLike(client, '*:lead:*')).toEqual([]);
    expect(await countDirty(world.connection.space)).toBe(0);
  });
});

describe('webhooks are hints', () => {
  it.each<[string, (world: World) => void]>([
    ['dropped', (world) => setWebhooks(world, 'drop', 1, false)],
    ['sent three times and in reversed order', (world) => setWebhooks(world, 'send', 3, true)],
  ])('%s, they lead to the same state', async (_, arrange) => {
    const [usual, unusual] = [
      await openTestWorld(redis, { leads: 30, webhooks: true, namespace: 'usual' }),
      await openTestWorld(redis, { leads: 30, webhooks: true, namespace: 'unusual' }),
    ];
    arrange(unusual);
    await live(usual);
    await live(unusual);
    expect(stateOf(unusual)).toEqual(stateOf(usual));
    expect(unusual.sandbox.portal.tasks.all.length).toBe(usual.sandbox.portal.tasks.all.length);
    expect(await unusual.wrong()).toEqual([]);
  });
});

/** Half a day in a portal. */
async function live(world: World): Promise<void> {
  const { people, webhooks, portal } = world.sandbox;
  const contacts = [...portal.contacts.all];
  await world.backfill();
  for (const [index, contact] of contacts.entries()) {
    const email = world.text(contact, 'email');
    if (index % 3 === 0) people.visit(contact.id, '/pricing');
    if (index % 5 === 0) people.update(contact.id, { jobtitle: 'Director of Sales' });
    if (index % 7 === 0 && email !== undefined) people.submitForm('ebook', { email });
    if (index % 10 === 0 && email !== undefined) people.submitForm('demo', { email });
    if (index % 10 === 9) {
      await webhooks?.settled();
      await world.hotPoll();
      await world.score();
    }
  }
  people.submitForm('trial', { email: 'new@stranger.example' });
  people.merge(contacts[1]?.id ?? '', contacts[2]?.id ?? '');
  people.remove(contacts[4]?.id ?? '');
  await webhooks?.settled();
  await world.clock.advance(HOUR);
  await world.sync();
  await world.sync();
}

function setWebhooks({ sandbox: { webhooks } }: World, mode: WebhookMode, copies: number, reversed: boolean): void {
  if (webhooks !== undefined) Object.assign(webhooks, { mode, copies, reversed });
}

/** Scores what waits; somebody acts after the leads were read and before the first write is carried out. */
function writesOnce(world: World, act: () => void) {
  const { clock, sandbox } = world;
  const { sleep } = clock;
  sandbox.faults.add({ method: 'POST', path: UPDATE, delayMs: 77, times: 1 });
  clock.sleep = async (ms, signal) => {
    if (ms === 77) act();
    await sleep(ms, signal);
  };
  return { record: world.score() };
}
