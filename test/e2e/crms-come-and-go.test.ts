import { describe, expect, it } from 'vitest';
import { HOUR } from '../../src/base/clock.ts';
import { takeUp } from '../../src/cli/take-up.ts';
import { hashEmail } from '../../src/leads/email.ts';
import { countDirty, takeDirty } from '../../src/ledger/dirty.ts';
import { hubspotOf } from '../../src/settings/config.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { isEveryoneKnown } from '../../src/sync/everyone-known.ts';
import { eraseLead } from '../../src/sync/forget-lead.ts';
import { meet, readDoings, tellPeople } from '../../src/sync/one-person.ts';
import { type BothWorlds, openBothWorlds } from '../support/both-worlds.ts';
import { jobsOf } from '../support/connection-jobs.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { addProspect, asksForDemo, showInterest, tasksOf } from '../support/people.ts';
import { keysLike } from '../support/redis-keys.ts';
import { shippedConfig } from '../support/shipped-config.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

const inOrg = ({ salesforce }: BothWorlds, id: string) => salesforce.text(id, 'Leadgauge_Reasons__c') ?? '';

/** The HubSpot connection of a process whose config has it otherwise. */
function as({ hubspot, clock }: BothWorlds, own: Partial<Connection>) {
  const connection = { ...hubspot.connection, ...own };
  return { connection, ...jobsOf(connection, clock) };
}

describe('what one CRM tells another', () => {
  it('comes to an end, also where a record has several addresses and the other has one of them', async () => {
    const both = await openBothWorlds(redis);
    const [one, other] = [addProspect(both.hubspot), addProspect(both.hubspot, 'eve')];
    const lead = addOrgProspect(both.salesforce);
    const { people } = both.hubspot.sandbox;
    people.submitForm('ebook', { email: one.email });
    people.submitForm('calculator', { email: other.email });
    await both.clock.advance(HOUR);
    people.merge(one.contact.id, other.contact.id);
    await both.clock.advance(HOUR);
    await both.backfill();
    const scored = [];
    for (let round = 0; round < 4; round += 1)
      scored.push((await both.hubspot.score()).scored + (await both.salesforce.score()).scored);
    expect(scored.slice(1)).toEqual([0, 0, 0]);
    expect(inOrg(both, lead.id)).toContain('E-book');
    expect(await both.wrong()).toEqual([]);
  });

  it('reaches a record that is scored for the first time at the same moment', async () => {
    const both = await openBothWorlds(redis);
    const { contact } = addProspect(both.hubspot);
    const lead = addOrgProspect(both.salesforce);
    both.hubspot.sandbox.people.visit(contact.id, '/pricing');
    both.salesforce.sandbox.people.logCall(lead.id);
    await both.clock.advance(HOUR);
    await both.hubspot.backfill();
    await both.salesforce.backfill();
    await redis.client().del(...(await keysLike(redis.client(), '*:records')));
    const sides = [
      { connection: both.hubspot.connection, id: contact.id },
      { connection: both.salesforce.connection, id: lead.id },
    ];
    for (const { connection } of sides) await redis.client().del(connection.space.key('dirty'));
    // Each reads what is known before either has told anything.
    const read = [];
    for (const { connection, id } of sides) {
      const [record] = await connection.crm.readLeads([id]);
      if (record === undefined) throw new Error('there is no such record');
      await meet(connection, [record]);
      const [doings] = await readDoings(connection, [record]);
      read.push({ connection, record, doings });
    }
    for (const { connection, record, doings } of read)
      if (doings !== undefined) await tellPeople(connection, [{ ...doings, record, hashesBefore: [] }]);
    expect(await countDirty(both.hubspot.connection.space)).toBe(1);
    // Found by the one that came second, which knew it all.
    expect(read[1]?.doings?.activities.length).toBeGreaterThan(1);
  });

  it('waits for a CRM that is off, until it is on again', async () => {
    const both = await openBothWorlds(redis);
    const { contact } = addProspect(both.hubspot);
    const lead = addOrgProspect(both.salesforce);
    await both.backfill();
    const alone = { ...both.salesforce.connection, beside: [] };
    both.salesforce.sandbox.people.logCall(lead.id);
    await jobsOf(alone, both.clock).sync();
    const taken = await takeDirty(both.hubspot.connection.space, 10, both.clock.now());
    expect(taken.map(({ id }) => id)).toEqual([contact.id]);
  });

  it('leaves nothing behind of a record that was erased, also by an address that others have', async () => {
    const both = await openBothWorlds(redis, { hubspot: { tier: 'free' } });
    const { contact, email } = addProspect(both.hubspot);
    const lead = addOrgProspect(both.salesforce);
    both.hubspot.sandbox.people.visit(contact.id, '/pricing');
    await both.backfill();
    expect(inOrg(both, lead.id)).toContain('Pages viewed');
    const { space } = both.hubspot.connection;
    const [key = ''] = await keysLike(redis.client(), '*:records');
    expect(Object.keys(await redis.client().hgetall(key))).toContain(`hubspot:${contact.id}`);
    await eraseLead(space, contact.id, both.clock.now(), new Set([hashEmail(email)]));
    expect(Object.keys(await redis.client().hgetall(key)).join()).not.toContain('hubspot');
    expect(await countDirty(both.salesforce.connection.space)).toBe(1);
  });
});

