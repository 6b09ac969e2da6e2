import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/clock.ts';
import { hashEmail } from '../../src/leads/email.ts';
import { acceptHubspot } from '../../src/webhooks/accept-hubspot.ts';
import { type BothWorlds, openBothWorlds } from '../support/both-worlds.ts';
import { addOrgContact, addOrgProspect, orgState, showOrgInterest } from '../support/org-people.ts';
import { openOrgWorld } from '../support/org-world.ts';
import { addProspect, asksForDemo, showInterest, stateOf, tasksOf } from '../support/people.ts';
import { keysLike } from '../support/redis-keys.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

const REASONS = 'Leadgauge_Reasons__c';
const inOrg = ({ salesforce }: BothWorlds, id: string) => salesforce.text(id, REASONS) ?? '';
type Prospect = ReturnType<typeof addProspect>;
const inPortal = ({ hubspot }: BothWorlds, { contact }: Prospect) => hubspot.text(contact, 'leadgauge_reasons') ?? '';

/** One person with a record in either CRM, whom everybody knows for an hour. */
async function openOnePerson(options: Parameters<typeof openBothWorlds>[1] = {}) {
  const both = await openBothWorlds(redis, options);
  const contact = addProspect(both.hubspot);
  const lead = addOrgProspect(both.salesforce);
  expect(lead.email).toBe(contact.email);
  await both.backfill();
  await both.clock.advance(HOUR);
  return { both, contact, lead };
}

