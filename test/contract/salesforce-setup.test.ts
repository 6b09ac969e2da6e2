import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/base/errors.ts';
import type { OutputModel } from '../../src/crm/outputs/output-model.ts';
import { describeObject } from '../../src/crm/salesforce/api/describe.ts';
import { check } from '../../src/crm/salesforce/check.ts';
import { findUsers } from '../../src/crm/salesforce/owners.ts';
import { applyRemoval, planRemoval } from '../../src/crm/salesforce/removal.ts';
import { applySetup, planSetup } from '../../src/crm/salesforce/setup.ts';
import { writeAccounts, writeLeads } from '../../src/crm/salesforce/write.ts';
import { type OpenOrg, openSalesforceOrg, PLATFORM } from '../support/salesforce-org.ts';

const LIFECYCLE = { lifecycle: {} };
const SELLER = 'dana.whitlock@gaugeworks.example';

describe('the set-up of an org', () => {
  test('plans fields before the permission sets, what they grant, and who has them', async () => {
    const { setup } = await openSalesforceOrg({ ...LIFECYCLE, permission_sets: { sales_users: [SELLER] } });
    const steps = await planSetup(setup);
    expect(steps.filter(({ kind }) => kind === 'property').map(({ name }) => name)).toHaveLength(29 + 29 + 1);
    expect(steps.filter(({ kind }) => kind === 'permission').map(({ description }) => description)).toEqual([
      'permission set Leadgauge: leadgauge',
      'permission set Leadgauge: access to Account, Contact, Lead',
      'permission set Leadgauge: access to 59 fields',
      'permission set Leadgauge_Sales: leadgauge for sales',
      'permission set Leadgauge_Sales: access to 59 fields',
      'permission set Leadgauge: for the integration user',
      'permission set Leadgauge_Sales: for the users under sales_users',
    ]);
    expect(steps.at(-8)).toMatchObject({
      kind: 'property',
      on: 'accounts',
      name: 'Account.Leadgauge_Account_Score__c',
    });
  });

  test('grants access to campaigns and opportunities where a model asks for what they tell', async () => {
    const plan = async (given: object, ...activityTypes: OutputModel['activityTypes']) => {
      const campaigns = { demo: 'Request a demo' };
      const { setup } = await openSalesforceOrg({ campaigns, ...given }, { models: [{ ...PLATFORM, activityTypes }] });
      return (await planSetup(setup)).find(({ name }) => name === 'Leadgauge objects')?.description;
    };
    const people = 'permission set Leadgauge: access to Account, Contact, Lead';
    expect(await plan({})).toBe(people);
    expect(await plan({}, 'deal-won', 'form-submission')).toBe(`${people}, Campaign, Opportunity`);
    expect(await plan({ streams: { opportunities: 'on' } })).toBe(`${people}, Opportunity`);
    expect(await plan({ streams: { opportunities: 'off', campaigns: 'off' } }, 'deal-won')).toBe(people);
  });

  test('makes fields that the integration user can see and write, and that sales can see', async () => {
    const { setup, setUp, api, org } = await openSalesforceOrg({
      ...LIFECYCLE,
      permission_sets: { sales_users: [SELLER] },
    });
    await setUp();
    expect(await planSetup(setup)).toEqual([]);
    const { fields } = await describeObject(api, 'Lead');
    const field = (name: string) => fields.find((each) => each.name === name);
    expect(field('Leadgauge_Score__c')).toMatchObject({ type: 'double', updateable: true });
    expect(field('Leadgauge_Reasons__c')).toMatchObject({ type: 'textarea', length: 32_768 });
    expect(field('Leadgauge_Override__c')).toMatchObject({ type: 'picklist', updateable: false });
    expect(field('Leadgauge_Stage__c')?.picklistValues.map(({ value }) => value)).toEqual([
      'Lead',
      'MQL',
      'SQL',
      'Customer',
    ]);
    const type = org.type('Lead');
    const seller = org.findUser(SELLER)?.id;
    const may = (name: string) => {
      const own = type.field(name);
      return own && [org.access.canRead(seller, type, own), org.access.canEdit(seller, type, own)];
    };
    expect(may('Leadgauge_Score__c')).toEqual([true, false]);
    expect(may('Leadgauge_Override__c')).toEqual([true, true]);
  });

  test('done twice changes nothing', async () => {
    const { setup, setUp, sandbox } = await openSalesforceOrg(LIFECYCLE);
    const steps = await planSetup(setup);
    await setUp();
    const before = sandbox.requests.count({ method: 'POST', path: /CustomField|composite\/sobjects|PermissionSet/ });
    await applySetup(setup, steps);
    expect(sandbox.requests.count({ method: 'POST', path: /CustomField|composite\/sobjects|PermissionSet/ })).toBe(
      before,
    );
  });

  test('stopped half way goes on where it was', async () => {
    const { setup, api, sandbox } = await openSalesforceOrg(LIFECYCLE);
    const steps = await planSetup(setup);
    await applySetup(setup, steps.slice(0, 20));
    const rest = await planSetup(setup);
    expect(rest).toEqual(steps.slice(20));
    await applySetup(setup, rest);
    expect(await planSetup(setup)).toEqual([]);
    expect((await describeObject(api, 'Contact')).fields.some(({ name }) => name === 'Leadgauge_Score__c')).toBe(true);
    expect(sandbox.requests.count({ status: 500 })).toBe(0);
  });

  test('adds the values that a model has new words for, and keeps those that are there', async () => {
    const { setUp, setupWith, api } = await openSalesforceOrg();
    await setUp();
    const grown = setupWith({});
    const [outputs] = grown.models;
    if (outputs === undefined) throw new Error('there is a model');
    const models = [{ ...outputs, model: { ...PLATFORM, flags: ['student', 'government'] } }];
    const steps = await planSetup({ ...grown, models });
    expect(steps.map(({ description }) => description)).toEqual([
      'values of Lead.Leadgauge_Flags__c: government',
      'values of Contact.Leadgauge_Flags__c: government',
    ]);
    await applySetup({ ...grown, models }, steps);
    expect(await planSetup({ ...grown, models })).toEqual([]);
    const flags = (await describeObject(api, 'Lead')).fields.find(({ name }) => name === 'Leadgauge_Flags__c');
    expect(flags?.picklistValues.map(({ value }) => value)).toEqual(['careers', 'student', 'government']);
    expect(flags?.label).toBe('Lead flags');
  });

  test.each([
    ['of another type', { name: 'Own__c', label: 'Own', type: 'string', length: 80 }, 'is of type Text, not Number'],
    [
      'of the same name in other letters',
      { name: 'OWN__c', label: 'Own', type: 'double', precision: 9, scale: 0 },
      'the org writes Lead.OWN__c',
    ],
  ] as const)('refuses a field %s, also one that it does not see', async (_, field, said) => {
    const { setupWith, org } = await openSalesforceOrg();
    org.addField('Lead', { ...field });
    const error = await planSetup(setupWith({ outputs: { score: 'Own__c' } })).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toContain(said);
  });

  test('refuses a text that is too short, and a field of a package that is not there', async () => {
    const { setupWith, org } = await openSalesforceOrg();
    org.addField('Lead', { name: 'Short__c', label: 'Short', type: 'textarea', length: 255 });
    await expect(planSetup(setupWith({ outputs: { reasons: 'Short__c' } }))).rejects.toThrow(
      'holds 255 characters, and 32768 are needed',
    );
    await expect(planSetup(setupWith({ outputs: { score: 'acme__Score__c' } }))).rejects.toThrow(
      'belongs to a package',
    );
  });

  test('grants all that an integration user needs whose profile grants nothing', async () => {
    const username = 'robot@gaugeworks.example';
    const robot = { lastName: 'Robot', email: username, profile: 'Minimum Access - API Only Integrations' };
    const { setUp, writing, org, people, apiAs } = await openSalesforceOrg({}, { users: [robot] });
    await setUp();
    const { id } = people.createContact({});
    const account = people.createAccount({}).id;
    const api = apiAs(username);
    const score = { platform: { score: 7 } };
    await expect(writeLeads({ ...writing, api }, [{ id, outputs: score }])).rejects.toThrow();
    const [set] = org.type('PermissionSet').where('Name', 'Leadgauge');
    const AssigneeId = org.findUser(username)?.id ?? '';
    org.insert('PermissionSetAssignment', { PermissionSetId: set?.id ?? '', AssigneeId });
    const outcomes = [
      ...(await writeLeads({ ...writing, api }, [{ id, outputs: score }])),
      ...(await writeAccounts({ ...writing, api }, [{ id: account, scores: { platform: 7 } }])),
    ];
    expect(outcomes.map(({ status }) => status)).toEqual(['written', 'written']);
    expect(org.find(id)?.get('Leadgauge_Score__c')).toBe(7);
  });

  const PEOPLE_ALONE: OutputModel = { ...PLATFORM, account: undefined };

  test.each<[string, boolean, OutputModel, boolean]>([
    ['not where leadgauge writes to none', false, PEOPLE_ALONE, false],
    ['where a model scores companies', true, PLATFORM, false],
    ['where persons are accounts', true, PEOPLE_ALONE, true],
  ])('lets the integration user edit accounts, %s', async (_, mayEdit, model, personAccounts) => {
    const { setup, setUp, org } = await openSalesforceOrg({}, { models: [model], personAccounts });
    await setUp();
    expect(editsOf(org)).toEqual({ Account: mayEdit, Contact: true, Lead: true });
    expect(await planSetup(setup)).toEqual([]);
  });

  test('grants later what person accounts need, where contacts could not be seen before', async () => {
    const { setup, setUp, org, sandbox } = await openSalesforceOrg({}, { models: [PEOPLE_ALONE] });
    const see = sandbox.faults.add({
      path: /\/Contact\/describe$/,
      status: 404,
      body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    });
    await setUp();
    see();
    expect(editsOf(org)).toMatchObject({ Account: false });
    expect((await planSetup(setup)).map(({ description }) => description)).toEqual([
      'permission set Leadgauge: access to Account',
    ]);
    await setUp();
    expect(editsOf(org)).toMatchObject({ Account: true });
  });

  test('takes away nothing that it granted before', async () => {
    const { setUp, setupWith, org } = await openSalesforceOrg({}, { personAccounts: false });
    await setUp();
    const now = setupWith({});
    expect(await planSetup({ ...now, models: now.models.map((each) => ({ ...each, model: PEOPLE_ALONE })) })).toEqual(
      [],
    );
    expect(editsOf(org)).toMatchObject({ Account: true });
  });

  test('by a user who may not change it says how else it is done', async () => {
    const robot = { lastName: 'Robot', email: 'robot@gaugeworks.example', profile: 'Standard User' };
    const { setup } = await openSalesforceOrg({}, { integrationUser: robot });
    await expect(planSetup(setup)).rejects.toThrow('have an administrator deploy the source folder');
  });

  test('names a user of sales whom the org does not have by the place in the list', async () => {
    const { setup } = await openSalesforceOrg({
      permission_sets: { sales_users: [SELLER, 'nobody@gaugeworks.example'] },
    });
    await expect(planSetup(setup)).rejects.toThrow('entry 2 of sales_users is no active user');
  });
});

