import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/clock.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { addOrgContact, addOrgProspect, showOrgInterest } from '../support/org-people.ts';
import { type OrgWorld, openOrgWorld } from '../support/org-world.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

const reasons = (world: OrgWorld, id: string) => world.text(id, 'Leadgauge_Reasons__c') ?? '';

async function expectRight(world: OrgWorld): Promise<void> {
  expect(await world.wrong()).toEqual([]);
  expect(await countDirty(world.connection.space)).toBe(0);
}

describe('a sync with Salesforce', { timeout: 60_000 }, () => {
  it('scores what somebody edited, and what somebody typed over our results', async () => {
    const world = await openOrgWorld(redis);
    const [lead, contact] = [addOrgProspect(world, 'ada'), addOrgContact(world, 'bob')];
    await world.backfill();
    await world.clock.advance(HOUR);
    const score = world.number(lead.id, 'Leadgauge_Score__c');
    world.sandbox.people.change(lead.id, { Title: 'CEO' });
    world.sandbox.people.change(contact.id, { Leadgauge_Score__c: 99, Title: 'Student' });
    await world.sync();
    expect(world.number(lead.id, 'Leadgauge_Score__c')).toBeGreaterThan(score ?? 0);
    expect(world.text(contact.id, 'Leadgauge_Flags__c')).toContain('student');
    await expectRight(world);
  });

  it('scores the contacts of an account that changed', async () => {
    const world = await openOrgWorld(redis);
    const contact = addOrgContact(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    const before = world.number(contact.id, 'Leadgauge_Fit__c') ?? 0;
    world.sandbox.people.change(world.text(contact.id, 'AccountId') ?? '', { NumberOfEmployees: 5 });
    await world.sync();
    expect(world.number(contact.id, 'Leadgauge_Fit__c')).toBeLessThan(before);
    await expectRight(world);
  });

  it('counts responses to campaigns, calls, meetings and e-mails, and promotes whom they make an MQL', async () => {
    const world = await openOrgWorld(redis);
    const { people } = world.sandbox;
    const [lead, contact] = [addOrgProspect(world, 'ada'), addOrgContact(world, 'bob')];
    await world.backfill();
    await world.clock.advance(HOUR);
    showOrgInterest(world, lead.id);
    people.logCall(contact.id, { result: 'Connected' });
    people.logEvent(contact.id);
    people.logEmail(contact.id, { incoming: true });
    await world.sync();
    expect(reasons(world, lead.id)).toContain('E-book');
    expect(reasons(world, lead.id)).toContain('Whitepaper');
    expect(world.text(lead.id, 'Leadgauge_Stage__c')).toBe('MQL');
    expect(reasons(world, contact.id)).toContain('Spoke on the phone');
    expect(reasons(world, contact.id)).toContain('Meeting');
    expect(reasons(world, contact.id)).toContain('E-mail answered');
    await expectRight(world);
  });

  it('takes back a response whose status was set back, a call that was deleted and a meeting that was called off', async () => {
    const world = await openOrgWorld(redis);
    const { people } = world.sandbox;
    const { id } = addOrgProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    people.respond('Download the ebook', id);
    const [call, meeting] = [people.logCall(id), people.logEvent(id)];
    await world.sync();
    expect(reasons(world, id)).toContain('E-book');
    await world.clock.advance(HOUR);
    people.respond('Download the ebook', id, 'Sent');
    people.remove(call.id);
    people.remove(meeting.id);
    await world.sync();
    expect(reasons(world, id)).not.toMatch(/E-book|phone|Meeting/);
    await expectRight(world);
  });

  it('lets the contact take over what the lead did that it was converted from', async () => {
    const world = await openOrgWorld(redis);
    const { people } = world.sandbox;
    const { id } = addOrgProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    showOrgInterest(world, id);
    people.logCall(id);
    await world.sync();
    const before = reasons(world, id);
    expect(before).toContain('E-book');
    expect(before).toContain('phone');
    await world.clock.advance(HOUR);
    const { contact } = people.convert(id);
    await world.sync();
    expect(reasons(world, contact.id)).toContain('E-book');
    expect(reasons(world, contact.id)).toContain('phone');
    await expectRight(world);
    await world.clock.advance(DAY);
    people.logEvent(contact.id);
    await world.sync();
    expect(reasons(world, contact.id)).toContain('Meeting');
    await expectRight(world);
  });

  it('keeps the stage of a lead that was converted, and asks for no second task', async () => {
    const world = await openOrgWorld(redis);
    const { people } = world.sandbox;
    const { id } = addOrgProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    people.respond('Request a demo', id);
    await world.hotPoll();
    await world.sync();
    expect(world.tasks(id)).toHaveLength(1);
    await world.clock.advance(HOUR);
    const { contact } = people.convert(id);
    await world.sync();
    await world.sync();
    expect(world.tasks(contact.id)).toHaveLength(1);
    await expectRight(world);
  });

  it.each([
    ['leads', addOrgProspect],
    ['contacts', addOrgContact],
  ])('keeps what both did when %s are merged, and forgets the old one', async (_, add) => {
    const world = await openOrgWorld(redis);
    const { people } = world.sandbox;
    const [one, other] = [add(world, 'one'), add(world, 'other')];
    await world.backfill();
    await world.clock.advance(HOUR);
    people.respond('Download the ebook', one.id);
    people.respond('Download the whitepaper', other.id);
    people.logCall(other.id);
    await world.sync();
    await world.clock.advance(HOUR);
    people.merge(one.id, other.id);
    await world.sync();
    for (const word of ['E-book', 'Whitepaper', 'phone']) expect(reasons(world, one.id)).toContain(word);
    await expectRight(world);
    await world.sync();
    await expectRight(world);
  });

  it('forgets who was deleted, and knows them again with all they did when they are restored', async () => {
    const world = await openOrgWorld(redis);
    const { people } = world.sandbox;
    const [lead, contact] = [addOrgProspect(world, 'ada'), addOrgContact(world, 'bob')];
    await world.backfill();
    await world.clock.advance(HOUR);
    for (const { id } of [lead, contact]) people.respond('Download the ebook', id);
    await world.sync();
    await world.clock.advance(HOUR);
    for (const { id } of [lead, contact]) people.remove(id);
    await world.sync();
    await expectRight(world);
    await world.clock.advance(DAY);
    for (const { id } of [lead, contact]) people.restore(id);
    await world.sync();
    for (const { id } of [lead, contact]) expect(reasons(world, id)).toContain('E-book');
    await expectRight(world);
  });

  it('finds in the night whom nobody told of, and what was restored', async () => {
    const world = await openOrgWorld(redis);
    const { people } = world.sandbox;
    const lead = addOrgProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    people.remove(lead.id);
    // Nothing polls for a day.
    await world.clock.advance(DAY);
    expect(await world.sweep()).toMatchObject({ forgotten: 1 });
    people.restore(lead.id);
    await world.clock.advance(DAY);
    expect(await world.sweep()).toMatchObject({ restored: 1 });
    await world.score();
    await expectRight(world);
  });

  it('scores a person account by what its account says, and writes its results there', async () => {
    const world = await openOrgWorld(redis);
    const { people } = world.sandbox;
    const { id } = people.createPersonAccount({ LastName: 'Solo', Email: 'solo@gmail.com', Title: 'CEO' });
    await world.backfill();
    expect(world.text(id, 'Leadgauge_Flags__c')).toBe('personal-email');
    await world.clock.advance(HOUR);
    people.respond('Download the ebook', id);
    await world.sync();
    expect(reasons(world, id)).toContain('E-book');
    await expectRight(world);
  });

  it('lets scores fade by itself', async () => {
    const world = await openOrgWorld(redis);
    const { id } = addOrgProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    showOrgInterest(world, id);
    await world.sync();
    const before = world.number(id, 'Leadgauge_Engagement__c') ?? 0;
    for (let days = 0; days < 60; days += 20) {
      await world.clock.advance(20 * DAY);
      await world.sync();
    }
    expect(world.number(id, 'Leadgauge_Engagement__c')).toBeLessThan(before);
    await expectRight(world);
  });

  it('ends right after changes at every border of the windows', async () => {
    const world = await openOrgWorld(redis, { leads: 60 });
    await world.backfill();
    const { org, people } = world.sandbox;
    const leads = org
      .type('Lead')
      .live()
      .filter((lead) => !lead.flag('IsConverted'));
    for (const [index, lead] of leads.entries()) {
      people.change(lead.id, { Title: `Director ${index}` });
      if (index % 3 === 0) people.respond('Download the ebook', lead.id);
      await world.clock.advance(index % 3 === 0 ? 1 : 700 * index);
      if (index % 4 === 0) await world.poll();
    }
    await world.sync();
    await expectRight(world);
  });

  it('reads nothing again for what it wrote itself', async () => {
    const world = await openOrgWorld(redis);
    const { id } = addOrgProspect(world);
    await world.backfill();
    await world.clock.advance(HOUR);
    showOrgInterest(world, id);
    await world.sync();
    const before = { ...world.calls };
    for (let poll = 0; poll < 4; poll += 1) await world.sync();
    expect(world.calls).toMatchObject({ read: before.read, write: before.write });
  });
});