describe('one person in two CRMs', { timeout: 60_000 }, () => {
  it('is scored in Salesforce by what they do in HubSpot, and in HubSpot by what Salesforce knows', async () => {
    const { both, contact, lead } = await openOnePerson();
    showInterest(both.hubspot, contact);
    both.salesforce.sandbox.people.logCall(lead.id);
    await both.sync();
    for (const reasons of [inOrg(both, lead.id), inPortal(both, contact)]) {
      expect(reasons).toContain('Pricing page');
      expect(reasons).toContain('E-book');
      expect(reasons).toContain('phone');
    }
    expect(both.salesforce.text(lead.id, 'Leadgauge_Stage__c')).toBe('MQL');
    expect(both.hubspot.text(contact.contact, 'lifecyclestage')).toBe('marketingqualifiedlead');
    expect(await both.wrong()).toEqual([]);
  });

  it('in HubSpot as a source counts, and nothing is ever written there', async () => {
    const { both, contact, lead } = await openOnePerson({ hubspot: { role: 'source' } });
    showInterest(both.hubspot, contact);
    both.salesforce.sandbox.people.logCall(lead.id);
    await both.sync();
    expect(inOrg(both, lead.id)).toContain('E-book');
    expect(inOrg(both, lead.id)).toContain('Pricing page');
    expect(both.hubspot.writes()).toBe(0);
    expect(both.hubspot.text(contact.contact, 'leadgauge_score')).toBeUndefined();
    expect(await both.wrong()).toEqual([]);
  });

  it('in Salesforce as a source counts, and nothing is ever written there', async () => {
    const { both, contact, lead } = await openOnePerson({ salesforce: { role: 'source' } });
    showOrgInterest(both.salesforce, lead.id);
    showInterest(both.hubspot, contact);
    await both.sync();
    expect(inPortal(both, contact)).toContain('Whitepaper');
    expect(both.salesforce.writes()).toBe(0);
    expect(await both.wrong()).toEqual([]);
  });

  it('in Salesforce as a destination is scored, and what they do there does not count', async () => {
    const { both, contact, lead } = await openOnePerson({ salesforce: { role: 'destination' } });
    showOrgInterest(both.salesforce, lead.id);
    both.hubspot.sandbox.people.visit(contact.contact.id, '/pricing');
    await both.sync();
    for (const reasons of [inOrg(both, lead.id), inPortal(both, contact)]) {
      expect(reasons).toContain('Pricing page');
      expect(reasons).not.toContain('Whitepaper');
    }
    expect(await both.wrong()).toEqual([]);
  });

  it('in HubSpot as a destination is scored, and what they do there does not count', async () => {
    const { both, contact, lead } = await openOnePerson({ hubspot: { role: 'destination' } });
    showOrgInterest(both.salesforce, lead.id);
    both.hubspot.sandbox.people.visit(contact.contact.id, '/pricing');
    both.hubspot.sandbox.people.submitForm('calculator', { email: contact.email });
    await both.sync();
    for (const reasons of [inOrg(both, lead.id), inPortal(both, contact)]) {
      expect(reasons).toContain('Whitepaper');
      expect(reasons).not.toMatch(/Pricing page|calculator/);
    }
    expect(await both.wrong()).toEqual([]);
  });

  it('counts once as a form of HubSpot and once as a response of Salesforce, for either', async () => {
    const { both, contact, lead } = await openOnePerson();
    both.hubspot.sandbox.people.submitForm('calculator', { email: contact.email });
    both.salesforce.sandbox.people.respond('Download the whitepaper', lead.id);
    await both.sync();
    const scores = [
      both.salesforce.number(lead.id, 'Leadgauge_Engagement__c'),
      both.hubspot.number(contact.contact, 'leadgauge_engagement'),
    ];
    expect(scores[0]).toBeGreaterThan(0);
    expect(scores[0]).toBe(scores[1]);
  });

  it('is known by counters of HubSpot in Salesforce', async () => {
    const { both, contact, lead } = await openOnePerson({ hubspot: { tier: 'free' } });
    const { people } = both.hubspot.sandbox;
    for (let views = 0; views < 4; views += 1) people.visit(contact.contact.id, '/pricing');
    await both.sync();
    await both.sync();
    expect(inPortal(both, contact)).toContain('Pages viewed');
    expect(inOrg(both, lead.id)).toContain('Pages viewed');
    expect(await both.wrong()).toEqual([]);
  });

  it('takes what they did along to the lead that has their address now, and away from the one that had it', async () => {
    const { both, contact, lead } = await openOnePerson();
    const other = addOrgProspect(both.salesforce, 'bob');
    showInterest(both.hubspot, contact);
    both.hubspot.sandbox.people.visit(contact.contact.id, '/pricing');
    await both.sync();
    expect(inOrg(both, lead.id)).toContain('Pricing page');
    expect(inOrg(both, other.id)).not.toContain('Pricing page');
    await both.clock.advance(HOUR);
    both.salesforce.sandbox.people.change(lead.id, { Email: 'gone@elsewhere.example' });
    both.salesforce.sandbox.people.change(other.id, { Email: contact.email });
    await both.sync();
    expect(inOrg(both, lead.id)).not.toContain('Pricing page');
    expect(inOrg(both, other.id)).toContain('Pricing page');
    expect(await both.wrong()).toEqual([]);
  });

  it('takes it along when the address changes in HubSpot', async () => {
    const { both, contact, lead } = await openOnePerson();
    const other = addOrgProspect(both.salesforce, 'bob');
    showInterest(both.hubspot, contact);
    both.salesforce.sandbox.people.logCall(lead.id);
    both.salesforce.sandbox.people.logEvent(other.id);
    await both.sync();
    expect(inPortal(both, contact)).toContain('phone');
    await both.clock.advance(HOUR);
    both.hubspot.sandbox.people.update(contact.contact.id, { email: other.email });
    await both.sync();
    expect(inOrg(both, lead.id)).not.toContain('Pricing page');
    expect(inOrg(both, other.id)).toContain('Pricing page');
    expect(inPortal(both, contact)).not.toContain('phone');
    expect(inPortal(both, contact)).toContain('Meeting');
    expect(await both.wrong()).toEqual([]);
  });

  it('who is deleted in one CRM counts no longer in the other, and does again once restored', async () => {
    const { both, contact, lead } = await openOnePerson();
    both.hubspot.sandbox.people.visit(contact.contact.id, '/pricing');
    both.salesforce.sandbox.people.logCall(lead.id);
    await both.sync();
    await both.clock.advance(HOUR);
    both.hubspot.sandbox.people.remove(contact.contact.id);
    await both.hubspot.sweep();
    await both.sync();
    expect(inOrg(both, lead.id)).not.toContain('Pricing page');
    expect(await both.wrong()).toEqual([]);
    both.hubspot.sandbox.people.restore(contact.contact.id);
    await both.clock.advance(DAY);
    await both.hubspot.sweep();
    await both.sync();
    expect(inOrg(both, lead.id)).toContain('Pricing page');
    expect(await both.wrong()).toEqual([]);
    both.salesforce.sandbox.people.remove(lead.id);
    await both.sync();
    expect(inPortal(both, contact)).not.toContain('phone');
    expect(await both.wrong()).toEqual([]);
  });

  it('whom a privacy deletion took out of HubSpot leaves nothing behind that Salesforce would count', async () => {
    const { both, contact, lead } = await openOnePerson();
    showInterest(both.hubspot, contact);
    both.salesforce.sandbox.people.logCall(lead.id);
    await both.sync();
    expect(inOrg(both, lead.id)).toContain('E-book');
    const { id } = contact.contact;
    both.hubspot.sandbox.people.eraseForPrivacy(id);
    const event = { portalId: 1, occurredAt: both.clock.now(), objectId: Number(id), eventId: 1 };
    await acceptHubspot(both.hubspot.connection, [{ ...event, subscriptionType: 'contact.privacyDeletion' }]);
    await both.sync();
    expect(inOrg(both, lead.id)).not.toMatch(/E-book|Pricing page/);
    expect(inOrg(both, lead.id)).toContain('phone');
    expect(await keysLike(redis.client(), `*${hashEmail(contact.email)}*ledger`)).toEqual([]);
    expect(await both.wrong()).toEqual([]);
  });

  it('asks for a demo in HubSpot, and both records are before sales within one sync, with one task each', async () => {
    const { both, contact, lead } = await openOnePerson();
    asksForDemo(both.hubspot, contact.email);
    await both.sync();
    expect(both.salesforce.text(lead.id, 'Leadgauge_Route__c')).toBe('sales');
    expect(both.salesforce.text(lead.id, 'Leadgauge_Fast_Track__c')).toBe('demo-request');
    expect(both.salesforce.text(lead.id, 'Leadgauge_Stage__c')).toBe('MQL');
    await both.sync();
    expect(both.salesforce.tasks(lead.id)).toHaveLength(1);
    expect(tasksOf(both.hubspot, contact.contact)).toHaveLength(1);
    expect(await both.wrong()).toEqual([]);
  });

  it('asks for a demo in Salesforce, and the contact in HubSpot is before sales within one sync', async () => {
    const { both, contact, lead } = await openOnePerson();
    both.salesforce.sandbox.people.respond('Request a demo', lead.id);
    await both.sync();
    expect(both.hubspot.text(contact.contact, 'leadgauge_route')).toBe('sales');
    await both.sync();
    expect(both.salesforce.tasks(lead.id)).toHaveLength(1);
    expect(tasksOf(both.hubspot, contact.contact)).toHaveLength(1);
    expect(await both.wrong()).toEqual([]);
  });
});

