import { describe, expect, it } from 'vitest';
import { DATA, idOf, NOW, openSalesforce } from './open-salesforce.ts';

const ADA = { LastName: 'Lovelace', FirstName: 'Ada', Company: 'Acme', Email: 'ada@acme.example' };
const time = (at: number) => new Date(at).toISOString().replace('Z', '+0000');

describe('one record', () => {
  it('is created, read, changed and deleted', async () => {
    const { ask, clock } = await openSalesforce();
    const made = await ask('POST', '/sobjects/Lead', ADA);
    const id = idOf(made);
    expect(made).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^00Q\w{15}$/), success: true, errors: [] },
    });
    expect(made.headers.get('location')).toBe(`${DATA}/sobjects/Lead/${id}`);
    const path = `/sobjects/Lead/${id}`;
    expect((await ask('GET', path)).body).toMatchObject({
      attributes: { type: 'Lead', url: `${DATA}${path}` },
      Id: id,
      Name: 'Ada Lovelace',
      IsConverted: false,
      Title: null,
      CreatedDate: time(NOW),
    });
    await clock.advance(60_000);
    expect(await ask('PATCH', path, { Title: 'CEO', Company: 'Analytical' })).toMatchObject({
      status: 204,
      body: undefined,
    });
    expect((await ask('GET', `${path}?fields=Title,Company,SystemModstamp`)).body).toEqual({
      attributes: { type: 'Lead', url: `${DATA}${path}` },
      Title: 'CEO',
      Company: 'Analytical',
      SystemModstamp: time(NOW + 60_000),
    });
    expect((await ask('DELETE', path)).status).toBe(204);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      expect(await ask(method, path, method === 'PATCH' ? {} : undefined)).toMatchObject({
        status: 404,
        body: [{ errorCode: 'ENTITY_IS_DELETED' }],
      });
    }
  });

  it('is found by 15 characters of its id, and by nothing else', async () => {
    const { sandbox, ask } = await openSalesforce();
    const lead = sandbox.people.createLead(ADA);
    expect((await ask('GET', `/sobjects/Lead/${lead.id.slice(0, 15)}`)).body).toMatchObject({ Id: lead.id });
    expect((await ask('GET', `/sobjects/lead/${lead.id}`)).status).toBe(200);
    expect((await ask('GET', `/sobjects/Contact/${lead.id}`)).status).toBe(404);
    expect((await ask('GET', '/sobjects/Lead/00Q000000000000AAA')).body).toMatchObject([{ errorCode: 'NOT_FOUND' }]);
    expect((await ask('GET', `/sobjects/Nothing/${lead.id}`)).body).toEqual([
      { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
    ]);
  });

  it('is refused with code, message and fields, and nothing is written', async () => {
    const { sandbox, ask } = await openSalesforce();
    const missing = await ask('POST', '/sobjects/Lead', { FirstName: 'Ada' });
    expect(missing).toMatchObject({
      status: 400,
      body: [{ errorCode: 'REQUIRED_FIELD_MISSING', fields: expect.any(Array) }],
    });
    const unknown = await ask('POST', '/sobjects/Lead', { ...ADA, Bogus__c: 1 });
    expect(unknown).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
    expect(sandbox.org.type('Lead').live()).toEqual([]);
    const { id } = sandbox.people.createLead(ADA);
    expect((await ask('PATCH', `/sobjects/Lead/${id}`, { Id: id })).body).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
    expect((await ask('PATCH', `/sobjects/Lead/${id}`, 'no json')).body).toMatchObject([
      { errorCode: 'JSON_PARSER_ERROR' },
    ]);
    expect((await ask('GET', `/sobjects/Lead/${id}?fields=Bogus`)).body).toEqual([
      { errorCode: 'INVALID_FIELD', message: "No such column 'Bogus' on sobject of type Lead" },
    ]);
    expect((await ask('PUT', `/sobjects/Lead/${id}`)).body).toEqual([
      { errorCode: 'METHOD_NOT_ALLOWED', message: "HTTP Method 'PUT' not allowed. Allowed are DELETE,GET,PATCH" },
    ]);
  });

  it('is refused where a rule, a lock or another record stands against it', async () => {
    const { sandbox, ask } = await openSalesforce();
    const { org, people } = sandbox;
    const { id } = people.createLead(ADA);
    org.validationRules = [
      { type: 'Lead', field: 'Title', message: 'No kings', refuses: (lead) => lead.get('Title') === 'King' },
    ];
    expect(await ask('PATCH', `/sobjects/Lead/${id}`, { Title: 'King' })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'No kings', fields: ['Title'] }],
    });
    org.lock(id, 1);
    expect((await ask('PATCH', `/sobjects/Lead/${id}`, { Title: 'CEO' })).body).toMatchObject([
      { errorCode: 'UNABLE_TO_LOCK_ROW' },
    ]);
    expect((await ask('PATCH', `/sobjects/Lead/${id}`, { Title: 'CEO' })).status).toBe(204);
    org.duplicateRules = [{ type: 'Lead', field: 'Email' }];
    expect((await ask('POST', '/sobjects/Lead', ADA)).body).toMatchObject([
      {
        errorCode: 'DUPLICATES_DETECTED',
        duplicateResult: { allowSave: true, matchResults: [{ matchRecords: [{ record: { Id: id } }] }] },
      },
    ]);
    const allowed = { headers: { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' } };
    expect((await ask('POST', '/sobjects/Lead', ADA, allowed)).status).toBe(201);
  });

  it('is assigned by the rule on every write, unless the header says not to', async () => {
    const { sandbox, ask } = await openSalesforce();
    const { org, people } = sandbox;
    const { id } = people.createLead(ADA);
    const [seller] = org.users;
    org.assignmentRule = () => seller?.id;
    const write = (headers: Record<string, string>) =>
      ask('PATCH', `/sobjects/Lead/${id}`, { Title: 'CEO' }, { headers });
    await write({ 'Sforce-Auto-Assign': 'FALSE' });
    expect(org.assignments).toEqual([]);
    await write({ 'Sforce-Auto-Assign': 'TRUE' });
    await write({});
    expect(org.assignments).toHaveLength(2);
  });

  it('is made or changed by an external id, whichever it needs', async () => {
    const { sandbox, ask } = await openSalesforce({
      integrationUser: { lastName: 'Robot', email: 'robot@x.example', profile: 'System Administrator' },
    });
    const { org } = sandbox;
    org.addField('Lead', { name: 'Key__c', label: 'Key', type: 'string', externalId: true });
    grant(sandbox, 'Lead', 'Key__c');
    const path = '/sobjects/Lead/Key__c/k-1';
    const made = await ask('PATCH', path, ADA);
    expect(made).toMatchObject({ status: 201, body: { success: true, created: true } });
    expect(await ask('PATCH', path, { Title: 'CEO' })).toMatchObject({
      status: 200,
      body: { id: idOf(made), created: false },
    });
    expect((await ask('GET', `${path}?fields=Title,Key__c`)).body).toMatchObject({ Title: 'CEO', Key__c: 'k-1' });
    sandbox.people.createLead({ ...ADA, Key__c: 'k-1' });
    const several = await ask('PATCH', path, { Title: 'CTO' });
    expect([several.status, several.body]).toEqual([300, [expect.stringContaining(idOf(made)), expect.any(String)]]);
    expect((await ask('GET', '/sobjects/Lead/Title/CEO')).status).toBe(404);
  });
});

