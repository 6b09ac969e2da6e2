import { describe, expect, it } from 'vitest';
import { type Ask, COMPANIES, CONTACTS, NOW, openSandbox, stillClock } from './open-sandbox.ts';

const PROPERTIES = '/crm/properties/2026-09/companies';
const UPDATE = `${COMPANIES}/batch/update`;
const score = {
  name: 'account_score',
  label: 'Account score',
  type: 'number',
  fieldType: 'number',
  groupName: 'companyinformation',
};

async function twoCompanies(...[portal, options]: Parameters<typeof openSandbox>) {
  const opened = await openSandbox(portal, options);
  const { people } = opened.sandbox;
  const acme = people.createCompany({ name: 'Acme', domain: 'acme.example', numberofemployees: 120 });
  const globex = people.createCompany({ name: 'Globex', domain: 'globex.example', industry: 'BANKING' });
  return { ...opened, people, acme, globex };
}

/** One property of one record, as the API gives it. */
async function read(ask: Ask, path: string, id: string, property: string): Promise<string | null | undefined> {
  const { body } = await ask('GET', `${path}/${id}?properties=${property}`);
  return body.properties?.[property];
}

describe('reading companies', () => {
  it('gives every company once, in order of ids, a hundred at most', async () => {
    const { sandbox, ask } = await openSandbox({ leads: 900 });
    const ids: string[] = [];
    for (let after: string | undefined = '0'; after !== undefined; ) {
      const page = await ask('GET', `${COMPANIES}?limit=50&after=${after}`);
      ids.push(...page.body.results!.map((one) => one.id!));
      after = page.body.paging?.next.after;
    }
    expect(ids.length).toBeGreaterThan(100);
    expect(new Set(ids).size).toBe(sandbox.portal.companies.all.length);
    expect(ids.map(Number)).toEqual(ids.map(Number).toSorted((a, b) => a - b));
    expect((await ask('GET', `${COMPANIES}?limit=101`)).status).toBe(400);
  });

  it('answers in text, with the properties that always come', async () => {
    const { ask, acme } = await twoCompanies({ clock: stillClock() });
    const at = new Date(NOW).toISOString();
    const plain = await ask('GET', `${COMPANIES}/${acme.id}`);
    expect(plain.body).toEqual({
      id: acme.id,
      properties: {
        name: 'Acme',
        domain: 'acme.example',
        createdate: at,
        hs_lastmodifieddate: at,
        hs_object_id: acme.id,
      },
      createdAt: at,
      updatedAt: at,
      archived: false,
    });
    const named = await ask('GET', `${COMPANIES}/${acme.id}?properties=numberofemployees,industry,nonsense`);
    expect(named.body.properties).toEqual({
      numberofemployees: '120',
      industry: null,
      createdate: at,
      hs_lastmodifieddate: at,
      hs_object_id: acme.id,
    });
  });

  it('knows the numbered versions and the type ids too', async () => {
    const { ask } = await twoCompanies();
    for (const path of ['/crm/v3/objects/companies', '/crm/objects/v3/companies', '/crm/v3/objects/0-2']) {
      expect((await ask('GET', path)).body.results).toHaveLength(2);
    }
  });

  it('takes no contact for a company, nor the other way round', async () => {
    const { ask, people, acme } = await twoCompanies();
    const { id } = people.createContact({ email: 'ada@acme.example' });
    expect((await ask('GET', `${COMPANIES}/${id}`)).status).toBe(404);
    expect((await ask('GET', `${CONTACTS}/${acme.id}`)).status).toBe(404);
  });

  it('answers 207 for what a batch lacks, with the rest', async () => {
    const { ask, acme } = await twoCompanies();
    const { status, body } = await ask('POST', `${COMPANIES}/batch/read`, {
      inputs: [{ id: acme.id }, { id: '404' }],
      properties: ['name'],
    });
    expect(status).toBe(207);
    expect(body.results?.map((one) => one.properties?.name)).toEqual(['Acme']);
    expect(body.errors).toEqual([expect.objectContaining({ category: 'OBJECT_NOT_FOUND', context: { ids: ['404'] } })]);
  });

  it('refuses a batch of more than a hundred, and one by a property that several companies may share', async () => {
    const { ask } = await twoCompanies();
    const inputs = Array.from({ length: 101 }, (_, index) => ({ id: String(index) }));
    expect((await ask('POST', `${COMPANIES}/batch/read`, { inputs })).status).toBe(400);
    const byDomain = await ask('POST', `${COMPANIES}/batch/read`, {
      inputs: [{ id: 'acme.example' }],
      idProperty: 'domain',
    });
    expect(byDomain.body.message).toContain('non-unique 0-2 property domain');
  });
});

