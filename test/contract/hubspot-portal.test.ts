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
      expect.stringMatching(/^hubspot.yaml:2:1 the portal has no active owner with this e-mail address or id/),
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
    expect(await problemsOf(crm(`${PLAIN}streams: { page_views: on }\n`).connect())).toEqual([
      expect.stringMatching(/Enterprise edition.*"auto" or "off"/),
    ]);
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
        'not allowed: contacts can be written. Give the credential the scope crm.objects.contacts.write',
        'not allowed: contact properties can be created. Give the credential the scope crm.schemas.contacts.write',
        'not allowed: owners can be read. Give the credential the scope crm.objects.owners.read',
        'not allowed: forms can be read. Give the credential the scope forms',
      ]),
    );
    expect(sandbox.portal.properties.get('leadgauge_permission_check')).toBeUndefined();
  });

  test('a portal that answers nothing but errors is a finding too', async () => {
    sandbox.faults.add({ path: '/', status: 503 });
    const findings = await crm(PLAIN).check();
    expect(findings).toEqual([
      { level: 'problem', message: expect.stringMatching(/^not known: the token works.*503/) },
    ]);
  });
});

test('a body that breaks off half-way is asked for again', async () => {
  await setUp();
  sandbox.faults.add({ path: '/crm/properties', halfBody: true, times: 1 });
  sandbox.faults.add({ path: '/crm/properties', reset: true, times: 1, skip: 1 });
  await crm(PLAIN).connect();
});