describe('the first backfill of a second CRM', { timeout: 60_000 }, () => {
  it('writes what both know, and promotes and alerts nobody', async () => {
    const both = await openBothWorlds(redis);
    const contact = addProspect(both.hubspot);
    const lead = addOrgProspect(both.salesforce);
    showInterest(both.hubspot, contact);
    asksForDemo(both.hubspot, contact.email);
    showOrgInterest(both.salesforce, lead.id);
    await both.clock.advance(HOUR);
    await both.hubspot.backfill();
    await both.hubspot.sync();
    await both.clock.advance(HOUR);
    await both.salesforce.backfill();
    await both.sync();
    await both.sync();
    for (const reasons of [inOrg(both, lead.id), inPortal(both, contact)]) {
      expect(reasons).toContain('Whitepaper');
      expect(reasons).toContain('Pricing page');
    }
    expect(both.salesforce.text(lead.id, 'Leadgauge_Stage__c')).toBeUndefined();
    expect(both.hubspot.text(contact.contact, 'lifecyclestage')).toBe('lead');
    expect(both.salesforce.tasks(lead.id)).toEqual([]);
    expect(tasksOf(both.hubspot, contact.contact)).toEqual([]);
    expect(await both.wrong()).toEqual([]);
  });

  it('and one after Redis was emptied write nothing', async () => {
    const both = await openBothWorlds(redis, { hubspot: { leads: 80 }, salesforce: { leads: 80 } });
    await both.backfill();
    await both.sync();
    expect(await both.wrong()).toEqual([]);
    const before = [orgState(both.salesforce), stateOf(both.hubspot)];
    const writes = () => [both.salesforce.writes(), both.hubspot.writes()];
    const written = writes();
    await both.backfill();
    await both.sync();
    expect(writes()).toEqual(written);
    await redis.flush();
    await both.backfill();
    await both.sync();
    expect([orgState(both.salesforce), stateOf(both.hubspot)]).toEqual(before);
    expect(await both.wrong()).toEqual([]);
  });
});

describe('one person who is a lead and a contact of one Salesforce org', { timeout: 60_000 }, () => {
  it('is scored on both by what either did, and on what is left once one of them is gone', async () => {
    const world = await openOrgWorld(redis);
    const [lead, contact] = [addOrgProspect(world), addOrgContact(world)];
    await world.backfill();
    await world.clock.advance(HOUR);
    world.sandbox.people.respond('Download the ebook', lead.id);
    world.sandbox.people.logCall(contact.id);
    await world.sync();
    await world.score();
    for (const { id } of [lead, contact]) {
      expect(world.text(id, REASONS)).toContain('E-book');
      expect(world.text(id, REASONS)).toContain('phone');
    }
    expect(await world.wrong()).toEqual([]);
    await world.clock.advance(HOUR);
    world.sandbox.people.remove(contact.id);
    await world.sync();
    await world.score();
    expect(world.text(lead.id, REASONS)).not.toContain('phone');
    expect(await world.wrong()).toEqual([]);
  });

  it('keeps everything when the lead is converted to that contact', async () => {
    const world = await openOrgWorld(redis);
    const [lead, contact] = [addOrgProspect(world), addOrgContact(world)];
    await world.backfill();
    await world.clock.advance(HOUR);
    world.sandbox.people.respond('Download the ebook', lead.id);
    world.sandbox.people.logCall(contact.id);
    await world.sync();
    const engagement = world.number(contact.id, 'Leadgauge_Engagement__c');
    await world.clock.advance(HOUR);
    world.sandbox.people.convert(lead.id, { contactId: contact.id });
    await world.sync();
    await world.score();
    expect(world.number(contact.id, 'Leadgauge_Engagement__c')).toBe(engagement);
    expect(await world.wrong()).toEqual([]);
  });
});