describe('updating a batch of companies', () => {
  it('writes, answers with what it wrote, and moves the time of change', async () => {
    const clock = stillClock();
    const { ask, acme, globex } = await twoCompanies({ clock });
    await ask('POST', PROPERTIES, score);
    await clock.advance(1_000);
    const { status, body } = await ask('POST', UPDATE, {
      inputs: [acme, globex].map(({ id }) => ({ id, properties: { account_score: 42 } })),
    });
    expect(status).toBe(200);
    expect(body.results?.map((one) => one.properties)).toEqual(
      [acme, globex].map(({ id }) => ({
        account_score: '42',
        createdate: new Date(NOW).toISOString(),
        hs_lastmodifieddate: new Date(NOW + 1_000).toISOString(),
        hs_object_id: id,
      })),
    );
    expect(await read(ask, COMPANIES, acme.id, 'account_score')).toBe('42');
  });

  it('answers 207 for unknown ids, with their trace ids, and writes the rest', async () => {
    const { ask, acme } = await twoCompanies();
    const { status, body } = await ask('POST', UPDATE, {
      inputs: [
        { id: acme.id, properties: { city: 'Leeds' }, objectWriteTraceId: 'first' },
        { id: '999', properties: { city: 'Leeds' }, objectWriteTraceId: 'second' },
      ],
    });
    expect([status, body.numErrors]).toEqual([207, 1]);
    expect(body.errors?.[0]?.context).toEqual({ ids: ['999'], objectWriteTraceId: ['second'] });
    expect(await read(ask, COMPANIES, acme.id, 'city')).toBe('Leeds');
  });

  const bad: readonly [string, Record<string, string>, string][] = [
    ['a property of contacts alone', { jobtitle: 'CTO' }, 'PROPERTY_DOESNT_EXIST'],
    ['the number of people', { num_associated_contacts: '7' }, 'READ_ONLY_VALUE'],
    ['the id', { hs_object_id: '7' }, 'READ_ONLY_VALUE'],
    ['the time of change', { hs_lastmodifieddate: '1700000000000' }, 'READ_ONLY_VALUE'],
    ['an industry that is none', { industry: 'Banking' }, 'INVALID_OPTION'],
    ['text for a number', { numberofemployees: '1,000' }, 'INVALID_INTEGER'],
    ['an owner that does not exist', { hubspot_owner_id: '1' }, 'INVALID_OWNER_ID'],
  ];

  it.each(bad)('fails as a whole for %s', async (_, properties, error) => {
    const { ask, acme, globex } = await twoCompanies();
    const { status, body } = await ask('POST', UPDATE, {
      inputs: [
        { id: acme.id, properties: { city: 'Leeds' } },
        { id: globex.id, properties },
      ],
    });
    expect([status, body.category]).toEqual([400, 'VALIDATION_ERROR']);
    expect(body.message).toContain(error);
    expect(await read(ask, COMPANIES, acme.id, 'city')).toBeNull();
  });

  it('fails the row alone where the portal is set so', async () => {
    const { ask, acme, globex } = await twoCompanies({ badValues: 'fail-row' });
    const { status, body } = await ask('POST', UPDATE, {
      inputs: [
        { id: acme.id, properties: { city: 'Leeds' } },
        { id: globex.id, properties: { industry: 'Banking' } },
      ],
    });
    expect([status, body.results?.map((one) => one.id)]).toEqual([207, [acme.id]]);
    expect(body.errors?.[0]?.context).toEqual({ ids: [globex.id] });
  });

  it('refuses a company named twice, and more than a hundred', async () => {
    const { ask, acme } = await twoCompanies();
    const input = { id: acme.id, properties: { city: 'Leeds' } };
    expect((await ask('POST', UPDATE, { inputs: [input, input] })).status).toBe(400);
    const many = Array.from({ length: 101 }, (_, index) => ({ ...input, id: String(index) }));
    expect((await ask('POST', UPDATE, { inputs: many })).status).toBe(400);
  });
});

