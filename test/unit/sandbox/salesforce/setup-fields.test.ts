import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { peopleOf } from '../../../../src/sandbox/salesforce/org/acts/acts.ts';
import { describeRoutes } from '../../../../src/sandbox/salesforce/rest/describe-routes.ts';
import { recordRoutes } from '../../../../src/sandbox/salesforce/rest/record-routes.ts';
import { Writer } from '../../../../src/sandbox/salesforce/rest/writer.ts';
import { createOrg } from '../../../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { CustomFields } from '../../../../src/sandbox/salesforce/setup/custom-fields.ts';
import { setupRoutes } from '../../../../src/sandbox/salesforce/setup/setup-routes.ts';
import { evaluate } from '../../../../src/sandbox/salesforce/soql/evaluate.ts';
import { askRoutes } from './ask-routes.ts';
import { DATA, NOW, stillClock } from './open-salesforce.ts';

// Not confirmed by documentation: the codes beside the messages for a name or a description that cannot be, which properties a
// description may leave out, the code for too many fields, that `fullName` of a picklist value is refused (seen was only that the
// Tooling API reads `valueName`), that a value which is no longer named stays inactive, and who may ask the Tooling API.

const TOOLING = `${DATA}/tooling`;
const FIELDS = `${TOOLING}/sobjects/CustomField`;
const made = z.object({ id: z.string() });
const described = z.object({ fields: z.array(z.looseObject({ name: z.string() })) });

const SCORE = {
  label: 'Leadgauge Score',
  type: 'Number',
  precision: 5,
  scale: 0,
  description: 'How good a lead this is',
};
const value = (valueName: string, more: object = {}) => ({ valueName, label: valueName, default: false, ...more });
const picklist = (...value: object[]) => ({
  label: 'Stage',
  type: 'Picklist',
  valueSet: { restricted: true, valueSetDefinition: { sorted: false, value } },
});

function openSetup(more: Parameters<typeof createOrg>[0] = {}) {
  const org = createOrg({ clock: stillClock(), leads: 0, now: NOW, ...more });
  const fields = new CustomFields(org);
  const routes = [...setupRoutes(org, fields), ...recordRoutes(org, new Writer(org)), ...describeRoutes(org)];
  const as = (userId: string) => askRoutes(routes, { userId });
  const ask = as(org.integrationUserId);
  const create = (FullName: string, Metadata: object = SCORE) => ask('POST', FIELDS, { body: { FullName, Metadata } });
  const add = (fullName: string, metadata: object = SCORE) => made.parse(create(fullName, metadata).body).id;
  const query = (soql: string) => ask('GET', `${TOOLING}/query?q=${encodeURIComponent(soql)}`);
  const fieldOf = (object: string, name: string) => {
    const { body } = ask('GET', `${DATA}/sobjects/${object}/describe`);
    return described.parse(body).fields.find((field) => field.name === name);
  };
  const insert = (object: string, body: object) =>
    made.parse(ask('POST', `${DATA}/sobjects/${object}`, { body }).body).id;
  /** Gives the integration user a field by a permission set. */
  const grant = (object: string, name: string, edit = true) => {
    const permissionSet = insert('PermissionSet', { Name: `Set_${name}_${edit}`, Label: name });
    const field = { ParentId: permissionSet, SobjectType: object, Field: `${object}.${name}` };
    insert('FieldPermissions', { ...field, PermissionsRead: true, PermissionsEdit: edit });
    insert('PermissionSetAssignment', { PermissionSetId: permissionSet, AssigneeId: org.integrationUserId });
  };
  return { org, people: peopleOf(org), fields, as, ask, create, add, query, fieldOf, insert, grant };
}

