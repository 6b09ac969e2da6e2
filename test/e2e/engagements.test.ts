import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import type { Contact } from '../../src/sandbox/portal/contact.ts';
import { editedConfig } from '../support/edited-config.ts';
import { addProspect } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { openTestWorld, type World } from '../support/world.ts';

const redis = await startTestRedis();

const MODEL = `
model: platform
name: Platform
fit:
  max: 100
  groups:
    - name: Title
      criteria:
        - { id: leads-others, when: { field: job_title, seniority: [head] }, points: 60 }
engagement:
  max: 100
  window: 90d
  half_life: 30d
  groups:
    - name: Sales
      criteria:
        - { id: meeting, name: Met us, when: { activity: meeting }, points: 20 }
        - { id: long-call, name: Long call, when: { activity: call, at_least: 10 }, points: 7 }
        - { id: wrote-to, name: Was written to, when: { activity: sales-email }, points: 1 }
        - { id: reply, name: Answered, when: { activity: email-reply }, points: 5 }
        - { id: bought, name: Bought, when: { activity: deal-won, name: Sales Pipeline }, points: 40 }
grades:
  fit: { A: 60, B: 40, C: 20, D: 0 }
  engagement: { 1: 50, 2: 40, 3: 20, 4: 0 }
lifecycle:
  mql: { fit: 50, engagement: 40 }
`;

const open = (): Promise<World> => openTestWorld(redis, { config: editedConfig(() => MODEL), leads: 0 });

const engagementOf = (world: World, contact: Contact) => world.number(contact, 'leadgauge_engagement');

/** Nothing waits, and every lead has the score that a reading of the whole portal gives. */
async function expectRight(world: World): Promise<void> {
  expect(await world.wrong()).toEqual([]);
  expect(await countDirty(world.connection.space)).toBe(0);
}

describe('a meeting', () => {
  it('counts from when it is booked, and begins to fade at its time', async () => {
    const world = await open();
    const { contact } = addProspect(world);
    await world.backfill();
    const start = world.clock.now() + 3 * DAY;
    world.sandbox.people.bookMeeting({ contactIds: [contact.id], start });
    await world.sync();
    expect(engagementOf(world, contact)).toBe(20);
    await expectRight(world);
    await world.clock.advance(start - world.clock.now());
    await world.sync();
    expect(engagementOf(world, contact)).toBe(20);
    await world.clock.advance(30 * DAY);
    await world.sync();
    expect(engagementOf(world, contact)).toBe(10);
    await expectRight(world);
  });

  it('that comes to be about somebody later, which is no edit of it, is found by the next refresh', async () => {
    const world = await open();
    const [ada, bea] = [addProspect(world, 'ada').contact, addProspect(world, 'bea').contact];
    await world.backfill();
    const { people } = world.sandbox;
    const meeting = people.bookMeeting({ contactIds: [ada.id], start: world.clock.now() });
    await world.clock.advance(HOUR);
    await world.sync();
    people.addToSales('meetings', meeting.id, bea.id);
    await world.clock.advance(HOUR);
    await world.sync();
    await world.backfill({ live: true });
    expect([engagementOf(world, ada), engagementOf(world, bea)]).toEqual([20, 20]);
    await expectRight(world);
  });

  it('counts at its new time once it was moved, and no longer once it was cancelled or nobody came', async () => {
    const world = await open();
    const [ada, bea] = [addProspect(world, 'ada').contact, addProspect(world, 'bea').contact];
    await world.backfill();
    const { people } = world.sandbox;
    const meeting = people.bookMeeting({ contactIds: [ada.id, bea.id], start: world.clock.now() });
    const other = people.bookMeeting({ contactIds: [bea.id], start: world.clock.now() + HOUR });
    await world.sync();
    expect([engagementOf(world, ada), engagementOf(world, bea)]).toEqual([20, 40]);
    await world.clock.advance(30 * DAY);
    await world.sync();
    expect([engagementOf(world, ada), engagementOf(world, bea)]).toEqual([10, 20]);
    people.changeMeeting(meeting.id, { start: world.clock.now() + DAY, outcome: 'RESCHEDULED' });
    await world.sync();
    expect([engagementOf(world, ada), engagementOf(world, bea)]).toEqual([20, 30]);
    people.changeMeeting(meeting.id, { outcome: 'CANCELED' });
    people.changeMeeting(other.id, { outcome: 'NO_SHOW' });
    await world.sync();
    expect([engagementOf(world, ada), engagementOf(world, bea)]).toEqual([0, 0]);
    await expectRight(world);
    people.changeMeeting(meeting.id, { outcome: 'COMPLETED' });
    await world.sync();
    expect([engagementOf(world, ada), engagementOf(world, bea)]).toEqual([20, 20]);
    await expectRight(world);
  });

  it('stays with a lead whose records are merged, as it is edited afterwards', async () => {
    const world = await open();
    const [ada, bea] = [addProspect(world, 'ada').contact, addProspect(world, 'bea').contact];
    await world.backfill();
    const { people } = world.sandbox;
    const meeting = people.bookMeeting({ contactIds: [ada.id], start: world.clock.now() });
    await world.sync();
    const merged = people.merge(bea.id, ada.id);
    await world.sync();
    await world.sync();
    expect(engagementOf(world, merged)).toBe(20);
    people.changeMeeting(meeting.id, { outcome: 'NO_SHOW' });
    await world.sync();
    expect(engagementOf(world, merged)).toBe(0);
    await expectRight(world);
  });
});

