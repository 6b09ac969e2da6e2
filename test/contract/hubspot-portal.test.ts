import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ConfigError, FatalError } from '../../src/base/errors.ts';
import type { Crm } from '../../src/crm/crm.ts';
import { hubspotConfigSchema } from '../../src/crm/hubspot/config.ts';
import { createHubspot } from '../../src/crm/hubspot/hubspot.ts';
import { createPortal, DEMO_TOKEN, type Portal, type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createTestClock } from '../support/test-clock.ts';
import { createUnlimitedBudget } from '../support/unlimited-budget.ts';

const NARROW = 'pat-narrow-0001';
const PLAIN = 'fields: { email: email, job_title: jobtitle }\n';

let sandbox: Sandbox;
let portal: Portal;

async function start(tier: 'starter' | 'enterprise' = 'enterprise', scopes: readonly string[] = []): Promise<void> {
  portal = createPortal({ clock: createTestClock(), tier });
  const tokens = [
    { token: DEMO_TOKEN, scopes: ALL },
    { token: NARROW, scopes },
  ];
  sandbox = await startSandbox({ portal, tokens });
}

const ALL = [
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
].concat(['crm.objects.owners.read', 'forms', 'business-intelligence']);

interface Options {
  readonly token?: string;
  readonly flags?: readonly string[];
  readonly personas?: readonly string[];
  /** Further models, by their ids. */
  readonly others?: readonly string[];
}

function crm(yaml: string, { token, flags = ['personal-email'], personas = [], others = [] }: Options = {}): Crm {
  const clock = portal.settings.clock;
  return createHubspot({
    config: hubspotConfigSchema.parse(parse(yaml)),
    token: token ?? DEMO_TOKEN,
    baseUrl: sandbox.url,
    budget: createUnlimitedBudget(clock),
    clock,
    random: () => 0.5,
    models: ['platform', ...others].map((id) => ({
      id,
      name: `The ${id}`,
      flags,
      personas,
      activityTypes: ['page-view' as const],
    })),
    locate: (path) => ({ file: 'hubspot.yaml', line: path.length, column: 1 }),
  });
}

async function setUp(yaml = PLAIN, flags?: readonly string[]): Promise<void> {
  const each = crm(yaml, { flags });
  await each.applySetup(await each.planSetup());
}

const option = (value: string, displayOrder: number) => ({
  label: value,
  value,
  displayOrder,
  hidden: false,
  description: '',
});

async function problemsOf(promise: Promise<unknown>): Promise<string[]> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).message.split('\n');
}

beforeEach(() => start());
afterEach(() => sandbox.close());

