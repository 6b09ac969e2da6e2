import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCliOrg, salesforceConfig } from '../support/cli-org.ts';
import { type Env, openCliPortal, runCli, tempFolder } from '../support/run-cli.ts';

const PUBLIC = { PUBLIC_URL: 'https://leads.example.com' };
const FLOW = 'force-app/main/default/flows/Leadgauge_Lead_Changed.flow-meta.xml';
const ACCOUNT_FLOW = 'force-app/main/default/flows/Leadgauge_Account_Changed.flow-meta.xml';
const MESSAGES = 'force-app/main/default/workflows/Lead.workflow-meta.xml';

describe('setup salesforce', () => {
  test('shows the fields and permission sets of the org, and creates nothing where nobody can be asked', async () => {
    const { run, ourFields } = await openCliOrg();
    const { code, out, err } = await run('setup', 'salesforce');
    expect({ code, err }).toEqual({ code: 2, err: 'to create this, run: leadgauge setup salesforce --yes' });
    expect(out).toMatch(/^to be created in the org:$/m);
    expect(out).toContain('  + field Lead.Leadgauge_Score__c (Number): Lead score');
    expect(out).not.toMatch(/portal|propert/);
    expect(ourFields()).toEqual([]);
  });

  test('creates them with --yes, and then there is nothing left to create and nothing for check to refuse', async () => {
    const { run, ourFields } = await openCliOrg({ leads: 10 });
    expect(await run('setup', '--yes')).toMatchObject({ code: 0, err: '' });
    expect(ourFields()).toHaveLength(58);
    expect((await run('setup')).out).toBe('everything is there already: nothing to create');
    const { code, out } = await run('check');
    expect({ code, problems: out.split('\n').filter((line) => line.startsWith('x')) }).toEqual({
      code: 0,
      problems: [],
    });
  });

  test('refuses a CRM that is off, and one that nothing is written to', async () => {
    const { env } = await openCliOrg();
    const setup = (config: string) => runCli(['setup', 'salesforce'], { ...env, LEADGAUGE_CONFIG: config });
    expect(await setup(salesforceConfig({ salesforce: 'source' }))).toMatchObject({ code: 2 });
    const off = await setup(salesforceConfig({ hubspot: 'off', salesforce: 'off' }));
    expect(off).toMatchObject({ code: 2, err: expect.stringContaining('no CRM is on: write "role: both" here') });
  });
});

describe('remove salesforce', () => {
  test('takes away all that setup made, and says what a person must do in the org', async () => {
    const { run, ourFields } = await openCliOrg();
    await run('setup', '--yes');
    const { code, out, err } = await run('remove', 'salesforce', '--yes');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('to be deleted from the org, with all values in it:');
    expect(out).toContain('"Map Lead Fields" first');
    expect(out).toContain('It keeps deleted fields for 15 days');
    expect(out).toContain('deleted: 58 fields, 2 permission sets');
    expect(out).toContain('2. The credential: in Salesforce, delete the app under Setup, External Client App Manager');
    expect(out).toContain('     SALESFORCE_CLIENT_ID');
    expect(out).not.toMatch(/HubSpot|HUBSPOT|portal/);
    expect(ourFields()).toEqual([]);
    expect((await run('remove', 'salesforce')).out.split('\n')[0]).toBe(
      'nothing that setup created is in the org: nothing to remove',
    );
  });

  test('says that what is in Redis is of every CRM, where several are on', async () => {
    const { run, env } = await openCliOrg();
    expect((await run('remove', 'salesforce', '--redis')).out).toContain('everything that leadgauge keeps in Redis\n');
    const portal = await openCliPortal();
    const both = { ...portal.env, ...env, LEADGAUGE_CONFIG: salesforceConfig({ hubspot: 'both' }) };
    const { out } = await runCli(['remove', 'salesforce', '--redis', '--dry-run'], both);
    expect(out).toContain('and everything that leadgauge keeps in Redis, of every CRM');
    const setup = await runCli(['setup', '--dry-run'], both);
    expect(setup.out).toMatch(/^hubspot:\nto be created in the portal:\n {2}\+ group leadgauge/m);
    expect(setup.out).toMatch(/^salesforce:\nto be created in the org:\n {2}\+ field Lead\./m);
  });

  test('names and leaves alone a field of somebody else', async () => {
    const { run, sandbox, ourFields } = await openCliOrg();
    await run('setup', '--yes');
    sandbox.customFields.add('Lead.Leadgauge_Notes__c', { type: 'Text', label: 'Notes', length: 80 });
    const { code, out } = await run('remove', 'salesforce', '--yes');
    expect(code).toBe(0);
    expect(out).toContain('left alone:\n  = field Lead.Leadgauge_Notes__c: setup makes none of this name');
    expect(ourFields()).toEqual(['Lead.Leadgauge_Notes__c']);
  });
});

