import { afterEach, expect, test } from 'vitest';
import { DAY } from '../../src/base/clock.ts';
import type { HubspotConfig } from '../../src/crm/hubspot/config.ts';
import { createHubspot } from '../../src/crm/hubspot/hubspot.ts';
import type { OutputModel } from '../../src/crm/outputs/output-model.ts';
import { createPortal, type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { ASKING, EVERYTHING, everyScope, NEEDING } from '../support/every-scope.ts';
import { createTestClock } from '../support/test-clock.ts';
import { createUnlimitedBudget } from '../support/unlimited-budget.ts';

let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

/** A portal that has all that config names but the custom event, which nobody can define there. */
async function open(
  scopes: readonly string[],
  model: OutputModel = ASKING,
  config: HubspotConfig = { ...EVERYTHING, custom_events: {} },
) {
  const clock = createTestClock();
  const token = 'pat-na1-of-the-app';
  const portal = createPortal({ clock, tier: 'enterprise', leads: 3, seed: 1 });
  const started = await startSandbox({ portal, tokens: [{ token, scopes }] });
  sandbox = started;
  started.people.addOwner({ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com' });
  started.people.createList({ name: 'Guests of the fair' });
  started.people.createList({ name: 'Series' });
  const parts = { token, baseUrl: started.url, budget: createUnlimitedBudget(clock), clock, random: () => 0.5 };
  return { crm: createHubspot({ ...parts, ...NEEDING, config, models: [model] }), people: started.people };
}

test('a credential with the needed scopes can do all that leadgauge does', async () => {
  const { crm, people } = await open(everyScope());
  await crm.applySetup(await crm.planSetup());
  expect((await crm.check()).filter(({ level }) => level !== 'ok')).toEqual([]);
  await crm.connect();
  const { id } = people.createContact({ email: 'ada@example.com' });
  const { records } = await crm.listLeads(undefined);
  expect(records.map(({ lead }) => lead.id)).toContain(id);
  const written = await crm.writeLeads([{ id, outputs: { platform: { score: 7 } }, promote: true }]);
  expect(written).toMatchObject([{ status: 'written' }]);
  await crm.enrol('content', [id]);
  expect((await crm.listOwners()).length).toBeGreaterThan(3);
  const window = { from: 0, to: DAY };
  for (const stream of crm.streams) for await (const _ of stream.pull(window));
  for await (const _ of crm.scoredAccounts());
  for (const list of crm.lists) for await (const _ of list.members());
  await crm.createTask({ leadId: id, subject: 'Call', body: 'Now', dueAt: DAY, reference: 'r1' });
  const { steps, kept } = await crm.planRemoval();
  expect(kept).toEqual([]);
  expect((await crm.applyRemoval(steps)).filter(({ refused }) => refused !== undefined)).toEqual([]);
});

test('a credential that may not look at companies removes the rest, and says what it did not see', async () => {
  const { account: _, ...model } = ASKING;
  const { crm } = await open(
    everyScope().filter((scope) => !scope.includes('companies')),
    model,
  );
  await crm.applySetup(await crm.planSetup());
  const { steps, kept } = await crm.planRemoval();
  expect(steps).toHaveLength(28);
  expect(kept).toMatchObject([{ on: 'accounts', reason: expect.stringContaining('crm.objects.companies.read') }]);
});

test('a credential that may look at neither owners nor users is warned of, where config names nobody', async () => {
  const { crm } = await open(
    everyScope().filter((scope) => !/owners|users/.test(scope)),
    ASKING,
    { ...EVERYTHING, custom_events: {}, tasks: { ...EVERYTHING.tasks, owners: [] } },
  );
  await crm.applySetup(await crm.planSetup());
  const lacks = (await crm.check()).filter(({ level }) => level !== 'ok');
  expect(lacks).toEqual([
    {
      level: 'warning',
      message: expect.stringMatching(/^owners cannot be read: .*crm\.objects\.owners\.read\. Until then: /),
    },
    {
      level: 'warning',
      message: expect.stringMatching(/^users cannot be read, .*crm\.objects\.users\.read\. Until then: /),
    },
  ]);
  await crm.connect();
  expect(await crm.listOwners()).toEqual([]);
});

test.each(everyScope())('without %s, check names it', async (scope) => {
  const { crm } = await open(everyScope().filter((each) => each !== scope));
  const lacks = (await crm.check()).filter(({ level }) => level !== 'ok').map(({ message }) => message);
  expect(lacks.join('\n')).toContain(scope);
});