describe('a config that does not fit the portal', () => {
  test('is told all at once, each with its place and the nearest word', async () => {
    await setUp();
    const yaml = `
fields: { email: email, job_title: jobtitel, size: numberofemployees_x }
forms: { demo-request: Request a dmeo, ebook: Download the ebook }
lifecycle: { property: lifecyclestage, mql: marketingqualifedlead }
tasks: { fallback_owner: nobody@acme.example }
`;
    expect(await problemsOf(crm(yaml).connect())).toEqual([
      'hubspot.yaml:2:1 the portal has no contact property "jobtitel": did you mean "jobtitle"?',
      expect.stringMatching(/^hubspot.yaml:2:1 the portal has no contact property "numberofemployees_x": /),
      'hubspot.yaml:2:1 the portal has no form "Request a dmeo": did you mean "Request a demo"?',
      'hubspot.yaml:2:1 the portal has no lifecycle stage "marketingqualifedlead": did you mean "marketingqualifiedlead"?',
      expect.stringMatching(
        /^hubspot.yaml:2:1 fallback_owner is no active owner of the portal, neither by e-mail address nor by id/,
      ),
    ]);
  });

  test('a form may be named by its GUID, and two of one name must be', async () => {
    await setUp();
    const [demo] = portal.forms.all();
    portal.forms.add({
      guid: '00000000-0000-4000-a000-00000000000b',
      name: 'Request a demo',
      formType: 'captured',
      path: '/demo',
    });
    const problems = await problemsOf(crm(`${PLAIN}forms: { demo: Request a demo }\n`).connect());
    expect(problems[0]).toMatch(/2 forms named "Request a demo": write the GUID of the one you mean/);
    const byGuid = crm(`${PLAIN}forms: { demo: ${demo?.guid} }\n`);
    await byGuid.connect();
    expect(byGuid.streams.map(({ form }) => form)).toContain('demo');
  });

  test('one form under two keys, by name and by GUID, is refused: its submissions would count under one of them', async () => {
    await setUp();
    const guid = portal.forms.all().find(({ name }) => name === 'Request a demo')?.guid;
    const yaml = `${PLAIN}forms: { demo-request: Request a demo, ebook: ${guid} }\n`;
    const problem =
      'hubspot.yaml:2:1 "Request a demo" is already demo-request: a form has one key, so keep one of them';
    expect(await problemsOf(crm(yaml).connect())).toEqual([problem]);
    expect(await crm(yaml).check()).toContainEqual({ level: 'problem', message: problem });
  });

  test('an owner that the portal does not have, or that is named twice, is told by its place in the list', async () => {
    await setUp();
    const [ann] = portal.owners.all;
    const owners = [ann?.email, 'nobody@acme.example', `"${ann?.id}"`, 'none@acme.example'].join(', ');
    const unknown = 'is no active owner of the portal, neither by e-mail address nor by id';
    expect(await problemsOf(crm(`${PLAIN}tasks: { owners: [${owners}] }\n`).connect())).toEqual([
      expect.stringContaining(`hubspot.yaml:3:1 entry 2 of owners ${unknown}`),
      'hubspot.yaml:3:1 entry 3 of owners is the same owner as entry 1: keep one of them',
      expect.stringContaining(`hubspot.yaml:3:1 entry 4 of owners ${unknown}`),
    ]);
  });

  test('a property of another type is refused by setup and by connect, and left as it is', async () => {
    const property = {
      name: 'leadgauge_score',
      label: 'Score',
      type: 'string',
      fieldType: 'text',
      groupName: 'contactinformation',
    } as const;
    portal.properties.add(property, 0);
    const clash = `hubspot.yaml:2:1 the portal's property "leadgauge_score" is of type string, not number: name another property here`;
    expect(await problemsOf(crm(PLAIN).planSetup())).toEqual([clash]);
    expect(await problemsOf(crm(PLAIN).connect())).toContain(clash);
    expect(portal.properties.get('leadgauge_score')?.type).toBe('string');
  });

  test('an output must not be a property that HubSpot keeps to itself, but people may decide in one', async () => {
    const problems = await problemsOf(crm(`${PLAIN}outputs: { score: hs_analytics_num_visits }\n`).planSetup());
    expect(problems).toEqual([expect.stringContaining('cannot be written to')]);
    const decision = {
      name: 'decided_elsewhere',
      label: 'Decision',
      type: 'enumeration',
      fieldType: 'calculation_equation',
      groupName: 'contactinformation',
      options: ['qualified', 'disqualified'].map((value, displayOrder) => option(value, displayOrder)),
    } as const;
    portal.properties.add(decision, 0);
    const yaml = `${PLAIN}outputs: { override: decided_elsewhere }\n`;
    await setUp(yaml);
    await crm(yaml).connect();
  });

  test('a stream that must be on and that the portal does not give says what to write instead', async () => {
    await sandbox.close();
    await start('starter');
    await setUp();
    const insisting = crm(`${PLAIN}streams: { page_views: on }\n`);
    const problems = await problemsOf(insisting.connect());
    expect(problems).toEqual([expect.stringMatching(/^hubspot.yaml:2:1 .*Enterprise edition.*"auto" or "off"/)]);
    // In the same words wherever it is told.
    expect(await insisting.check()).toContainEqual({ level: 'problem', message: problems[0] });
    const auto = crm(PLAIN);
    await auto.connect();
    expect(auto.streams).toEqual([]);
  });
});