/** By object: whether the permission set of the integration user lets it edit. */
function editsOf(org: OpenOrg['org']): Record<string, boolean> {
  const [set] = org.type('PermissionSet').where('Name', 'Leadgauge');
  const granted = org.type('ObjectPermissions').where('ParentId', set?.id ?? '');
  return Object.fromEntries(granted.map((each) => [each.text('SobjectType') ?? '', each.flag('PermissionsEdit')]));
}

describe('people of the org', () => {
  test('are found by address, user name or id, while they are active', async () => {
    const { api, org } = await openSalesforceOrg(
      {},
      {
        users: [
          { lastName: 'Ann', email: 'ann@acme.example', username: 'ann@acme.example.uat' },
          { lastName: 'Gone', email: 'gone@acme.example', isActive: false },
        ],
      },
    );
    const ann = org.findUser('ann@acme.example')?.id;
    expect(
      await findUsers(api, [
        'ANN@acme.example',
        'gone@acme.example',
        'ann@acme.example.uat',
        String(ann),
        "o'x@y.example",
      ]),
    ).toEqual([ann, 'missing', ann, ann, 'missing']);
    expect(await findUsers(api, [])).toEqual([]);
  });
});

describe('the removal', () => {
  test('takes away what the set-up made, also of models that are gone, and nothing else', async () => {
    const { setUp, setupWith, org, setup } = await openSalesforceOrg({ ...LIFECYCLE, model_outputs: { platform: {} } });
    await setUp();
    org.addField('Lead', { name: 'Leadgauge_Notes__c', label: 'Notes', type: 'string', length: 80 });
    org.addField('Lead', { name: 'Leadgauge_Fit__c', label: 'Fit', type: 'double', precision: 9, scale: 0 });
    const now = setupWith({ lifecycle: 'off', model_outputs: {} });
    const { steps, kept } = await planRemoval(now);
    expect(steps.filter(({ kind }) => kind === 'property')).toHaveLength(29 + 29 + 1);
    expect(steps.filter(({ kind }) => kind === 'permission').map(({ name }) => name)).toEqual([
      'Leadgauge',
      'Leadgauge_Sales',
    ]);
    expect(kept).toEqual([
      { kind: 'property', name: 'Lead.Leadgauge_Notes__c', reason: 'setup makes none of this name' },
      { kind: 'property', name: 'Lead.Leadgauge_Fit__c', reason: 'its description is not the one that setup gives' },
    ]);
    const outcomes = await applyRemoval(now, steps);
    expect(outcomes.filter(({ refused }) => refused !== undefined)).toEqual([]);
    expect((await planRemoval(now)).steps).toEqual([]);
    expect(org.type('Lead').field('Leadgauge_Platform_Score__c')).toBeUndefined();
    expect((await planSetup(setup)).length).toBeGreaterThan(30);
  });

  test('leaves a permission set alone that grants other fields by now', async () => {
    const { setUp, setup, org } = await openSalesforceOrg();
    await setUp();
    org.addField('Lead', { name: 'Theirs__c', label: 'Theirs', type: 'string', length: 80 });
    const [set] = org.type('PermissionSet').where('Name', 'Leadgauge_Sales');
    org.insert('FieldPermissions', {
      ParentId: set?.id ?? '',
      SobjectType: 'Lead',
      Field: 'Lead.Theirs__c',
      PermissionsRead: true,
    });
    const { kept } = await planRemoval(setup);
    expect(kept).toEqual([
      { kind: 'permission', name: 'Leadgauge_Sales', reason: 'it grants other fields as well: lead.theirs__c' },
    ]);
  });
});

