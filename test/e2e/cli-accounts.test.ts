import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { accountSpace } from '../../src/ledger/accounts.ts';
import { addDeadLetter, listDeadLetters } from '../../src/ledger/dead-letters.ts';
import { takeDirty } from '../../src/ledger/dirty.ts';
import { ALL_SCOPES, createPortal, DEMO_TOKEN, startSandbox } from '../../src/sandbox/sandbox.ts';
import { copyConfig, keepRedis, runCli, tempFolder } from '../support/run-cli.ts';

/** A portal, and a config whose model has an account score. */
async function openPortal(scopes: readonly string[] = ALL_SCOPES) {
  const tokens = [{ token: DEMO_TOKEN, scopes }];
  const sandbox = await startSandbox({ portal: createPortal(), tokens });
  onTestFinished(() => sandbox.close());
  const config = copyConfig();
  appendFileSync(join(config, 'models/platform.yaml'), '\naccount: { of: total, roll_up: max }\n');
  const LEADGAUGE_DATA = tempFolder();
  const env = { HUBSPOT_TOKEN: DEMO_TOKEN, HUBSPOT_BASE_URL: sandbox.url, LEADGAUGE_CONFIG: config, LEADGAUGE_DATA };
  const { id } = sandbox.people.createCompany({ name: 'Acme' });
  sandbox.people.createContact({ email: 'ada@acme.example', jobtitle: 'CEO', associatedcompanyid: id });
  return { sandbox, env, id, run: (...args: string[]) => runCli(args, env) };
}

test('setup creates the property of companies beside those of contacts, once', async () => {
  const { sandbox, run } = await openPortal();
  const { out } = await run('setup', '--yes');
  expect(out).toContain('  + company group leadgauge: Lead scoring');
  expect(out).toContain('  + company property leadgauge_account_score (number): Account score');
  expect(sandbox.portal.companyTable.properties.get('leadgauge_account_score')).toBeDefined();
  expect((await run('setup')).out).toBe('everything is there already: nothing to create');
});

test('check looks at companies', async () => {
  const { run } = await openPortal();
  expect((await run('check')).out).toMatch(
    /^x {2}.*hubspot\.yaml:\d+:\d+ the portal's companies have no property "leadgauge_account_score": run "leadgauge setup"$/m,
  );
  await run('setup', '--yes');
  const { code, out } = await run('check');
  expect(code).toBe(0);
  for (const line of ['companies can be read', 'companies can be written', 'company properties can be created'])
    expect(out).toContain(`ok ${line}`);
  expect(out).toContain('ok companies have a property for each account score');
});

test('without the scopes of companies, check names them and backfill does not begin', async () => {
  const { sandbox, run } = await openPortal(ALL_SCOPES.filter((scope) => !scope.includes('companies')));
  const { code, out } = await run('check');
  expect(code).toBe(2);
  for (const scope of ['objects.companies.read', 'objects.companies.write', 'schemas.companies.write'])
    expect(out).toContain(`give the credential the scope crm.${scope}`);
  const { code: failed, err } = await run('backfill');
  expect(failed).toBe(2);
  expect(err.replaceAll(/\s+/g, ' ')).toContain(
    'the account score needs companies, and HubSpot does not allow them: give the credential the scopes crm.schemas.companies.read, crm.objects.companies.read, crm.objects.companies.write, or take "account" out of the model',
  );
  expect(sandbox.requests.count({ path: /contacts\/batch\/update/, status: 200 })).toBe(0);
  // Whoever only looks needs none of them.
  expect((await run('explain', 'ada@acme.example')).code).toBe(0);
});

test('backfill tells of the accounts that it wrote, and writes none twice', async () => {
  const { sandbox, env, id, run } = await openPortal();
  await keepRedis(env);
  await run('setup', '--yes');
  expect((await run('backfill')).out).toContain('Accounts: 1 written, 0 unchanged, 0 failed.');
  const company = sandbox.portal.companies.find(id);
  if (company === undefined) throw new Error('the company is gone');
  expect(sandbox.portal.companyTable.valueOf(company, 'leadgauge_account_score')).toBeGreaterThan(0);
  const again = JSON.parse((await run('apply', '--json')).out);
  expect(again.accounts).toEqual({ written: 0, unchanged: 1, failed: 0, gone: 0, left: 0 });
  expect(again.calls.write).toBe(0);
});

test('an account among the dead letters is tried again as one', async () => {
  const { env, run } = await openPortal();
  const space = await keepRedis(env);
  await addDeadLetter(space, { id: 'account-77', reason: 'HubSpot refused the record', at: 0 });
  await addDeadLetter(space, { id: '12', reason: 'HubSpot refused the record', at: 1 });
  expect((await run('dead-letters', 'list')).out).toContain('account-77');
  expect((await run('dead-letters', 'retry')).out.split('\n')).toEqual([
    '1 lead will be scored again by the worker',
    '1 account will be scored again by the worker',
  ]);
  expect(await listDeadLetters(space)).toEqual([]);
  expect((await takeDirty(accountSpace(space), 10, Date.now())).map(({ id }) => id)).toEqual(['77']);
  expect((await takeDirty(space, 10, Date.now())).map(({ id }) => id)).toEqual(['12']);
  expect(await space.redis.exists('leadgauge:{queues}:accounts:wait')).toBe(1);
});

test('a running worker scores companies right after their people, with no schedule of their own', async () => {
  const { sandbox, env, id, run } = await openPortal();
  const schedules = join(env.LEADGAUGE_CONFIG, 'schedules.yaml');
  const text = readFileSync(schedules, 'utf8');
  writeFileSync(
    schedules,
    text.replace(/^pull_leads: .*$/m, 'pull_leads: { every: 5s }').replace(/^accounts: .*$/m, 'accounts: off'),
  );
  await run('setup', '--yes');
  const company = sandbox.portal.companies.find(id);
  const score = () => company && sandbox.portal.companyTable.valueOf(company, 'leadgauge_account_score');
  const stopping = new AbortController();
  const worker = runCli(['start', 'worker'], env, { signal: stopping.signal });
  onTestFinished(async () => {
    stopping.abort();
    await worker;
  });
  await expect.poll(score, { timeout: 20_000 }).toBeGreaterThan(0);
  const before = score();
  sandbox.people.createContact({
    email: 'bob@acme.example',
    jobtitle: 'CEO',
    company: 'Acme',
    country: 'Germany',
    numemployees: '500-1000',
    annualrevenue: '50000000',
    associatedcompanyid: id,
  });
  await expect.poll(score, { timeout: 25_000 }).toBeGreaterThan(Number(before));
}, 60_000);
