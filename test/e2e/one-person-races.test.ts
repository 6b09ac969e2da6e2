import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts';
import type { Crm } from '../../src/crm/crm.ts';
import { hotStreams, pullStreams } from '../../src/sync/pull-streams.ts';
import { openBothWorlds } from '../support/both-worlds.ts';
import { addOrgProspect } from '../support/org-people.ts';
import { addProspect, asksForDemo } from '../support/people.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();

test('two records of somebody new that are scored at the same time come to know of each other', {
  timeout: 90_000,
}, async () => {
  const both = await openBothWorlds(redis);
  await both.backfill();
  await both.clock.advance(HOUR);
  const contact = addProspect(both.hubspot);
  const lead = addOrgProspect(both.salesforce);
  asksForDemo(both.hubspot, contact.email);
  both.salesforce.sandbox.people.logCall(lead.id);
  await both.salesforce.poll();
  // While HubSpot's record waits for its task, the one of Salesforce is scored from beginning to end.
  const { connection } = both.hubspot;
  let between = 0;
  const createTask: typeof connection.crm.createTask = async (task, options) => {
    between += 1;
    await both.salesforce.score();
    return connection.crm.createTask(task, options);
  };
  const crm: Crm = Object.create(connection.crm, { createTask: { value: createTask } });
  const racing = { ...connection, crm };
  await both.clock.advance(MINUTE);
  await pullStreams(racing, hotStreams(racing), { urgent: true });
  expect(between).toBe(1);
  for (let round = 0; round < 3; round += 1) {
    await both.salesforce.score();
    await both.hubspot.score();
  }
  expect(both.salesforce.text(lead.id, 'Leadgauge_Reasons__c')).toContain('Asked for a demo');
  expect(both.hubspot.text(contact.contact, 'leadgauge_reasons')).toContain('phone');
  await both.sync();
  expect(await both.wrong()).toEqual([]);
});

test('a Salesforce lead that is deleted for good takes nothing away from the contact in HubSpot', {
  timeout: 90_000,
}, async () => {
  const both = await openBothWorlds(redis);
  const contact = addProspect(both.hubspot);
  const lead = addOrgProspect(both.salesforce);
  await both.backfill();
  await both.clock.advance(HOUR);
  both.hubspot.sandbox.people.submitForm('ebook', { email: contact.email });
  both.salesforce.sandbox.people.logCall(lead.id);
  await both.sync();
  both.salesforce.sandbox.people.remove(lead.id);
  await both.sync();
  both.salesforce.sandbox.people.purge(lead.id);
  for (let night = 0; night < 3; night += 1) {
    await both.clock.advance(DAY);
    await both.salesforce.sweep();
  }
  await both.sync();
  const reasons = both.hubspot.text(contact.contact, 'leadgauge_reasons');
  expect(reasons).toContain('E-book');
  expect(reasons).not.toContain('phone');
  expect(await both.wrong()).toEqual([]);
});

test('a privacy deletion in HubSpot of which no webhook told leaves nothing for Salesforce a month later', {
  timeout: 90_000,
}, async () => {
  const both = await openBothWorlds(redis);
  const contact = addProspect(both.hubspot);
  const lead = addOrgProspect(both.salesforce);
  await both.backfill();
  await both.clock.advance(HOUR);
  both.hubspot.sandbox.people.submitForm('ebook', { email: contact.email });
  await both.sync();
  expect(both.salesforce.text(lead.id, 'Leadgauge_Reasons__c')).toContain('E-book');
  both.hubspot.sandbox.people.eraseForPrivacy(contact.contact.id);
  for (let night = 0; night < 32; night += 1) {
    await both.clock.advance(DAY);
    await both.hubspot.sweep();
  }
  await both.sync();
  expect(both.salesforce.text(lead.id, 'Leadgauge_Reasons__c')).not.toContain('E-book');
  expect(await both.wrong()).toEqual([]);
});
