import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { silentLog } from '../../src/base/log.ts';
import { reportOf } from '../../src/cli/demo/report.ts';
import { openWorld } from '../../src/cli/demo/world.ts';
import { hubspotConfigSchema } from '../../src/crm/hubspot/config.ts';
import { OUTPUT_KEYS } from '../../src/crm/outputs/output-model.ts';
import { OUTPUT_PROPERTIES } from '../../src/crm/outputs/output-properties.ts';
import { ROLES } from '../../src/crm/role.ts';
import { salesforceConfigSchema } from '../../src/crm/salesforce/config.ts';
import { outputField } from '../../src/crm/salesforce/output-fields.ts';
import { CAMPAIGN_TYPES, STREAM_KEYS } from '../../src/crm/salesforce/streams-config.ts';
import { ACTIVITY_TYPES } from '../../src/leads/activity.ts';
import { DOMAIN_KINDS } from '../../src/leads/email-domain.ts';
import { FUNCTIONS } from '../../src/leads/job-function-table.ts';
import { SENIORITIES } from '../../src/leads/seniority-table.ts';
import { actBody } from '../../src/sandbox/control-acts.ts';
import { marketingActBody } from '../../src/sandbox/control-marketing-acts.ts';
import { salesActBody } from '../../src/sandbox/control-sales-acts.ts';
import { operatorNames } from '../../src/scoring/operators.ts';
import { hubspotOf, loadConfig } from '../../src/settings/config.ts';
import { readEnvironment } from '../../src/settings/environment.ts';
import { requireSalesforceCredentials } from '../../src/settings/salesforce-environment.ts';
import { backfill } from '../../src/sync/backfill.ts';
import { verifyPortal } from '../../src/sync/verify-portal.ts';
import { parseFormSubmitted } from '../../src/webhooks/form-submitted.ts';
import { parseHubspotEvent } from '../../src/webhooks/hubspot-events.ts';
import { parseSalesforceRecord } from '../../src/webhooks/salesforce-record.ts';
import { parseWorkflowContact } from '../../src/webhooks/workflow-contact.ts';
import { copyOfConfig, holds, messagesOf } from '../support/docs-config.ts';
import {
  argumentsOf,
  commandsOf,
  type Example,
  inlineCommands,
  PAGES,
  readExamples,
  readQuestions,
} from '../support/docs-examples.ts';
import { createShell } from '../support/docs-shell.ts';
import { everyScope } from '../support/every-scope.ts';
import { startTestRedis } from '../support/test-redis.ts';

const redis = await startTestRedis();
const examples = readExamples();
const folder = mkdtempSync(join(tmpdir(), 'leadgauge-docs-'));
const { run, io, openPortal, openOrg } = createShell(folder, redis);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const QUESTIONS = readQuestions('docs/model-reference.md');

const keys = z.record(z.string(), z.unknown());
const of = (kind: string) => examples.filter(({ info }) => info === kind || info.startsWith(`${kind} `));
const named = ({ file, line, info }: Example) => `${file}:${line} ${info}`;

describe('the README', () => {
  it('brings a stranger to the demo by its first command', async () => {
    const [first] = of('sh');
    expect(first?.text).toBe('npm ci && npm run demo\nnpm ci && npm test\n');
    const { scripts } = z.object({ scripts: keys }).parse(JSON.parse(readFileSync('package.json', 'utf8')));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test']));

    const { REDIS_URL: _, ...env } = process.env;
    const demo = spawn('npm', ['run', 'demo', '--', '--leads', '150'], { env, detached: true });
    let said = '';
    onTestFinished(() => {
      if (demo.exitCode === null && demo.signalCode === null) demo.kill('SIGKILL');
    });
    let stopped = false;
    const hear = (chunk: Buffer) => {
      said += String(chunk);
      if (stopped || !said.includes('looked at /careers')) return;
      stopped = true;
      // As Ctrl-C does it, to npm and the demo alike.
      if (demo.pid !== undefined) process.kill(-demo.pid, 'SIGINT');
    };
    demo.stdout.on('data', hear);
    demo.stderr.on('data', hear);
    await once(demo, 'close');
    expect(said).toContain('Scored 150 leads');
    expect(said).toContain('The demo ends.');
  });

  it('asks for the scopes that leadgauge needs if config asks for everything, and for no others', () => {
    const rows = readFileSync('README.md', 'utf8').matchAll(/^\| (`[^|]+`) \|/gm);
    const scopes = [...rows].flatMap(([, cell = '']) => [...cell.matchAll(/`([a-z._-]+)`/g)].map(([, scope]) => scope));
    expect(scopes.sort()).toEqual(everyScope().sort());
  });
});