describe('the properties of companies', () => {
  it('are their own: a name on companies says nothing of contacts', async () => {
    const { ask, people, acme } = await twoCompanies();
    const ada = people.createContact({ email: 'ada@acme.example' });
    const group = { name: 'scoring', label: 'Scoring' };
    expect((await ask('POST', `${PROPERTIES}/groups`, group)).status).toBe(201);
    expect((await ask('GET', '/crm/properties/2026-09/contacts/groups/scoring')).status).toBe(404);
    const created = await ask('POST', `${PROPERTIES}/batch/create`, { inputs: [{ ...score, groupName: 'scoring' }] });
    expect(created.status).toBe(201);
    expect((await ask('GET', `${PROPERTIES}/account_score`)).status).toBe(200);
    expect((await ask('GET', '/crm/properties/2026-09/contacts/account_score')).status).toBe(404);
    const properties = { account_score: '7' };
    expect((await ask('PATCH', `${COMPANIES}/${acme.id}`, { properties })).status).toBe(200);
    expect((await ask('PATCH', `${CONTACTS}/${ada.id}`, { properties })).status).toBe(400);
    expect(await ask('POST', PROPERTIES, score)).toMatchObject({ status: 409 });
    expect((await ask('DELETE', `${PROPERTIES}/account_score`)).status).toBe(204);
  });

  it('tell what can be written', async () => {
    const { ask } = await openSandbox();
    const { body } = await ask('GET', PROPERTIES);
    const readOnly = new Map(body.results!.map((one) => [one.name, one.modificationMetadata!.readOnlyValue]));
    for (const name of ['name', 'domain', 'industry', 'numberofemployees', 'annualrevenue']) {
      expect([name, readOnly.get(name)]).toEqual([name, false]);
    }
    for (const name of ['hs_object_id', 'createdate', 'hs_lastmodifieddate', 'num_associated_contacts']) {
      expect([name, readOnly.get(name)]).toEqual([name, true]);
    }
    expect((await ask('GET', `${PROPERTIES}/num_associated_contacts`)).body).toMatchObject({ calculated: true });
    expect((await ask('GET', `${PROPERTIES}/industry`)).body.options).toHaveLength(148);
    expect((await ask('GET', '/crm/properties/2026-09/contacts/associatedcompanyid')).body).toMatchObject({
      type: 'number',
      calculated: false,
      referencedObjectType: 'COMPANY',
      formField: false,
      modificationMetadata: { readOnlyValue: false },
    });
  });
});