describe('a custom field', () => {
  it('is made by the Tooling API', () => {
    const { create, ask, org } = openSetup();
    const { status, body } = create('Lead.Leadgauge_Score__c');
    expect({ status, body }).toEqual({
      status: 201,
      body: { id: expect.stringMatching(/^00N\w{15}$/), success: true, errors: [], warnings: [], infos: [] },
    });
    const { id } = made.parse(body);
    expect(ask('GET', `${FIELDS}/${id}`).body).toMatchObject({
      attributes: { type: 'CustomField', url: `${FIELDS}/${id}` },
      Id: id,
      DeveloperName: 'Leadgauge_Score',
      TableEnumOrId: 'Lead',
      NamespacePrefix: null,
      FullName: 'Lead.Leadgauge_Score__c',
      ManageableState: 'unmanaged',
      Metadata: SCORE,
    });
    expect(org.type('Lead').field('Leadgauge_Score__c')).toMatchObject({ type: 'double', precision: 5, custom: true });
  });

  it.each([
    ['Text', { length: 40 }, { type: 'string', length: 40 }],
    ['LongTextArea', { length: 32_000, visibleLines: 4 }, { type: 'textarea', length: 32_000 }],
    ['Checkbox', { defaultValue: 'false' }, { type: 'boolean', defaultValue: false }],
    ['DateTime', {}, { type: 'datetime' }],
    ['Date', {}, { type: 'date' }],
    ['MultiselectPicklist', { visibleLines: 4, valueSet: picklist(value('a')).valueSet }, { type: 'multipicklist' }],
  ])('can be a %s', (type, more, expected) => {
    const { org, add } = openSetup();
    add('Lead.Field__c', { label: 'Field', type, ...more });
    expect(org.type('Lead').field('Field__c')).toMatchObject(expected);
  });

  it('is there once under its name', () => {
    const { create, add } = openSetup();
    add('Lead.Leadgauge_Score__c');
    expect(create('Lead.leadgauge_score__c')).toMatchObject({
      status: 400,
      body: [
        { errorCode: 'DUPLICATE_DEVELOPER_NAME', message: expect.stringMatching(/^There is already a field named/) },
      ],
    });
    expect(create('Contact.Leadgauge_Score__c').status).toBe(201);
  });

  it.each([
    ['Lead.Score', 'FIELD_INTEGRITY_EXCEPTION'],
    ['Lead.1Score__c', 'FIELD_INTEGRITY_EXCEPTION'],
    ['Lead.Lead__Score__c', 'FIELD_INTEGRITY_EXCEPTION'],
    ['Lead.Score___c', 'FIELD_INTEGRITY_EXCEPTION'],
    [`Lead.${'S'.repeat(41)}__c`, 'STRING_TOO_LONG'],
    ['Nothing.Score__c', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    ['Score__c', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
  ])('cannot be called %s', (fullName, errorCode) => {
    const { create } = openSetup();
    expect(create(fullName)).toMatchObject({ status: 400, body: [{ errorCode }] });
  });

  it.each([
    ['a number without precision', { label: 'A', type: 'Number' }],
    ['a text without length', { label: 'A', type: 'Text' }],
    ['a text that is too long', { label: 'A', type: 'Text', length: 256 }],
    ['a label that is too long', { ...SCORE, label: 'A'.repeat(41) }],
    ['a checkbox without a default', { label: 'A', type: 'Checkbox' }],
    ['a value twice', picklist(value('a'), value('A'))],
    ['a type that there is not', { label: 'A', type: 'Score' }],
    ['values as the Metadata API calls them', picklist({ fullName: 'a', label: 'a' })],
  ])('cannot be %s', (_, metadata) => {
    const { create, org } = openSetup();
    expect(create('Lead.Field__c', metadata).status).toBe(400);
    expect(org.type('Lead').field('Field__c')).toBeUndefined();
  });

  it('gets picklist values by a new description, and what is left out can no longer be chosen', () => {
    const { ask, add, org, grant, insert } = openSetup();
    const id = add('Lead.Stage__c', picklist(value('New'), value('Old')));
    grant('Lead', 'Stage__c');
    const Metadata = picklist(value('New'), value('Hot'));
    expect(ask('PATCH', `${FIELDS}/${id}`, { body: { Metadata } }).status).toBe(204);
    const values = org
      .type('Lead')
      .field('Stage__c')
      ?.picklist.map(({ value: name, active }) => [name, active]);
    expect(values).toEqual([
      ['New', true],
      ['Hot', true],
      ['Old', false],
    ]);
    insert('Lead', { LastName: 'Ann', Company: 'Acme', Stage__c: 'Hot' });
    const refused = ask('POST', `${DATA}/sobjects/Lead`, {
      body: { LastName: 'Ann', Company: 'Acme', Stage__c: 'Old' },
    });
    expect(refused).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }] });
    expect(ask('GET', `${FIELDS}/${id}`).body).toMatchObject({
      Metadata: { valueSet: { valueSetDefinition: { value: [{}, {}, { valueName: 'Old', isActive: false }] } } },
    });
  });

  it('keeps its type and its name', () => {
    const { ask, add } = openSetup();
    const id = add('Lead.Score__c');
    const change = (body: object) => ask('PATCH', `${FIELDS}/${id}`, { body });
    expect(change({ Metadata: { label: 'Score', type: 'Text', length: 10 } }).status).toBe(400);
    expect(change({ FullName: 'Lead.Other__c', Metadata: SCORE }).status).toBe(400);
    expect(change({ FullName: 'Lead.Score__c', Metadata: { ...SCORE, label: 'Better' } }).status).toBe(204);
  });

  it('goes with its values, and comes back empty', () => {
    const { ask, add, people, org, grant } = openSetup();
    const id = add('Lead.Score__c');
    grant('Lead', 'Score__c');
    const lead = people.createLead({ Score__c: 5 });
    expect(ask('DELETE', `${FIELDS}/${id}`).status).toBe(204);
    expect(ask('DELETE', `${FIELDS}/${id}`)).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND' }] });
    expect(() => evaluate(org, 'SELECT Score__c FROM Lead', { user: org.integrationUserId })).toThrow(/No such column/);
    const again = add('Lead.Score__c');
    expect(again).not.toBe(id);
    expect(lead.get('Score__c')).toBeNull();
  });

  it('is one of so many', () => {
    const { fields, create, add } = openSetup();
    expect(fields.mostFields).toBe(500);
    // Three are there from the beginning.
    fields.mostFields = 4;
    add('Lead.One__c');
    expect(create('Lead.Two__c').status).toBe(400);
    expect(create('Contact.One__c').status).toBe(201);
  });

  it('is for who may set up', () => {
    const { as, org, add } = openSetup();
    const id = add('Lead.Score__c');
    const [rep] = org.users;
    const ask = as(rep?.id ?? '');
    expect(ask('POST', FIELDS, { body: { FullName: 'Lead.B__c', Metadata: SCORE } }).status).toBe(403);
    expect(ask('GET', `${FIELDS}/${id}`).status).toBe(403);
  });
});