describe('a permission set that the org had before', () => {
  const sales = { permission_sets: { sales: 'Sales_Team' } };
  const theirs = { Name: 'Sales_Team', Label: 'Sales team', Description: 'What sales may do' };

  test('is granted our fields, and stays when these go', async () => {
    const { setUp, setup, org } = await openSalesforceOrg(sales);
    org.insert('PermissionSet', theirs);
    await setUp();
    const { steps, kept } = await planRemoval(setup);
    expect(kept).toEqual([
      { kind: 'permission', name: 'Sales_Team', reason: 'its description is not the one that setup gives' },
    ]);
    await applyRemoval(setup, steps);
    expect(org.type('PermissionSet').where('Name', 'Sales_Team')).toHaveLength(1);
  });

  test('stays as well where it is ours and grants other objects by now', async () => {
    const { setUp, setup, org } = await openSalesforceOrg();
    await setUp();
    const [set] = org.type('PermissionSet').where('Name', 'Leadgauge_Sales');
    org.insert('ObjectPermissions', { ParentId: set?.id ?? '', SobjectType: 'Task', PermissionsRead: true });
    const { kept } = await planRemoval(setup);
    expect(kept).toEqual([
      { kind: 'permission', name: 'Leadgauge_Sales', reason: 'it grants other objects as well: task' },
    ]);
  });
});