describe('searching companies', () => {
  it('finds a window of changes, by number, and by words', async () => {
    const clock = stillClock();
    const { ask, acme, globex } = await twoCompanies({ clock }, { limits: { search: 100 } });
    await clock.advance(60_000);
    await ask('PATCH', `${COMPANIES}/${globex.id}`, { properties: { city: 'Leeds' } });
    const found = async (body: object) => {
      const answer = await ask('POST', `${COMPANIES}/search`, body);
      return answer.body.results?.map((one) => one.id) ?? answer.status;
    };
    const filter = (propertyName: string, operator: string, value: string) => ({
      filterGroups: [{ filters: [{ propertyName, operator, value }] }],
    });
    expect(await found(filter('hs_lastmodifieddate', 'GT', String(NOW)))).toEqual([globex.id]);
    expect(await found(filter('numberofemployees', 'GTE', '100'))).toEqual([acme.id]);
    expect(await found({ query: 'glob' })).toEqual([globex.id]);
    expect(await found({ sorts: ['name'], limit: 1, after: '1' })).toEqual([globex.id]);
    expect(await found(filter('lastmodifieddate', 'GT', String(NOW)))).toBe(400);
  });

  it('learns of changes as late as the search for contacts does', async () => {
    const clock = stillClock();
    const { sandbox, ask } = await openSandbox({ clock }, { indexDelay: 5_000 });
    sandbox.people.createCompany({ name: 'Acme' });
    expect((await ask('POST', `${COMPANIES}/search`, {})).body.total).toBe(0);
    await clock.advance(5_000);
    expect((await ask('POST', `${COMPANIES}/search`, {})).body.total).toBe(1);
  });
});

describe('scopes', () => {
  it.each([
    ['GET', COMPANIES, undefined, 'crm.objects.companies.read'],
    ['POST', `${COMPANIES}/search`, {}, 'crm.objects.companies.read'],
    ['POST', UPDATE, { inputs: [] }, 'crm.objects.companies.write'],
    ['GET', PROPERTIES, undefined, 'crm.schemas.companies.read'],
    ['POST', PROPERTIES, score, 'crm.schemas.companies.write'],
  ])('%s %s needs a scope for companies, whatever is granted for contacts', async (method, path, body, scope) => {
    const objects = ['crm.objects.contacts.read', 'crm.objects.contacts.write'];
    const contacts = [...objects, 'crm.schemas.contacts.read', 'crm.schemas.contacts.write'];
    const tokens = [
      { token: 'contacts', scopes: contacts },
      { token: 'companies', scopes: [scope] },
    ];
    const { ask } = await openSandbox({}, { tokens });
    expect(await ask(method, path, body, 'contacts')).toMatchObject({
      status: 403,
      body: { category: 'MISSING_SCOPES' },
    });
    expect((await ask(method, path, body, 'companies')).status).not.toBe(403);
  });
});

describe('faults and the record of requests', () => {
  it('hold for companies as for all else', async () => {
    const { sandbox, ask, acme } = await twoCompanies();
    sandbox.faults.add({ path: UPDATE, status: 503, times: 1 });
    const write = () => ask('POST', UPDATE, { inputs: [{ id: acme.id, properties: { city: 'Leeds' } }] });
    expect([(await write()).status, (await write()).status]).toEqual([503, 200]);
    const template = '/crm/objects/{version}/companies/batch/update';
    expect(sandbox.requests.count({ kind: 'write', path: template })).toBe(2);
    expect(sandbox.requests.count({ kind: 'write', path: template, status: 200 })).toBe(1);
  });
});

