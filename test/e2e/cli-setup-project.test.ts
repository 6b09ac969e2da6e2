import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { lineDiff } from '../../src/cli/line-diff.ts';
import { createPortal, startSandbox } from '../../src/sandbox/sandbox.ts';
import { parseHubspotEvent } from '../../src/webhooks/hubspot-events.ts';
import { copyConfig, runCli, tempFolder } from '../support/run-cli.ts';

const APP = 'src/app/app-hsmeta.json';
const WEBHOOKS = 'src/app/webhooks/webhooks-hsmeta.json';
const PUBLIC = { PUBLIC_URL: 'https://leads.example.com/' };

const app = z.looseObject({
  uid: z.string(),
  config: z.looseObject({ name: z.string(), auth: z.looseObject({ requiredScopes: z.array(z.string()) }) }),
});
const webhooks = z.object({
  config: z.object({
    settings: z.object({ targetUrl: z.string() }),
    subscriptions: z.record(z.string(), z.array(z.looseObject({ subscriptionType: z.string() }))),
  }),
});

function read<T>(schema: z.ZodType<T>, folder: string, file: string): T {
  return schema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

function newProject() {
  const folder = join(tempFolder(), 'hubspot-app');
  const config = copyConfig();
  const write = (env = {}, ...more: string[]) =>
    runCli(['setup', 'hubspot', '--project', folder, ...more], { LEADGAUGE_CONFIG: config, ...env });
  return { folder, config, write };
}

test('setup hubspot --project writes an app before there is a token, and says what remains to be done', async () => {
  const { folder, write } = newProject();
  const { code, out, err } = await write(PUBLIC, '--yes');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`  + ${join(folder, APP)}`);
  expect(out).toMatch(/^ {2}forms +read forms and what was sent with them$/m);
  expect(out).toContain('1. Get HubSpot');
  expect(out).toContain('HUBSPOT_WEBHOOK_SECRETS=');
  expect(out).toContain('https://leads.example.com/webhooks/hubspot');
  expect(
    out
      .trimEnd()
      .split('\n')
      .filter((line) => /^\d+\. /.test(line)),
  ).toHaveLength(7);
  expect(read(app, folder, APP).uid).toBe('leadgauge_app');
});

test('the table of scopes and what comes before it fit into a terminal of 80 columns', async () => {
  const { write } = newProject();
  const { out } = await write(PUBLIC, '--yes', '--dry-run');
  const [first = ''] = out.split('\n');
  const scopes = out.slice(out.indexOf('What the app may do'), out.indexOf('\n\nLeft out'));
  expect(scopes).toMatch(/^ {2}crm\.objects\.contacts\.read +\S/m);
  for (const line of [first, ...scopes.split('\n')]) expect(line.length, line).toBeLessThanOrEqual(80);
});

test('a line that only gets a comma is no change', () => {
  const [one, two] = [['first'], ['first', 'second']].map((list) => JSON.stringify(list, undefined, 2));
  expect(lineDiff(one ?? '', two ?? '')).toEqual(['+   "second"']);
  expect(lineDiff(two ?? '', one ?? '')).toEqual(['-   "second"']);
});

test('its token is all that setup and check need', async () => {
  const { folder, config, write } = newProject();
  await write({}, '--yes');
  const token = 'pat-na1-of-the-app';
  const scopes = read(app, folder, APP).config.auth.requiredScopes;
  const sandbox = await startSandbox({ portal: createPortal({ tier: 'starter' }), tokens: [{ token, scopes }] });
  onTestFinished(() => sandbox.close());
  const env = { LEADGAUGE_CONFIG: config, HUBSPOT_TOKEN: token, HUBSPOT_BASE_URL: sandbox.url };
  expect(await runCli(['setup', 'hubspot', '--yes'], env)).toMatchObject({ code: 0, err: '' });
  const { findings } = z
    .object({ findings: z.array(z.object({ level: z.string(), message: z.string() })) })
    .parse(JSON.parse((await runCli(['check', '--json'], env)).out));
  expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
  const lacking = findings.flatMap(({ level, message }) =>
    level === 'ok' ? [] : (/lacks the scope (\S+)\./.exec(message) ?? []).slice(1),
  );
  // Which the project says it left out.
  expect(lacking).toEqual(['content']);
});

test('the webhooks of the project are those that the receiver understands', async () => {
  const { folder, write } = newProject();
  await write(PUBLIC, '--yes');
  const { settings, subscriptions } = read(webhooks, folder, WEBHOOKS).config;
  expect(settings.targetUrl).toBe('https://leads.example.com/webhooks/hubspot');
  const events = Object.values(subscriptions)
    .flat()
    .map((subscription) => parseHubspotEvent({ ...subscription, objectId: 1, objectTypeId: '0-1' }));
  expect(events.filter((event) => event === 'not ours' || 'malformed' in event)).toEqual([]);
  expect(events).toContainEqual(expect.objectContaining({ formSent: true }));
  expect(events).toContainEqual(expect.objectContaining({ erase: true }));
});