describe('every example', () => {
  it('says what it is, so that it can be tried', () => {
    const kinds =
      /^(yaml (model|model-part|fit|engagement|hubspot|hubspot-models|salesforce|salesforce-models|schedules|sales)( wrong| warned)?|sh( portal| org| run)?|text( error| warning| output( \d)?)?|json \S+|dotenv)$/;
    expect(examples.filter(({ info }) => !kinds.test(info)).map(named)).toEqual([]);
    expect(examples.length).toBeGreaterThan(20);
  });

  it.each(of('yaml').map((example) => [named(example), example] as const))(
    '%s is sound, or as wrong as it says',
    (_, example) => {
      const said = examples[example.place + 1]?.text.trim();
      const expected = {
        problems: example.info.endsWith(' wrong') ? [said] : [],
        warnings: example.info.endsWith(' warned') ? [said] : [],
      };
      expect(messagesOf(example, folder)).toEqual(expected);
    },
  );

  it.each(placedErrors())('%s is really said', async (_, { file, line, column, typed, meant, text }) => {
    const dir = copyOfConfig(folder);
    const target = join(dir, file.slice('config/'.length));
    const lines = readFileSync(target, 'utf8').split('\n');
    const before = lines[line - 1] ?? '';
    expect(before.slice(column - 1, column - 1 + meant.length)).toBe(meant);
    lines[line - 1] = before.slice(0, column - 1) + typed + before.slice(column - 1 + meant.length);
    writeFileSync(target, lines.join('\n'));
    const { code, err } = await run(['check'], { LEADGAUGE_CONFIG: dir });
    expect({ code, err: err.map((each) => each.replace(dir, 'config')) }).toEqual({ code: 2, err: [text] });
  });

  it.each(of('json hubspot-webhooks').map((example) => [named(example), example] as const))(
    '%s subscribes to what the receiver understands',
    (_, { text }) => {
      const schema = z.object({
        config: z.object({
          settings: z.object({ targetUrl: z.string().endsWith('/webhooks/hubspot') }),
          subscriptions: z.record(
            z.string(),
            z.array(
              z.object({
                subscriptionType: z.string(),
                objectType: z.literal('contact').optional(),
                propertyName: z.string().optional(),
              }),
            ),
          ),
        }),
      });
      const events = Object.values(schema.parse(JSON.parse(text)).config.subscriptions)
        .flat()
        .map((subscription) => parseHubspotEvent({ ...subscription, objectId: 1, objectTypeId: '0-1' }));
      expect(events.filter((event) => event === 'not ours' || 'malformed' in event)).toEqual([]);
      expect(events).toContainEqual(expect.objectContaining({ formSent: true }));
      expect(events).toContainEqual(expect.objectContaining({ erase: true }));
    },
  );

  it('of what a workflow and a site send is what the receiver understands', () => {
    const [workflow, site] = [of('json workflow-body'), of('json form-submitted')].map((kind) =>
      kind.map(({ text }): unknown => JSON.parse(text)),
    );
    expect(workflow?.map(parseWorkflowContact)).toEqual([expect.objectContaining({ leadId: '101' })]);
    const forms = Object.keys(hubspotOf(loadConfig('config')).value.forms);
    expect(site?.map((content) => parseFormSubmitted(content, forms))).toEqual([
      { form: 'demo-request', email: 'ada@example.com', sentAt: Date.UTC(2026, 2, 31, 9) },
    ]);
  });

  it('of what a flow sends is what the receiver understands', () => {
    const sent = z.union([
      z.object({ records: z.array(z.unknown()) }),
      z.unknown().transform((one) => ({ records: [one] })),
    ]);
    const records = of('json salesforce-flow').flatMap(({ text }) => sent.parse(JSON.parse(text)).records);
    const lead = { leadIds: ['00Q5g00000AbCdEEAV'] };
    expect(records.map(parseSalesforceRecord)).toEqual([
      expect.objectContaining(lead),
      expect.objectContaining({ ...lead, inCampaign: true }),
    ]);
  });

  it.each(of('dotenv').map((example) => [named(example), example] as const))('%s is an environment', (_, { text }) => {
    writeFileSync(join(folder, 'salesforce.key'), '-----BEGIN PRIVATE KEY-----');
    const { hubspotToken, formWebhookSecrets, salesforce, notify } = readEnvironment(parseEnv(text), folder);
    const flow = salesforce.clientId === undefined ? undefined : requireSalesforceCredentials(salesforce).flow;
    const told = notify.slackUrl ?? notify.smtpUrl ?? notify.httpsSecret;
    expect(hubspotToken ?? formWebhookSecrets[0] ?? salesforce.webhookSecrets[0] ?? flow ?? told).toBeDefined();
  });
});