describe('setup', () => {
  test('adds the flags that a new model brings, and keeps the old ones', async () => {
    await setUp(PLAIN, ['personal-email']);
    const grown = crm(PLAIN, { flags: ['student', 'personal-email'] });
    expect(await problemsOf(grown.connect())).toEqual([
      expect.stringContaining('"leadgauge_flags" lacks the options student: run "leadgauge setup"'),
    ]);
    const steps = await grown.planSetup();
    expect(steps).toEqual([
      { kind: 'property', name: 'leadgauge_flags', description: 'options of leadgauge_flags: student' },
    ]);
    await grown.applySetup(steps);
    expect(portal.properties.get('leadgauge_flags')?.options.map(({ label }) => label)).toEqual([
      'Personal email',
      'Student',
    ]);
    await grown.connect();
  });

  test('is asked for once where several properties are missing, as after an upgrade', async () => {
    await setUp();
    const { properties } = portal;
    const added = ['route', 'lead_at', 'nurture', 'routed_at', 'follow_up', 'overdue'].map(
      (name) => `leadgauge_${name}`,
    );
    for (const name of added) {
      const property = properties.get(name);
      if (property !== undefined) properties.archive(property, portal.now());
    }
    const said =
      'hubspot.yaml:1:1 6 properties are missing on contacts (leadgauge_route, leadgauge_lead_at, leadgauge_nurture, leadgauge_routed_at, leadgauge_follow_up and 1 more): run "leadgauge setup"';
    const older = crm(PLAIN);
    expect(await problemsOf(older.connect())).toEqual([said]);
    expect(await older.check()).toContainEqual({ level: 'problem', message: said });
  });

  test('adds the personas that a new model brings, and the words to decide by where they are missing', async () => {
    const own = {
      name: 'sales_says',
      label: 'Sales says',
      type: 'enumeration',
      fieldType: 'radio',
      groupName: 'contactinformation',
      options: [option('qualified', 0)],
    } as const;
    portal.properties.add(own, 0);
    await setUp();
    const grown = crm(`${PLAIN}outputs: { override: sales_says }\n`, { personas: ['engineer', 'buyer'] });
    const steps = await grown.planSetup();
    expect(steps.map(({ description }) => description)).toEqual([
      'options of leadgauge_persona: buyer, engineer',
      'options of sales_says: disqualified',
    ]);
    await grown.applySetup(steps);
    expect(portal.properties.get('sales_says')?.options.map(({ label }) => label)).toEqual([
      'qualified',
      'Not for sales, whatever the model says',
    ]);
    await grown.connect();
  });

  test('gives each of several models properties of its own, whose labels say whose they are, in one group', async () => {
    await setUp();
    const yaml = `${PLAIN}model_outputs: { services: { score: score_of_services } }\n`;
    const both = crm(yaml, { others: ['services'] });
    expect(await problemsOf(both.connect())).toEqual([
      'hubspot.yaml:2:1 the portal has none of the properties of the model services yet: run "leadgauge setup"',
    ]);
    const steps = await both.planSetup();
    expect(steps.map(({ description }) => description)).toContain(
      'property score_of_services (number): Lead score (The services)',
    );
    expect(steps.map(({ name }) => name)).toContain('leadgauge_services_override');
    await both.applySetup(steps);
    expect(portal.properties.get('leadgauge_services_grade')).toMatchObject({ groupName: 'leadgauge' });
    // What is there keeps the label that it has.
    expect(portal.properties.get('leadgauge_score')?.label).toBe('Lead score');
    await both.connect();
  });

  test('creates more properties than HubSpot makes in one call', async () => {
    const others = Array.from({ length: 7 }, (_, index) => `line-${index}`);
    const many = crm(`${PLAIN}model_outputs: { ${others.map((id) => `${id}: {}`).join(', ')} }\n`, { others });
    const steps = await many.planSetup();
    expect(steps.length).toBeGreaterThan(100);
    await many.applySetup(steps);
    expect(await many.planSetup()).toEqual([]);
    await many.connect();
  });

  test('works for models without any flag', async () => {
    await setUp(PLAIN, []);
    await crm(PLAIN, { flags: [] }).connect();
  });

  test('another process that was faster does no harm', async () => {
    const [one, other] = [crm(PLAIN), crm(PLAIN)];
    const steps = await one.planSetup();
    await Promise.all([one.applySetup(steps), other.applySetup(steps)]);
    expect(await one.planSetup()).toEqual([]);
  });

  test('a name that HubSpot keeps for a deleted property is for a person to free', async () => {
    sandbox.faults.add({
      method: 'POST',
      path: /\/contacts(\/batch\/create)?$/,
      status: 409,
      body: { category: 'OBJECT_ALREADY_EXISTS' },
    });
    expect(await problemsOf(setUp())).toEqual([
      expect.stringMatching(/keeps the name leadgauge_score for something deleted: restore it/),
    ]);
  });

  test('creates only what the steps name', async () => {
    const partly = crm(PLAIN);
    const steps = await partly.planSetup();
    await partly.applySetup(steps.slice(0, 2));
    expect(await partly.planSetup()).toEqual(steps.slice(2));
  });
});