describe('check', () => {
  const messages = async (given: object, level: string) => {
    const { setup, setUp } = await openSalesforceOrg(given);
    await setUp();
    return (await check(setup)).filter((finding) => finding.level === level).map(({ message }) => message);
  };

  test('finds no problem after the set-up, and tells what only clicks can do', async () => {
    expect(await messages(LIFECYCLE, 'problem')).toEqual([]);
    const warnings = (await messages(LIFECYCLE, 'warning')).join('\n');
    expect(warnings).toContain('Map Lead Fields');
    expect(warnings).toContain('Page Layouts');
  });

  test('before it names the fields that are missing, and throws for nothing', async () => {
    const { setup } = await openSalesforceOrg(LIFECYCLE);
    const problems = (await check(setup)).filter(({ level }) => level === 'problem').map(({ message }) => message);
    expect(problems).toEqual([
      `outputs: the org's leads and contacts do not have any of the 58 fields that leadgauge writes, or the integration user does not see them: run "leadgauge setup"`,
      `outputs: the org's accounts do not have the field that leadgauge writes, or the integration user does not see them: run "leadgauge setup"`,
    ]);
  });

  test.each([
    [true, ['the org has person accounts, which are written to as accounts, and the integration user may not edit']],
    [false, []],
  ])('where persons are accounts (%j) asks whether accounts may be edited', async (personAccounts, said) => {
    const username = 'robot@gaugeworks.example';
    const robot = { lastName: 'Robot', email: username, profile: 'Minimum Access - API Only Integrations' };
    const models = [{ ...PLATFORM, account: undefined }];
    const { setup, setUp, org, apiAs } = await openSalesforceOrg({}, { users: [robot], models, personAccounts });
    await setUp();
    const [set] = org.type('PermissionSet').where('Name', 'Leadgauge');
    const AssigneeId = org.findUser(username)?.id ?? '';
    org.insert('PermissionSetAssignment', { PermissionSetId: set?.id ?? '', AssigneeId });
    const problems = async () =>
      (await check({ ...setup, api: apiAs(username) }))
        .filter(({ level }) => level === 'problem')
        .map(({ message }) => message);
    expect(await problems()).toEqual([]);
    const granted = org.type('ObjectPermissions').where('ParentId', set?.id ?? '');
    const onAccounts = granted.find((each) => each.text('SobjectType') === 'Account');
    org.update(onAccounts?.id ?? '', { PermissionsEdit: false });
    expect((await problems()).filter((each) => each.includes('accounts'))).toEqual(
      said.map((each) => expect.stringContaining(each)),
    );
  });

  test.each([
    [{ ...LIFECYCLE, lead_status: { mql: 'Closed - Converted' } }, 'means that a lead was converted'],
    [{ ...LIFECYCLE, lead_status: { mql: 'Workin - Contacted' } }, 'did you mean "Working - Contacted"?'],
    [{ ...LIFECYCLE, rating: { mql: 'Boiling' } }, 'the org has no Rating "Boiling"'],
    [{ tasks: { status: 'Begun' } }, 'the org has no task status "Begun"'],
    [{ tasks: { owners: ['nobody@acme.example'] } }, 'entry 1 of owners is no active user'],
    [{ fields: { title: 'Titel' } }, 'did you mean "Title"?'],
    [{ fields: { size: { contact: 'Account.Sise__c' } } }, 'sees no field "Sise__c" of Account'],
  ])('%j: %s', async (given, said) => {
    expect((await messages(given, 'problem')).join('\n')).toContain(said);
  });
});