describe('the tables', () => {
  it('ask by every operator and name every kind of activity, function and rank', () => {
    const page = readFileSync('docs/model-reference.md', 'utf8');
    const asked = QUESTIONS.map(({ condition }) => condition).join('\n');
    expect(operatorNames.filter((name) => !asked.includes(` ${name}:`))).toEqual([]);
    const words = [...ACTIVITY_TYPES, ...FUNCTIONS, ...SENIORITIES, ...DOMAIN_KINDS];
    expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
  });

  it.each(QUESTIONS.map((question) => [question.condition, question] as const))(
    '%s holds for what the page says, and for nothing else',
    (_, { condition, yes, no }) => {
      expect(yes.filter((value) => !holds(condition, value))).toEqual([]);
      expect(no.filter((value) => holds(condition, value))).toEqual([]);
    },
  );

  it('name every act of the sandbox', () => {
    const page = readFileSync('docs/sandbox.md', 'utf8');
    const names = [...actBody.options, ...marketingActBody.options, ...salesActBody.options].flatMap((one): string[] =>
      'shape' in one ? [one.shape.act.value] : [],
    );
    expect(names).toEqual(expect.arrayContaining(['visit', 'bookMeeting', 'attend']));
    expect(names.filter((name) => !new RegExp(`^\\|[^|]*\`${name}\``, 'm').test(page))).toEqual([]);
  });

  it('name every act of the Salesforce sandbox', () => {
    const page = readFileSync('docs/sandbox.md', 'utf8');
    const ofOrgs = page.slice(page.indexOf('## A Salesforce org'));
    const source = readFileSync('src/sandbox/salesforce/http/control-acts.ts', 'utf8');
    const names = [...source.matchAll(/act: z\.literal\('(\w+)'\)/g)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(['respond', 'convert', 'visitor']));
    expect(names.filter((name) => !new RegExp(`^\\|[^|]*\`${name}\``, 'm').test(ofOrgs))).toEqual([]);
  });

  it('name the output fields as they are', () => {
    const rows = readFileSync('docs/salesforce.md', 'utf8').matchAll(/^\| `(\w+)` \| `(\w+)` \| (\w+) \|/gm);
    const { outputs } = salesforceConfigSchema.parse({ fields: {} });
    const real = OUTPUT_KEYS.map((key) => [key, outputs[key], outputField(key).type]);
    expect([...rows].map(([, key, field, type]) => [key, field, type])).toEqual(real);
  });

  it('name every stream and role of Salesforce, and what a response may count as', () => {
    const page = readFileSync('docs/salesforce.md', 'utf8');
    expect([...STREAM_KEYS, ...ROLES].filter((key) => !page.includes(`\n| \`${key}\` |`))).toEqual([]);
    const others = CAMPAIGN_TYPES.filter((type) => type !== 'form-submission');
    expect(others.filter((type) => !page.includes(`\`${type}\``))).toEqual([]);
  });

  it('name the output properties as they are', () => {
    const rows = readFileSync('docs/hubspot.md', 'utf8').matchAll(/^\| `(\w+)` \| `(\w+)` \| (\w+) \|/gm);
    const { outputs } = hubspotConfigSchema.parse({ fields: {} });
    const real = OUTPUT_KEYS.map((key) => [key, outputs[key], OUTPUT_PROPERTIES[key].type]);
    expect([...rows].map(([, key, property, type]) => [key, property, type])).toEqual(real);
  });
});