describe('a custom field', () => {
  it('is there for nobody to whom no permission set gives it', async () => {
    const { sandbox, ask } = await openSalesforce();
    sandbox.org.addField('Lead', { name: 'Score__c', label: 'Score', type: 'double', precision: 5 });
    const { id } = sandbox.people.createLead(ADA);
    const path = `/sobjects/Lead/${id}`;
    const write = () => ask('PATCH', path, { Score__c: 50 });
    expect((await write()).body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    expect((await ask('GET', path)).body).not.toHaveProperty('Score__c');
    grant(sandbox, 'Lead', 'Score__c', { edit: false });
    expect((await write()).body).toMatchObject([{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }]);
    expect((await ask('GET', path)).body).toHaveProperty('Score__c', null);
    grant(sandbox, 'Lead', 'Score__c');
    expect((await write()).status).toBe(204);
    expect((await ask('GET', path)).body).toHaveProperty('Score__c', 50);
  });
});

/** Gives the integration user a field, by a permission set. */
function grant(
  { org }: Awaited<ReturnType<typeof openSalesforce>>['sandbox'],
  object: string,
  field: string,
  { edit = true } = {},
) {
  const add = (type: string, values: Record<string, unknown>) => {
    const result = org.insert(type, values);
    if (!result.success) throw new Error(JSON.stringify(result.errors));
    return result.id;
  };
  const ParentId = add('PermissionSet', { Name: `Set_${org.type('PermissionSet').all.length}`, Label: 'Set' });
  const rights = { PermissionsRead: true, PermissionsEdit: edit };
  add('FieldPermissions', { ParentId, SobjectType: object, Field: `${object}.${field}`, ...rights });
  add('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId: org.integrationUserId });
}