describe('check', () => {
  test('a token that HubSpot refuses is one finding, not twenty', async () => {
    const findings = await crm(PLAIN, { token: 'pat-wrong-0001' }).check();
    expect(findings).toEqual([{ level: 'problem', message: expect.stringMatching(/^HubSpot refused the token/) }]);
    await expect(crm(PLAIN, { token: 'pat-wrong-0001' }).connect()).rejects.toBeInstanceOf(FatalError);
  });

  test('names every scope that is missing, and tries the rest', async () => {
    await setUp();
    await sandbox.close();
    await start('enterprise', ['crm.objects.contacts.read']);
    const yaml = `${PLAIN}forms: { demo-request: Request a demo }\ntasks: { owners: [ann@example.com] }\n`;
    const findings = await crm(yaml, { token: NARROW }).check();
    const missing = findings.filter(({ level }) => level === 'problem').map(({ message }) => message);
    expect(missing).toEqual(
      expect.arrayContaining([
        'contacts cannot be written: give the credential the scope crm.objects.contacts.write',
        'contact properties cannot be created: give the credential the scope crm.schemas.contacts.write',
        'owners cannot be read: give the credential the scope crm.objects.owners.read',
        'forms cannot be read: give the credential the scope forms',
      ]),
    );
    expect(findings.filter(({ message }) => message.includes('owners'))).toHaveLength(1);
    expect(sandbox.portal.properties.get('leadgauge_permission_check')).toBeUndefined();
  });

  test('says of one thing that it is there, and of no owner that could not be read', async () => {
    await setUp();
    const messages = (await crm(`${PLAIN}forms: { demo-request: Request a demo }\n`).check()).map(
      ({ message }) => message,
    );
    expect(messages).toContain('the form is there');
    expect(messages.join()).not.toMatch(/all 1 |owners/);
  });

  test('of a stream that is switched off, says what is counted in its stead', async () => {
    await setUp();
    const findings = await crm(`${PLAIN}streams: { page_views: off, calls: off }\n`).check();
    expect(findings).toContainEqual({
      level: 'ok',
      message: "page views are not read: config says off. HubSpot's counters stand in for page-view",
    });
    expect(findings).toContainEqual({ level: 'ok', message: 'calls are not read: config says off' });
  });

  test('names the scope that a stream lacks, and not the one that was proven before', async () => {
    await sandbox.close();
    await start('enterprise', [...ALL, 'crm.schemas.contacts.read']);
    await setUp();
    const findings = await crm(PLAIN, { token: NARROW }).check();
    const emails = findings.map(({ message }) => message).filter((message) => message.startsWith('e-mails of sales'));
    expect(emails).toEqual([
      'e-mails of sales cannot be read: the credential lacks the scope sales-email-read. No model asks for them',
    ]);
  });

  test('a portal that answers nothing but errors is a finding too', async () => {
    sandbox.faults.add({ path: '/', status: 503 });
    const findings = await crm(PLAIN).check();
    expect(findings).toEqual([
      { level: 'problem', message: expect.stringMatching(/^it is not known whether the token works.*503/) },
    ]);
  });
});

test('a body that breaks off half-way is asked for again', async () => {
  await setUp();
  sandbox.faults.add({ path: '/crm/properties', halfBody: true, times: 1 });
  sandbox.faults.add({ path: '/crm/properties', reset: true, times: 1, skip: 1 });
  await crm(PLAIN).connect();
});