describe('command lines', () => {
  const lines = [...of('sh').flatMap(({ text }) => commandsOf(text)), ...inlineCommands()];

  it.each([...new Set(lines.filter((line) => argumentsOf(line) !== undefined))])('%s is understood', async (line) => {
    const args = argumentsOf(line) ?? [];
    const few =
      args[0] === 'demo' || args[0] === 'sandbox' ? ['--leads', '1'] : args[0] === 'schema' ? ['--dir', folder] : [];
    // Understood, it fails for want of a config; not understood, commander complains first.
    const { err } = await run([...args, ...few], { LEADGAUGE_CONFIG: join(folder, 'none') }, AbortSignal.abort());
    const complaints = err.filter((each) => each.startsWith('error:'));
    // The text may speak of a command without what it is asked about.
    expect(complaints.filter((each) => args.length > 1 || !each.includes('missing required argument'))).toEqual([]);
  });

  it('of other programs name what is there', () => {
    const { services } = z.object({ services: keys }).parse(parse(readFileSync('compose.yaml', 'utf8')));
    const known = new RegExp(
      `^(npm ci|npm test|npm run demo|cp \\.env\\.example \\.env|openssl req -x509 [-\\w:/=. ]+|docker compose (up -d|logs -f|restart)( (${Object.keys(services).join('|')}))*)$`,
    );
    expect(lines.filter((line) => argumentsOf(line) === undefined && !known.test(line))).toEqual([]);
    expect(existsSync('.env.example')).toBe(true);
  });

  it.each([...of('sh portal'), ...of('sh org')].map((example) => [named(example), example] as const))(
    '%s does on a portal, or in an org, what the page says',
    async (_, example) => {
      const env = await (example.info === 'sh org' ? openOrg() : openPortal());
      if (example.file !== 'README.md') await run(['setup', '--yes'], env);
      const shown = examples[example.place + 1];
      const [, which] = /^text output (\d)$/.exec(shown?.info ?? '') ?? [];
      for (const [index, line] of commandsOf(example.text).entries()) {
        const { code, out, err } = await run(argumentsOf(line) ?? [], env);
        expect({ line, code, err: code === 0 ? [] : err }).toEqual({ line, code: 0, err: [] });
        if (String(index + 1) === which) expect(`${out.join('\n')}\n`).toBe(shown?.text);
      }
    },
  );

  it.each(of('sh run').map((example) => [named(example), example] as const))(
    '%s prints what the page says',
    async (_, { text, place }) => {
      const [line = ''] = commandsOf(text);
      const { out } = await run((argumentsOf(line) ?? []).map(writtenFile), {});
      expect(`${out.join('\n')}\n`).toBe(examples[place + 1]?.text);
    },
  );
});

describe('JSON has the shape that the page shows', () => {
  it('of a lead', async () => {
    const { out } = await run(['score', '--lead', writtenFile('lead.json'), '--at', '2026-03-31', '--json'], {});
    expect(shapeOf(JSON.parse(out.join('\n')))).toEqual(shown('score'));
  });

  it('of a backfill', async () => {
    const env = await openPortal();
    await run(['setup', '--yes'], env);
    const { out } = await run(['backfill', '--json'], env);
    expect(shapeOf(JSON.parse(out.join('\n')))).toEqual(shown('backfill'));
  });

  it('of a plan', async () => {
    const { out } = await run(['plan', '--json'], await openPortal());
    const keysOf = (text: string | undefined) => Object.keys(keys.parse(JSON.parse(text ?? '')));
    expect(keysOf(out.join('\n'))).toEqual(keysOf(of('json plan')[0]?.text));
  });

  it('of the demo', async () => {
    const world = await openWorld(io().io, { leads: 40, seed: 1, log: silentLog });
    onTestFinished(() => world.close());
    const { connection } = world.marketing;
    const { calls } = world.app;
    await connection.crm.applySetup(await connection.crm.planSetup());
    await connection.crm.connect();
    const tally = await backfill(connection, { promote: true });
    const measured = { fastTracks: [1], hotPollMs: 1, fastTracked: 1, seconds: 1.5 };
    const verification = await verifyPortal(connection);
    const done = [{ crm: world.marketing, tally, calls, verification }];
    const report = await reportOf({ world, done, backfillCalls: calls, liveCalls: calls, ...measured });
    expect(shapeOf(JSON.parse(JSON.stringify(report)))).toEqual(shown('demo'));
  });

  function shown(kind: string): unknown {
    return shapeOf(JSON.parse(of(`json ${kind}`)[0]?.text ?? ''));
  }
});

it('links lead somewhere', () => {
  const pages = [...PAGES, 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/decisions/README.md'];
  const dead = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#\s]+)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^https:/.test(target) && !existsSync(join(dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(dead).toEqual([]);
});

/** Messages with a place name the word that must stand there, and the typo to make. */
function placedErrors() {
  return of('text error').flatMap(({ text }) => {
    const match = /^(config\/\S+?):(\d+):(\d+) unknown key "(.+)": did you mean "(.+)"\?$/.exec(text.trim());
    if (match === null) return [];
    const [, file = '', line, column, typed = '', meant = ''] = match;
    return [
      [text.trim(), { file, line: Number(line), column: Number(column), typed, meant, text: text.trim() }] as const,
    ];
  });
}

/** Writes the page's own file of this name and returns where it is; any other word as it stands. */
function writtenFile(word: string): string {
  const [example] = word.endsWith('.json') ? of(`json ${word}`) : [];
  if (example === undefined) return word;
  const file = join(folder, word);
  writeFileSync(file, example.text);
  return file;
}

/** Keys and kinds of values; flags are named by the model, so that any will do. */
function shapeOf(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map((item) => shapeOf(item));
  if (typeof value !== 'object' || value === null) return typeof value;
  if (key === 'flags') return 'numbers by flag';
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner, name)]));
}
