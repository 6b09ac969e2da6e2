import { describe, expect, onTestFinished, test } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import { type SalesforceSettings, FIELDS as SOME, salesforceWorld } from '../support/salesforce-world.ts';

const { notes: _, ...FIELDS } = SOME ?? {};
const CAMPAIGN = 'Request a demo';
const OTHER = 'Free trial';

async function world(config: Partial<SalesforceSettings> = {}) {
  const opened = await salesforceWorld({ config: { fields: FIELDS, ...config } as SalesforceSettings, isSetUp: false });
  onTestFinished(() => opened.close());
  const { crm, sandbox } = opened;
  for (const name of [CAMPAIGN, OTHER]) sandbox.people.createCampaign(name);
  await crm.applySetup(await crm.planSetup());
  const connecting = () => opened.callsOf(() => crm.connect());
  return { ...opened, connecting };
}

/** The org allows so many calls a day: each of these numbers may only go down. */
describe('calls', () => {
  test('to connect do not look for campaigns that nobody reads', async () => {
    const without = await (await world()).connecting();
    const campaigns = { 'demo-request': CAMPAIGN };
    expect(await (await world({ campaigns, streams: { campaigns: 'off' } })).connecting()).toBe(without);
    const attended = { webinar: { campaign: CAMPAIGN, as: 'event-attendance' } } as const;
    expect(await (await world({ campaigns: attended })).connecting()).toBe(without);
    expect(await (await world({ campaigns })).connecting()).toBe(without + 2);
  });

  test('of a poll in which nothing happened are one for the people, one for their accounts, one for forms, one for sales', async () => {
    const { crm, clock, callsOf } = await world({
      campaigns: { 'demo-request': CAMPAIGN, trial: OTHER },
      streams: { tasks: 'on', events: 'on', emails: 'on', opportunities: 'on' },
    });
    await crm.connect();
    const window = { from: clock.now() - MINUTE, to: clock.now() };
    const end = async (pages: AsyncIterable<unknown>) => void (await Array.fromAsync(pages));
    const pulled = (...names: string[]) =>
      callsOf(() =>
        Promise.all(crm.streams.filter(({ name }) => names.includes(name)).map((stream) => end(stream.pull(window)))),
      );
    expect(await callsOf(() => end(crm.changedLeads(window)))).toBe(1);
    expect(await callsOf(() => Promise.all(crm.related.map(({ changed }) => end(changed(window)))))).toBe(1);
    expect(await pulled('form-submission:demo-request', 'form-submission:trial')).toBe(1);
    expect(await pulled('task', 'meeting', 'email', 'deal-won')).toBe(1);
  });

  test.each(['Lead', 'Contact'] as const)('for a hundred of %s are one to read and one to write', async (object) => {
    const { crm, sandbox, callsOf } = await world();
    await crm.connect();
    const ids = Array.from({ length: 100 }, () => sandbox.people[`create${object}`]({}).id);
    expect(await callsOf(() => crm.readLeads(ids))).toBe(1);
    const changes = ids.map((id) => ({ id, outputs: { platform: { score: 7 } } }));
    expect(await callsOf(() => crm.writeLeads(changes))).toBe(1);
    expect(await callsOf(() => crm.writeLeads([]))).toBe(0);
  });

  test('for a promotion are one more, and for a task one', async () => {
    const { crm, sandbox, clock, callsOf } = await world({ lifecycle: {} });
    await crm.connect();
    // Where the org is, is asked once.
    await crm.writeLeads([{ id: sandbox.people.createLead({}).id, outputs: {}, promote: true }]);
    const { id } = sandbox.people.createLead({});
    const change = { id, outputs: { platform: { score: 7 } }, promote: true };
    expect(await callsOf(() => crm.writeLeads([change]))).toBe(2);
    const task = { leadId: id, subject: 'Demo', body: 'Call', dueAt: clock.now(), reference: 'demo-1' };
    expect(await callsOf(() => crm.createTask(task))).toBe(1);
    expect(await callsOf(() => crm.findTask(id, 'demo-1'))).toBe(1);
  });
});