describe('a CRM that is switched on beside one that was alone', () => {
  it('knows what people did in the other one, and nobody is promoted for it', async () => {
    const both = await openBothWorlds(redis);
    const prospect = addProspect(both.hubspot);
    const lead = addOrgProspect(both.salesforce);
    const alone = as(both, { beside: [] });
    showInterest(both.hubspot, prospect);
    await alone.backfill();
    await both.clock.advance(HOUR);
    expect(await takeUp(both.salesforce.connection)).toContain('has not been scored');
    expect(await takeUp(both.hubspot.connection)).toContain('roles');
    // A worker has one go on while the other is read.
    await both.salesforce.backfill({ live: true });
    expect(inOrg(both, lead.id)).not.toContain('E-book');
    await both.hubspot.backfill({ live: true });
    await both.sync();
    expect(inOrg(both, lead.id)).toContain('E-book');
    expect(both.salesforce.text(lead.id, 'Leadgauge_Stage__c')).toBeUndefined();
    expect(await both.wrong()).toEqual([]);
    expect(await takeUp(both.hubspot.connection)).toBeUndefined();
    // From then on who crosses is promoted.
    const bob = addOrgProspect(both.salesforce, 'bob');
    await both.sync();
    const twin = addProspect(both.hubspot, 'bob');
    await both.clock.advance(HOUR);
    showInterest(both.hubspot, twin);
    await both.sync();
    expect(both.salesforce.text(bob.id, 'Leadgauge_Stage__c')).toBe('MQL');
  });

  it('tells of no more once it is off again', async () => {
    const both = await openBothWorlds(redis);
    await both.backfill();
    expect(await takeUp(both.hubspot.connection)).toBeUndefined();
    await both.sync();
    expect(await isEveryoneKnown(both.hubspot.connection)).toBe(true);
    expect(await takeUp(as(both, { beside: [] }).connection)).toContain('roles');
    // On once more, what was done meanwhile is still to come.
    expect(await takeUp(both.hubspot.connection)).toContain('roles');
    expect(await isEveryoneKnown(both.hubspot.connection)).toBe(false);
  });
});

describe('a source that is scored from now on', () => {
  it('has all its leads scored, and alerts nobody to what was asked before', async () => {
    const both = await openBothWorlds(redis, { hubspot: { role: 'source' } });
    const prospect = addProspect(both.hubspot);
    await both.backfill();
    await both.clock.advance(HOUR);
    asksForDemo(both.hubspot, prospect.email);
    await both.sync();
    await both.clock.advance(HOUR);
    const scored = as(both, { role: 'both' });
    const { crm } = scored.connection;
    await crm.connect();
    expect(await takeUp(scored.connection)).toContain('roles');
    await scored.backfill({ live: true });
    await scored.sync();
    expect(both.hubspot.text(prospect.contact, 'leadgauge_grade')).toBeDefined();
    expect(tasksOf(both.hubspot, prospect.contact)).toEqual([]);
    await both.clock.advance(HOUR);
    asksForDemo(both.hubspot, prospect.email);
    await scored.sync();
    expect(tasksOf(both.hubspot, prospect.contact)).toHaveLength(1);
  });
});

describe('a CRM in which nobody works', () => {
  it('makes no task where config says so, and the other one does', async () => {
    const config = shippedConfig();
    const file = hubspotOf(config);
    const tasks = { ...file.value.tasks, create: 'off' as const };
    const both = await openBothWorlds(redis, {
      config: { ...config, hubspot: { ...file, value: { ...file.value, tasks } } },
    });
    const prospect = addProspect(both.hubspot);
    const lead = addOrgProspect(both.salesforce);
    await both.backfill();
    await both.clock.advance(HOUR);
    asksForDemo(both.hubspot, prospect.email);
    await both.sync();
    expect(both.hubspot.text(prospect.contact, 'leadgauge_fast_track')).toBe('demo-request');
    expect(tasksOf(both.hubspot, prospect.contact)).toEqual([]);
    expect(both.salesforce.tasks(lead.id)).toHaveLength(1);
  });
});