describe('who works where', () => {
  async function employed(...[portal]: Parameters<typeof openSandbox>) {
    const clock = stillClock();
    const opened = await twoCompanies({ clock, ...portal });
    const ada = opened.people.createContact({ email: 'ada@acme.example', associatedcompanyid: opened.acme.number });
    const bob = opened.people.createContact({ email: 'bob@acme.example', associatedcompanyid: opened.acme.id });
    const companyOf = (id: string) => read(opened.ask, CONTACTS, id, 'associatedcompanyid');
    const peopleAt = (id: string) => read(opened.ask, COMPANIES, id, 'num_associated_contacts');
    return { ...opened, clock, ada, bob, companyOf, peopleAt };
  }

  it('is on the contact, found by search, and counted on the company', async () => {
    const { ask, acme, ada, bob, companyOf, peopleAt } = await employed();
    expect([await companyOf(ada.id), await companyOf(bob.id)]).toEqual([acme.id, acme.id]);
    expect(await peopleAt(acme.id)).toBe('2');
    const { body } = await ask('POST', `${CONTACTS}/search`, {
      filterGroups: [{ filters: [{ propertyName: 'associatedcompanyid', operator: 'IN', values: [acme.id] }] }],
    });
    expect(body.results?.map((one) => one.id)).toEqual([ada.id, bob.id]);
  });

  it('changes the contact that moves, and of the companies the counts alone', async () => {
    const { ask, clock, people, acme, globex, ada, companyOf, peopleAt } = await employed();
    await clock.advance(60_000);
    people.moveToCompany(ada.id, globex.id);
    expect(await companyOf(ada.id)).toBe(globex.id);
    expect([await peopleAt(acme.id), await peopleAt(globex.id)]).toEqual(['1', '1']);
    expect(await read(ask, CONTACTS, ada.id, 'lastmodifieddate')).toBe(new Date(NOW + 60_000).toISOString());
    expect(await read(ask, COMPANIES, acme.id, 'hs_lastmodifieddate')).toBe(new Date(NOW).toISOString());
    people.moveToCompany(ada.id);
    expect([await companyOf(ada.id), await peopleAt(globex.id)]).toEqual([null, '0']);
    expect(() => people.moveToCompany(ada.id, '404')).toThrow('no company 404');
  });

  it('may be written by apps, to a company that exists', async () => {
    const { ask, acme, globex, ada, companyOf, peopleAt } = await employed();
    const write = (associatedcompanyid: string) =>
      ask('POST', `${CONTACTS}/batch/update`, { inputs: [{ id: ada.id, properties: { associatedcompanyid } }] });
    expect((await write(globex.id)).status).toBe(200);
    expect([await peopleAt(acme.id), await peopleAt(globex.id)]).toEqual(['1', '1']);
    expect(await write('404')).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
    expect(await companyOf(ada.id)).toBe(globex.id);
  });

  it('is nowhere once the company is deleted', async () => {
    const { ask, people, acme, ada, companyOf } = await employed();
    people.removeCompany(acme.id);
    expect(await companyOf(ada.id)).toBeNull();
    expect((await ask('GET', `${COMPANIES}/${acme.id}`)).status).toBe(404);
    const { body } = await ask('GET', `${COMPANIES}?archived=true`);
    expect(body.results).toEqual([expect.objectContaining({ id: acme.id, archived: true })]);
  });

  it('is at the company that comes of a merge, to which both old ids lead', async () => {
    const { ask, people, acme, globex, ada, bob, companyOf, peopleAt } = await employed();
    people.moveToCompany(bob.id, globex.id);
    const merged = people.mergeCompanies(acme.id, globex.id);
    expect(new Set([acme.id, globex.id, merged.id]).size).toBe(3);
    expect([await companyOf(ada.id), await companyOf(bob.id)]).toEqual([merged.id, merged.id]);
    expect(await peopleAt(merged.id)).toBe('2');
    for (const id of [acme.id, globex.id]) expect((await ask('GET', `${COMPANIES}/${id}`)).body.id).toBe(merged.id);
    expect(await read(ask, COMPANIES, merged.id, 'hs_merged_object_ids')).toBe(`${acme.id};${globex.id}`);
    expect(await read(ask, COMPANIES, merged.id, 'name')).toBe('Acme');
    expect(await read(ask, COMPANIES, merged.id, 'industry')).toBe('BANKING');
    const written = await ask('POST', UPDATE, { inputs: [{ id: globex.id, properties: { city: 'Leeds' } }] });
    expect(written.body.results?.[0]?.id).toBe(merged.id);
    people.moveToCompany(ada.id);
    people.moveToCompany(ada.id, acme.id);
    expect(await companyOf(ada.id)).toBe(merged.id);
  });

  it('can keep the primary id in a merge', async () => {
    const { people, acme, globex, ada, bob, companyOf, peopleAt } = await employed({ mergeKeepsId: true });
    people.moveToCompany(bob.id, globex.id);
    expect(people.mergeCompanies(globex.id, acme.id).id).toBe(globex.id);
    expect([await companyOf(ada.id), await companyOf(bob.id)]).toEqual([globex.id, globex.id]);
    expect(await peopleAt(globex.id)).toBe('2');
  });

  it.each([{ mergeKeepsId: false }, { mergeKeepsId: true }])('counts merged contacts once: %j', async (settings) => {
    const { people, acme, globex, ada, bob, companyOf, peopleAt } = await employed(settings);
    people.moveToCompany(bob.id, globex.id);
    const merged = people.merge(ada.id, bob.id);
    expect(await companyOf(merged.id)).toBe(acme.id);
    expect([await peopleAt(acme.id), await peopleAt(globex.id)]).toEqual(['1', '0']);
  });

  it('forgets contacts that are deleted', async () => {
    const { people, acme, ada, bob, peopleAt } = await employed();
    people.remove(ada.id);
    expect(await peopleAt(acme.id)).toBe('1');
    people.eraseForPrivacy(ada.id);
    people.eraseForPrivacy(bob.id);
    expect(await peopleAt(acme.id)).toBe('0');
  });

  it('is not for a visitor to say', async () => {
    const { people, acme, globex, ada, companyOf } = await employed();
    people.submitForm('ebook', { email: 'ada@acme.example', associatedcompanyid: globex.id });
    expect(await companyOf(ada.id)).toBe(acme.id);
  });

  it('can be read as associations, from both ends', async () => {
    const { ask, acme, globex, ada, bob } = await employed();
    const of = async (path: string) => (await ask('GET', path)).body.results?.map((one) => one.toObjectId);
    expect(await of(`${CONTACTS}/${ada.id}/associations/companies`)).toEqual([acme.id]);
    expect(await of(`${COMPANIES}/${acme.id}/associations/contacts`)).toEqual([ada.id, bob.id]);
    const { status, body } = await ask('POST', '/crm/associations/2026-09/companies/contacts/batch/read', {
      inputs: [{ id: acme.id }, { id: globex.id }],
    });
    expect(status).toBe(207);
    expect(body.results?.[0]?.to).toEqual(
      [ada.id, bob.id].map((toObjectId) => ({
        toObjectId,
        associationTypes: [
          { category: 'HUBSPOT_DEFINED', typeId: 2, label: 'Primary' },
          { category: 'HUBSPOT_DEFINED', typeId: 280, label: null },
        ],
      })),
    );
    expect(body.errors?.[0]?.context).toEqual({ fromObjectId: [globex.id] });
  });
});