describe('field-level security', () => {
  it('hides a new field from everybody, also from who made it, until a permission set gives it', () => {
    const { ask, add, fieldOf, grant, org } = openSetup();
    add('Lead.Score__c');
    const write = () =>
      ask('POST', `${DATA}/sobjects/Lead`, { body: { LastName: 'Ann', Company: 'Acme', Score__c: 5 } });
    const select = () => evaluate(org, 'SELECT Score__c FROM Lead', { user: org.integrationUserId });
    expect(fieldOf('Lead', 'Score__c')).toBeUndefined();
    expect(write()).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
    expect(select).toThrow(/No such column/);

    grant('Lead', 'Score__c', false);
    expect(fieldOf('Lead', 'Score__c')).toMatchObject({ updateable: false });
    expect(select().totalSize).toBe(0);
    expect(write()).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Score__c'] }],
    });

    grant('Lead', 'Score__c');
    expect(fieldOf('Lead', 'Score__c')).toMatchObject({ updateable: true, type: 'double' });
    expect(write().status).toBe(201);
  });

  it('shows a contact’s field on person accounts as __pc', () => {
    const { add, fieldOf, grant, people, org } = openSetup({ personAccounts: true });
    add('Contact.Score__c');
    grant('Contact', 'Score__c');
    expect(fieldOf('Account', 'Score__pc')).toMatchObject({ type: 'double', updateable: true });
    const contact = people.createPersonAccount({ LastName: 'Ann', Score__c: 7 });
    const soql = `SELECT Score__pc FROM Account WHERE PersonContactId = '${contact.id}'`;
    const [row] = evaluate(org, soql, { user: org.integrationUserId }).rows();
    expect(row?.cells).toMatchObject([{ name: 'Score__pc', value: 7 }]);
  });

  it('is for who may set up', () => {
    const { as, org } = openSetup();
    const [rep] = org.users;
    const body = { Name: 'Mine', Label: 'Mine' };
    expect(as(rep?.id ?? '')('POST', `${DATA}/sobjects/PermissionSet`, { body }).status).toBeGreaterThanOrEqual(400);
  });
});

describe('a query of the Tooling API', () => {
  it('finds custom fields, also those that it did not make', () => {
    const { org, add, query } = openSetup();
    add('Lead.Leadgauge_Score__c');
    add('Contact.Leadgauge_Score__c');
    org.addField('Lead', { name: 'Region__c', label: 'Region', type: 'string' });
    const soql =
      "SELECT Id, DeveloperName, TableEnumOrId, NamespacePrefix, ManageableState FROM CustomField WHERE TableEnumOrId IN ('Lead', 'Contact') AND DeveloperName LIKE 'Leadgauge_%' ORDER BY TableEnumOrId";
    const { status, body } = query(soql);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      size: 2,
      totalSize: 2,
      done: true,
      entityTypeName: 'CustomField',
      records: [
        {
          attributes: { type: 'CustomField' },
          TableEnumOrId: 'Contact',
          DeveloperName: 'Leadgauge_Score',
          NamespacePrefix: null,
        },
        { TableEnumOrId: 'Lead', ManageableState: 'unmanaged' },
      ],
    });
    expect(query("SELECT Id FROM CustomField WHERE DeveloperName = 'Region'").body).toMatchObject({ size: 1 });
    expect(query("SELECT Id FROM CustomField WHERE TableEnumOrId = 'Account'").body).toMatchObject({ size: 0 });
  });

  it('tells the description of one field, and not of several', () => {
    const { add, query } = openSetup();
    const id = add('Lead.One__c');
    add('Lead.Two__c');
    expect(query(`SELECT Id, FullName, Metadata FROM CustomField WHERE Id = '${id}'`).body).toMatchObject({
      records: [{ Id: id, FullName: 'Lead.One__c', Metadata: { type: 'Number', precision: 5 } }],
    });
    expect(query('SELECT Metadata FROM CustomField')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'MALFORMED_QUERY', message: expect.stringContaining('no more than one row') }],
    });
  });

  it('refuses what is no query, and what it has not', () => {
    const { query } = openSetup();
    expect(query('SELECT Nothing FROM CustomField')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD' }],
    });
    expect(query('SELECT')).toMatchObject({ status: 400, body: [{ errorCode: 'MALFORMED_QUERY' }] });
  });
});