describe('what sales did', () => {
  it('scores as a conversation, a reply or a deal that was won, and not what came to nothing', async () => {
    const world = await open();
    const [ada, bea] = [addProspect(world, 'ada').contact, addProspect(world, 'bea').contact];
    await world.backfill();
    const { people } = world.sandbox;
    people.logCall({ contactIds: [ada.id], minutes: 12 });
    people.logCall({ contactIds: [bea.id], minutes: 12, disposition: 'no-answer' });
    people.logEmail({ contactIds: [ada.id, bea.id] });
    people.logEmail({ contactIds: [ada.id], direction: 'INCOMING_EMAIL' });
    people.logEmail({ contactIds: [bea.id], status: 'BOUNCED' });
    const deal = people.createDeal({ name: 'Canary deal', contactIds: [ada.id, bea.id] });
    await world.sync();
    expect([engagementOf(world, ada), engagementOf(world, bea)]).toEqual([13, 1]);
    people.winDeal(deal.id);
    await world.sync();
    expect([engagementOf(world, ada), engagementOf(world, bea)]).toEqual([53, 41]);
    await expectRight(world);
    people.moveDeal(deal.id, 'closedlost');
    await world.sync();
    expect([engagementOf(world, ada), engagementOf(world, bea)]).toEqual([13, 1]);
    await expectRight(world);
  });

  it('comes back as it was once Redis was emptied', async () => {
    const world = await open();
    const { contact } = addProspect(world);
    const { people } = world.sandbox;
    people.bookMeeting({ contactIds: [contact.id], start: world.clock.now() - 20 * DAY });
    people.bookMeeting({ contactIds: [contact.id], start: world.clock.now() + 20 * DAY });
    const cancelled = people.bookMeeting({ contactIds: [contact.id], start: world.clock.now() });
    people.logCall({ contactIds: [contact.id], minutes: 30, at: world.clock.now() - 100 * DAY });
    people.winDeal(people.createDeal({ name: 'Canary deal', contactIds: [contact.id] }).id);
    people.createDeal({ name: 'Open deal', contactIds: [contact.id], closeDate: world.clock.now() - DAY });
    await world.backfill();
    people.changeMeeting(cancelled.id, { outcome: 'CANCELED' });
    people.bookMeeting({ contactIds: [contact.id], start: world.clock.now() - MINUTE });
    await world.sync();
    const engagement = engagementOf(world, contact);
    expect(engagement).toBeGreaterThan(60);
    await redis.flush();
    await world.backfill();
    expect(engagementOf(world, contact)).toBe(engagement);
    await expectRight(world);
  });

  it('is not read where neither a model nor the follow-up asks for it, and costs one search for each kind at rest', async () => {
    const world = await open();
    await world.backfill();
    const searches = () =>
      ['meetings', 'calls', 'emails', 'deals'].map((kind) =>
        world.sandbox.requests.count({ path: `/crm/objects/{version}/${kind}/search` }),
      );
    const before = searches();
    await world.sync();
    expect(searches()).toEqual(before.map((count) => count + 1));
    expect(world.sandbox.requests.count({ path: '/crm/associations/{version}/meetings/contacts/batch/read' })).toBe(0);
    const asking = editedConfig(() =>
      MODEL.replace(/\n {8}- \{ id: (?:meeting|long-call|wrote-to|reply|bought).*/g, (line) =>
        line.includes('wrote-to') ? line : '',
      ),
    );
    const config = { ...asking, sales: { ...asking.sales, followUp: undefined } };
    const quiet = await openTestWorld(redis, { namespace: 'quiet', config });
    expect(quiet.connection.crm.streams.map(({ name }) => name).filter((name) => !name.startsWith('form'))).toEqual([
      'sales-email',
    ]);
  });
});