test('without PUBLIC_URL there are no webhooks, and it says what that means', async () => {
  const { folder, write } = newProject();
  const { code, out } = await write({}, '--yes');
  expect(code).toBe(0);
  expect(out).toContain('No webhooks, as PUBLIC_URL is not set: leadgauge then only polls');
  expect(out).not.toContain('HUBSPOT_WEBHOOK_SECRETS');
  expect(() => readFileSync(join(folder, WEBHOOKS))).toThrow();
});

test('where nobody can be asked it writes nothing and says how, and --dry-run only shows', async () => {
  const { folder, write } = newProject();
  const { code, out, err } = await write();
  expect(code).toBe(2);
  expect(out).toContain('nothing was written');
  expect(err).toBe(`to write this, run: leadgauge setup hubspot --project ${folder} --yes`);
  expect(await write({}, '--dry-run', '--yes')).toMatchObject({ code: 0, err: '' });
  expect(() => readFileSync(join(folder, APP))).toThrow();
});

test('doing it again changes nothing', async () => {
  const { folder, write } = newProject();
  await write(PUBLIC, '--yes');
  const before = readFileSync(join(folder, APP), 'utf8');
  const { code, out } = await write(PUBLIC);
  expect({ code, first: out.split('\n')[0] }).toEqual({
    code: 0,
    first: `the HubSpot project in ${folder} is as config/ needs it`,
  });
  expect(readFileSync(join(folder, APP), 'utf8')).toBe(before);
});

test('what a person changed in a file stays, and each line that config changes is shown first', async () => {
  const { folder, config, write } = newProject();
  await write(PUBLIC, '--yes');
  const file = join(folder, APP);
  const mine = read(app, folder, APP);
  mine.config.name = 'Scores of Example Inc';
  mine.config.support = { supportEmail: 'ops@example.com' };
  writeFileSync(file, JSON.stringify(mine, undefined, 4));
  expect((await write(PUBLIC)).out).toContain(`  = ${file}`);

  const yaml = join(config, 'hubspot.yaml');
  writeFileSync(yaml, `${readFileSync(yaml, 'utf8')}lists: { newsletter_reader: Newsletter subscribers }\n`);
  const asked = await write(PUBLIC);
  expect(asked).toMatchObject({ code: 2 });
  expect(asked.out).toContain(`  ~ ${file}\n      +         "crm.lists.read",`);
  expect(read(app, folder, APP).config.auth.requiredScopes).not.toContain('crm.lists.read');

  expect(await write(PUBLIC, '--yes')).toMatchObject({ code: 0 });
  const written = read(app, folder, APP).config;
  expect(written).toMatchObject({ name: 'Scores of Example Inc', support: { supportEmail: 'ops@example.com' } });
  expect(written.auth.requiredScopes).toContain('crm.lists.read');
});

test('a folder whose name a shell would take apart is quoted in what is to be typed', async () => {
  const folder = join(tempFolder(), "our app's");
  const { err } = await runCli(['setup', 'hubspot', '--project', folder], { LEADGAUGE_CONFIG: copyConfig() });
  expect(err).toBe(`to write this, run: leadgauge setup hubspot --project '${folder.replace("'", `'\\''`)}' --yes`);
});

test('webhooks that were written before stay where PUBLIC_URL is gone, and it says so', async () => {
  const { folder, write } = newProject();
  await write(PUBLIC, '--yes');
  const { out } = await write();
  expect(out).toContain(`PUBLIC_URL is not set: ${join(folder, WEBHOOKS)} was written before, and stays as it is.`);
});

test('a folder with another app in it, or with a file that is no JSON, is refused', async () => {
  const { folder, write } = newProject();
  mkdirSync(join(folder, 'src/app'), { recursive: true });
  writeFileSync(join(folder, APP), '{ "uid": "invoices", "type": "app" }');
  expect(await write({}, '--yes')).toMatchObject({
    code: 2,
    err: `${join(folder, APP)} is the app of something else, as its uid is not leadgauge_app: name another folder, as in --project my-folder`,
  });
  writeFileSync(join(folder, APP), '{ "uid": ');
  expect((await write({}, '--yes')).err).toContain('is not a JSON object: mend it, or delete it');
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'a file');
  expect((await write({}, '--yes')).err).toContain('cannot be read (ENOTDIR): name another folder');
});

test('--json prints the files, what would change in them, the scopes and what remains', async () => {
  const { folder, write } = newProject();
  const result = JSON.parse((await write({}, '--json', '--yes')).out);
  expect(result).toMatchObject({
    folder,
    applied: true,
    files: [
      { path: 'hsproject.json', state: 'new', diff: [] },
      { path: APP, state: 'new', diff: [] },
    ],
    leftOut: [{ scope: 'content' }],
  });
  expect(result.next).toHaveLength(6);
  expect(result.next[1]).toEqual({
    text: expect.any(String),
    lines: [`(cd ${folder} && hs project upload)`],
  });
});

test('setup --project hubspot is no folder that somebody meant, and is told from one that was', async () => {
  const { code, err } = await runCli(['setup', '--project', 'hubspot', '--dry-run']);
  expect({ code, err }).toEqual({
    code: 2,
    err: '"hubspot" after --project is taken for a folder: did you mean "leadgauge setup hubspot --project"? For a folder of that name, write --project ./hubspot',
  });
  const meant = await runCli(['setup', '--project', './hubspot', '--dry-run']);
  expect(meant.code).toBe(0);
});
