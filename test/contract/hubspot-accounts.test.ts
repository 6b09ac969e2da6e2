import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { ConfigError } from '../../src/base/errors.ts';
import type { Crm } from '../../src/crm/crm.ts';
import { hubspotConfigSchema } from '../../src/crm/hubspot/config.ts';
import { createHubspot } from '../../src/crm/hubspot/hubspot.ts';
import { modelOutputs, modelOutputsProblems } from '../../src/crm/hubspot/model-outputs.ts';
import { createPortal, DEMO_TOKEN, type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createTestClock } from '../support/test-clock.ts';
import { createUnlimitedBudget } from '../support/unlimited-budget.ts';

const PLAIN = 'fields: { email: email }';

const model = (id: string, account?: object) => ({
  id,
  name: `The ${id}`,
  flags: ['spam'],
  personas: [],
  activityTypes: [],
  account,
});

async function open(): Promise<Sandbox> {
  const sandbox = await startSandbox({ portal: createPortal({ clock: createTestClock() }) });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function crm(sandbox: Sandbox, models = [model('platform', {})], yaml = PLAIN): Crm {
  const { clock } = sandbox.portal.settings;
  return createHubspot({
    config: hubspotConfigSchema.parse(parse(yaml)),
    token: DEMO_TOKEN,
    baseUrl: sandbox.url,
    budget: createUnlimitedBudget(clock),
    clock,
    random: () => 0.5,
    models,
    locate: (path) => ({ file: 'hubspot.yaml', line: path.length, column: 1 }),
  });
}

async function setUp(each: Crm): Promise<void> {
  await each.applySetup(await each.planSetup());
}

const companyCalls = ({ requests }: Sandbox) => requests.all().filter(({ path }) => path.includes('/companies'));

test('each model with account has a property of companies, named after it and labelled with it', async () => {
  const sandbox = await open();
  const models = [model('platform', {}), model('services', {}), model('partners')];
  const each = crm(sandbox, models, `${PLAIN}\nmodel_outputs: { services: {}, partners: {} }`);
  const steps = (await each.planSetup()).filter(({ on }) => on === 'accounts');
  expect(steps.map(({ description }) => description)).toEqual([
    'company group leadgauge: Lead scoring',
    'company property leadgauge_account_score (number): Account score (The platform)',
    'company property leadgauge_services_account_score (number): Account score (The services)',
  ]);
  await each.applySetup(steps);
  expect(sandbox.portal.companyTable.properties.get('leadgauge_services_account_score')?.type).toBe('number');
  // The steps of companies were asked for alone, though the group of contacts has the same name.
  expect(sandbox.portal.properties.groups.has('leadgauge')).toBe(false);
  expect((await each.planSetup()).filter(({ on }) => on === 'accounts')).toEqual([]);
});

test('the property may be named otherwise, and like one of contacts', async () => {
  const sandbox = await open();
  const each = crm(sandbox, [model('platform', {})], `${PLAIN}\noutputs: { account_score: leadgauge_score }`);
  await setUp(each);
  await each.connect();
  const { id } = sandbox.people.createCompany({ name: 'Acme' });
  await each.writeAccounts([{ id, scores: { platform: 7 } }]);
  expect((await each.readAccounts([id]))[0]?.scores).toEqual({ platform: 7 });
});

test('a property of another type is refused by setup and by connect, where it is named', async () => {
  const sandbox = await open();
  await setUp(crm(sandbox));
  const { properties } = sandbox.portal.companyTable;
  properties.archive(properties.get('leadgauge_account_score')!, 0);
  const text = { label: 'Account score', type: 'string', fieldType: 'text', groupName: 'companyinformation' } as const;
  properties.add({ name: 'leadgauge_account_score', ...text }, 0);
  const message = `hubspot.yaml:2:1 the portal's property "leadgauge_account_score" is of type string, not number: name another property here`;
  await expect(crm(sandbox).planSetup()).rejects.toThrow(message);
  await expect(crm(sandbox).connect()).rejects.toThrow(message);
});

test('a property that was deleted since is named by connect, and not missed by who only reads', async () => {
  const sandbox = await open();
  await setUp(crm(sandbox));
  const { properties } = sandbox.portal.companyTable;
  properties.archive(properties.get('leadgauge_account_score')!, 0);
  const error = await crm(sandbox)
    .connect()
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConfigError);
  expect(String(error)).toContain(
    `the portal's companies have no property "leadgauge_account_score": run "leadgauge setup"`,
  );
  const before = companyCalls(sandbox).length;
  await crm(sandbox).connect({ readOnly: true });
  expect(companyCalls(sandbox)).toHaveLength(before);
});

test('companies are asked for by nobody without account', async () => {
  const sandbox = await open();
  const each = crm(sandbox, [model('platform')]);
  await setUp(each);
  await each.connect();
  await each.check();
  expect(companyCalls(sandbox)).toEqual([]);
});

test('companies with a score by any of seven models are all found', async () => {
  const sandbox = await open();
  const ids = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
  const yaml = `${PLAIN}\nmodel_outputs: { ${ids.map((id) => `${id}: {}`).join(', ')} }`;
  const each = crm(
    sandbox,
    ids.map((id) => model(id, {})),
    yaml,
  );
  await setUp(each);
  await each.connect();
  const companies = ids.map(() => sandbox.people.createCompany({ name: 'Acme' }).id);
  await each.writeAccounts(companies.map((id, index) => ({ id, scores: { [ids[index] ?? '']: index } })));
  sandbox.people.createCompany({ name: 'Without' });
  const found = new Set((await Array.fromAsync(each.scoredAccounts())).flat());
  expect(found).toEqual(new Set(companies));
});

test('a number that somebody made text of counts as none', async () => {
  const sandbox = await open();
  const each = crm(sandbox);
  await setUp(each);
  await each.connect();
  const { id } = sandbox.people.createCompany({ name: 'Acme' });
  const answer = {
    status: 'COMPLETE',
    results: [{ id, properties: { leadgauge_account_score: 'hot', hs_merged_object_ids: '1;2' } }],
  };
  sandbox.faults.add({ path: /companies\/batch\/read/, times: 1, body: answer });
  expect(await each.readAccounts([id])).toEqual([{ id, formerIds: ['1', '2'], scores: {} }]);
});

test('two models cannot share the property, and its name must be one that HubSpot takes', () => {
  const models = [model('platform', {}), model('services', {})];
  const config = (account_score: string) =>
    hubspotConfigSchema.parse({ fields: {}, model_outputs: { services: { account_score } } });
  const problems = (name: string, of = models) => modelOutputsProblems(config(name), of).map(({ message }) => message);
  expect(problems('other_score')).toEqual([]);
  expect(problems('leadgauge_account_score')).toEqual([
    'leadgauge_account_score is already the property of outputs.account_score: give each its own',
  ]);
  expect(problems('leadgauge_account_score', [model('platform', {}), model('services')])).toEqual([]);
  const long = model(`line-${'x'.repeat(70)}`, {});
  const [named] = modelOutputs(hubspotConfigSchema.parse({ fields: {}, model_outputs: { [long.id]: {} } }), [long]);
  expect(named?.accountScore.startsWith('leadgauge_line_xxx')).toBe(true);
});
