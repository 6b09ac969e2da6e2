import { expect, onTestFinished, test } from 'vitest';
import { HOUR } from '../../src/base/clock.ts';
import { salesforceWorld } from '../support/salesforce-world.ts';

/** Test clocks begin on Monday, 2026-11-16, at 09:00 in UTC. */
test.each([
  ['Pacific/Auckland', 13, '2026-11-17'],
  ['Australia/Sydney', 3, '2026-11-16'],
  ['Australia/Sydney', 5, '2026-11-17'],
  ['America/Los_Angeles', 22, '2026-11-16'],
])('in %s a task and an MQL have the day of the org, %i hours later %s', async (timeZone, hours, day) => {
  const { crm, sandbox, clock, close, callsOf } = await salesforceWorld({
    org: { timeZone },
    config: { fields: { email: 'Email' }, lifecycle: {} },
  });
  onTestFinished(close);
  await clock.advance(hours * HOUR);
  const { id } = sandbox.people.createLead({});
  const work = async () => {
    await crm.writeLeads([{ id, outputs: {}, promote: true }]);
    const reference = `demo-${clock.now()}`;
    return crm.createTask({ leadId: id, subject: 'Demo', body: 'Call', dueAt: clock.now(), reference });
  };
  const task = await work();
  expect(sandbox.org.find(task)?.get('ActivityDate')).toBe(day);
  expect(sandbox.org.find(id)?.get('Leadgauge_MQL_Date__c')).toBe(day);
  // To read the stage, which stands, and the task: the org is not asked where it is again.
  expect(await callsOf(work)).toBe(2);
});