describe('companies from another process', () => {
  it('are made, edited, staffed, merged, deleted and looked at through the controls', async () => {
    const { ask } = await openSandbox();
    const act = async (body: object) => (await ask('POST', '/_sandbox/act', body)).body.id;
    const acme = await act({ act: 'createCompany', values: { name: 'Acme', numberofemployees: 120 } });
    const globex = await act({ act: 'createCompany', values: { name: 'Globex' } });
    const ada = await act({ act: 'createContact', values: { email: 'ada@acme.example' } });
    await act({ act: 'moveToCompany', id: ada, companyId: acme });
    await act({ act: 'updateCompany', id: acme, values: { city: 'Leeds' } });
    const merged = await act({ act: 'mergeCompanies', id: acme, otherId: globex });
    expect((await ask('GET', `/_sandbox/companies/${globex}`)).body).toMatchObject({
      id: merged,
      properties: { name: 'Acme', city: 'Leeds', numberofemployees: '120', num_associated_contacts: '1' },
      contacts: [ada],
    });
    await act({ act: 'moveToCompany', id: ada });
    expect((await ask('GET', `/_sandbox/companies/${merged}`)).body).toMatchObject({ contacts: [] });
    await act({ act: 'removeCompany', id: merged });
    expect((await ask('GET', `/_sandbox/companies/${merged}`)).status).toBe(404);
    expect((await ask('POST', '/_sandbox/act', { act: 'removeCompany', id: '404' })).status).toBe(400);
    expect((await ask('GET', '/_sandbox/portal')).body).toMatchObject({ companies: 3 });
  });
});