function newProject(config = salesforceConfig()) {
  const folder = join(tempFolder(), 'salesforce-app');
  const write = (env: Env = {}, ...more: string[]) =>
    runCli(['setup', 'salesforce', '--project', folder, ...more], { LEADGAUGE_CONFIG: config, ...env });
  return { folder, config, write, file: (path: string) => join(folder, path) };
}

describe('setup salesforce --project', () => {
  test('writes what an administrator deploys, before there is a credential, and says what remains', async () => {
    const { write, file } = newProject();
    const { code, out, err } = await write(PUBLIC, '--yes');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`  + ${file('force-app/main/default/objects/Lead/fields')}: 29 files`);
    expect(out).toContain('  a flow and an outbound message each for Lead, Contact, CampaignMember');
    for (const words of [
      'sf project deploy start',
      'sf org assign permset --name Leadgauge --on-behalf-of',
      'External Client App Manager',
      'JWT Bearer Flow',
      'Client Credentials Flow',
      'SALESFORCE_WEBHOOK_SECRETS=',
      'Map Lead Fields',
    ])
      expect(out).toContain(words);
    expect(out.split('\n').filter((line) => /^\d+\. /.test(line))).toHaveLength(11);
    expect(readFileSync(file('README.md'), 'utf8')).toContain('https://leads.example.com/webhooks/salesforce/<secret>');
    expect(existsSync(file(FLOW))).toBe(true);
  });

  test('names in what remains no step that nothing in the folder needs', async () => {
    const { write, file } = newProject();
    const { out } = await write({}, '--yes');
    expect(out).toContain('No flows and outbound messages, as PUBLIC_URL is not set: leadgauge then only polls');
    expect(out).not.toMatch(/WEBHOOK|openssl rand|Setup, Flows/);
    expect(out.split('\n').filter((line) => /^\d+\. /.test(line))).toHaveLength(8);
    expect(existsSync(file(FLOW))).toBe(false);
  });

  test('says how where nobody can be asked, and --dry-run writes nothing', async () => {
    const { folder, write } = newProject();
    const { code, out, err } = await write(PUBLIC, '--person-accounts');
    expect({ code, err }).toEqual({
      code: 2,
      err: `to write this, run: leadgauge setup salesforce --project ${folder} --person-accounts --yes`,
    });
    expect(out).toContain('nothing was written');
    expect(await write(PUBLIC, '--dry-run', '--yes')).toMatchObject({ code: 0, err: '' });
    expect(existsSync(folder)).toBe(false);
  });

  test('does nothing when it is done again, whatever ends the lines', async () => {
    const { folder, write, file } = newProject();
    await write(PUBLIC, '--yes');
    const windows = readFileSync(file(FLOW), 'utf8').replaceAll('\n', '\r\n');
    writeFileSync(file(FLOW), windows);
    const { code, out } = await write(PUBLIC);
    expect({ code, first: out.split('\n')[0] }).toEqual({
      code: 0,
      first: `the Salesforce project in ${folder} is as config/ needs it`,
    });
    expect(readFileSync(file(FLOW), 'utf8')).toBe(windows);
  });

  test('shows each line that a change of config changes, and names what config has no use for any more', async () => {
    const { write, config, file } = newProject();
    await write({}, '--yes');
    const yaml = join(config, 'salesforce.yaml');
    writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('  grade: Leadgauge_Grade__c', '  grade: Our_Grade__c'));
    const { out } = await write({}, '--yes');
    expect(out).toContain(`  ~ ${file('manifest/package.xml')}\n`);
    expect(out).toContain('      +         <members>Lead.Our_Grade__c</members>');
    expect(out).toContain(
      'no longer, needed by config/: force-app/main/default/objects/Contact/fields/Leadgauge_Grade',
    );
  });

  test('tells of person accounts once it was told of them', async () => {
    const { write, file } = newProject();
    expect((await write({}, '--dry-run')).out).toContain('run this with --person-accounts: they are written to as acc');
    expect((await write(PUBLIC, '--yes')).out).toContain('run this with --person-accounts');
    await write(PUBLIC, '--person-accounts', '--yes');
    expect(existsSync(file(ACCOUNT_FLOW))).toBe(true);
    const { code, out } = await write(PUBLIC);
    expect(code).toBe(0);
    expect(out).not.toContain('--person-accounts');
  });

  test('does not take the address out of what tells of changes', async () => {
    const { write, file } = newProject();
    await write(PUBLIC, '--yes');
    const { code, err } = await write({}, '--yes');
    expect({ code, err }).toEqual({
      code: 2,
      err: `PUBLIC_URL is not set, but ${file(MESSAGES)} tells leadgauge of changes: set PUBLIC_URL as it was, or delete the folders flows and workflows beside it, and in the org what they made`,
    });
    for (const folder of ['flows', 'workflows']) rmSync(file(`force-app/main/default/${folder}`), { recursive: true });
    expect(await write({}, '--yes')).toMatchObject({ code: 0 });
  });

  test('keeps away from a folder of something else', async () => {
    const { folder, write, file } = newProject();
    mkdirSync(folder);
    writeFileSync(file('README.md'), '# Ours\n');
    expect((await write({}, '--yes')).err).toBe(
      `${file('README.md')} is there already, and not leadgauge's: name another folder, as in --project my-folder`,
    );
    writeFileSync(file('sfdx-project.json'), '{"name": "acme"}');
    expect((await write({}, '--yes')).err).toContain('is the project of something else, as its name is not leadgauge');
    writeFileSync(file('sfdx-project.json'), '{');
    expect((await write({}, '--yes')).err).toContain('sfdx-project.json is not a JSON object: mend it');
    expect(readFileSync(file('README.md'), 'utf8')).toBe('# Ours\n');
  });

  test('refuses a CRM that is off, and a source, which needs no fields', async () => {
    const off = newProject(salesforceConfig({ hubspot: 'both', salesforce: 'off' }));
    expect(await off.write()).toMatchObject({
      code: 2,
      err: 'Salesforce is off: write "role: both" in config/salesforce.yaml',
    });
    const source = newProject(salesforceConfig({ hubspot: 'both', salesforce: 'source' }));
    expect((await source.write()).err).toContain('Salesforce is a source alone, and needs no fields');
  });

  test('is for the CRM that is on where none is named, and asks for a name where there is a choice', async () => {
    const project = (config: string, ...more: string[]) =>
      runCli(['setup', '--project', join(tempFolder(), 'x'), '--dry-run', ...more], { LEADGAUGE_CONFIG: config });
    expect((await project(salesforceConfig())).out).toContain('a Salesforce project');
    expect((await project(salesforceConfig({ hubspot: 'both', salesforce: 'off' }))).out).toContain(
      'a HubSpot project',
    );
    expect(await project(salesforceConfig({ hubspot: 'both' }))).toMatchObject({
      code: 2,
      err: expect.stringContaining('several CRMs are on: name the one that you mean'),
    });
  });

  test('knows --person-accounts as its own', async () => {
    const env = { LEADGAUGE_CONFIG: salesforceConfig({ hubspot: 'both' }) };
    expect((await runCli(['setup', '--person-accounts'], env)).err).toContain('--person-accounts needs --project');
    expect((await runCli(['setup', 'hubspot', '--project', '--person-accounts'], env)).err).toContain(
      '--person-accounts is about Salesforce',
    );
  });

  test('prints with --json what it would write and what is in it', async () => {
    const { folder, write } = newProject();
    const told = JSON.parse((await write(PUBLIC, '--dry-run', '--json')).out);
    expect(told).toMatchObject({ folder, applied: false, permissionSets: ['Leadgauge', 'Leadgauge_Sales'] });
    expect(told.fields).toContain('Lead.Leadgauge_Score__c');
    expect(told.tellsOf).toEqual(['Lead', 'Contact', 'CampaignMember']);
    expect(told.files).toContainEqual({ path: FLOW, state: 'new', diff: [] });
  });
});
