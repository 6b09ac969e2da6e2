import { Client } from '@hubspot/api-client';
import { AssociationSpecAssociationCategoryEnum as Category } from '@hubspot/api-client/lib/codegen/crm/contacts/models/AssociationSpec.js';
import { FilterOperatorEnum as Operator } from '@hubspot/api-client/lib/codegen/crm/contacts/models/Filter.js';
import {
  PropertyCreateFieldTypeEnum as FieldType,
  PropertyCreateTypeEnum as Type,
} from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DAY } from '../../src/base/clock.ts';
import { createPortal, DEMO_TOKEN, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createTestClock } from '../support/test-clock.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

/** HubSpot's own client for Node, unchanged but for where it calls, and the sandbox that answers it. */
async function openClient() {
  const clock = createTestClock({ start: NOW, sleeps: 'on-demand' });
  const sandbox = await startSandbox({ portal: createPortal({ clock, now: NOW }), clock });
  onTestFinished(() => sandbox.close());
  // The portal has its owners alone; retries stay off, so that every answer is the first one.
  const client = new Client({ accessToken: DEMO_TOKEN, basePath: sandbox.url });
  return { client, sandbox, people: sandbox.people, clock };
}

const equal = (propertyName: string, value: string) => ({
  filterGroups: [{ filters: [{ propertyName, operator: Operator.Eq, value }] }],
});
const ids = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);

describe("HubSpot's own client, on the sandbox", () => {
  it('creates, reads, changes, finds, lists and deletes a contact', async () => {
    const { client } = await openClient();
    const { basicApi, searchApi } = client.crm.contacts;
    const made = await basicApi.create({ properties: { email: 'ada@acme.example', firstname: 'Ada' } });
    expect(made.createdAt).toEqual(new Date(NOW));
    const { id } = made;
    const changed = await basicApi.update(id, { properties: { jobtitle: 'CEO' } });
    expect(changed.properties.jobtitle).toBe('CEO');
    expect((await basicApi.update('ada@acme.example', { properties: { city: 'Rome' } }, 'email')).id).toBe(id);
    const read = await basicApi.getById(id, ['email', 'jobtitle', 'city']);
    expect(read).toMatchObject({ id, archived: false, updatedAt: new Date(NOW) });
    expect(read.properties).toMatchObject({ email: 'ada@acme.example', jobtitle: 'CEO', city: 'Rome' });
    const found = await searchApi.doSearch(equal('email', 'ada@acme.example'));
    expect([found.total, ids(found.results)]).toEqual([1, [id]]);

    const other = await basicApi.create({ properties: { email: 'bob@acme.example' } });
    const first = await basicApi.getPage(1, undefined, ['email']);
    expect([ids(first.results), first.paging?.next?.after]).toEqual([[id], id]);
    expect(ids((await basicApi.getPage(1, first.paging?.next?.after)).results)).toEqual([other.id]);

    await basicApi.archive(id);
    await expect(basicApi.getById(id)).rejects.toMatchObject({ code: 404, body: { category: 'OBJECT_NOT_FOUND' } });
    const [deleted, ...others] = (await basicApi.getPage(10, undefined, [], [], [], true)).results;
    expect(deleted).toMatchObject({ id, archived: true, archivedAt: new Date(NOW) });
    expect(others).toEqual([]);
  });

  it('merges contacts and deletes one for privacy', async () => {
    const { client, people } = await openClient();
    const [one, two] = ['a', 'b'].map((name) => people.createContact({ email: `${name}@acme.example` }).id);
    const { basicApi } = client.crm.contacts;
    const merged = await basicApi.merge({ primaryObjectId: one!, objectIdToMerge: two! });
    expect((await basicApi.getById(two!)).id).toBe(merged.id);
    await basicApi.purge({ objectId: merged.id });
    expect((await basicApi.getPage(10, undefined, [], [], [], true)).results).toEqual([]);
  });

  it('handles contacts in batches, and tells which rows failed', async () => {
    const { client } = await openClient();
    const { batchApi } = client.crm.contacts;
    const named = (name: string) => ({ properties: { email: `${name}@acme.example` } });
    const made = await batchApi.create({ inputs: [named('a'), named('b')] });
    const [a, b] = ids(made.results);
    const inputs = [{ id: a! }, { id: '1' }];
    const read = await batchApi.readWithHttpInfo({ inputs, properties: ['email'], propertiesWithHistory: [] });
    expect(read.httpStatusCode).toBe(207);
    expect(read.data).toMatchObject({ status: 'COMPLETE', startedAt: new Date(NOW), numErrors: 1 });
    expect(ids(read.data.results)).toEqual([a]);
    const updated = await batchApi.update({ inputs: [{ id: b!, properties: { jobtitle: 'CTO' } }] });
    expect(updated.results[0]?.properties.jobtitle).toBe('CTO');
    const upserted = await batchApi.upsert({
      inputs: ['b', 'c'].map((name) => ({
        id: `${name}@acme.example`,
        idProperty: 'email',
        properties: { city: 'Oslo' },
      })),
    });
    expect(upserted.results).toMatchObject([{ id: b, _new: false }, { _new: true }]);
    const all = [a, b, upserted.results[1]?.id].map((id) => ({ id: id ?? '' }));
    await batchApi.archive({ inputs: all });
    expect((await client.crm.contacts.basicApi.getPage()).results).toEqual([]);
  });

  it('defines properties and their groups', async () => {
    const { client } = await openClient();
    const { coreApi, groupsApi, batchApi } = client.crm.properties;
    const group = { name: 'leadgauge', label: 'Lead score', displayOrder: -1 };
    expect(await groupsApi.create('contacts', group)).toMatchObject({ name: 'leadgauge', archived: false });
    expect((await groupsApi.getAll('contacts')).results.map(({ name }) => name)).toContain('leadgauge');
    expect((await groupsApi.getByName('contacts', 'leadgauge')).label).toBe('Lead score');
    expect((await groupsApi.update('contacts', 'leadgauge', { label: 'Score' })).label).toBe('Score');
    const property = (name: string) => ({
      name,
      label: 'Score',
      type: Type.Number,
      fieldType: FieldType.Number,
      groupName: 'leadgauge',
    });
    expect(await coreApi.create('contacts', property('score'))).toMatchObject({
      createdAt: new Date(NOW),
      hubspotDefined: false,
      modificationMetadata: { readOnlyValue: false },
    });
    const batch = await batchApi.create('contacts', { inputs: [property('fit')] });
    expect(batch.results.map(({ name }) => name)).toEqual(['fit']);
    const all = await coreApi.getAll('contacts');
    expect(all.results.map(({ name }) => name)).toEqual(expect.arrayContaining(['email', 'company', 'score', 'fit']));
    // Properties that have the names of types of record.
    expect((await coreApi.getByName('contacts', 'email')).name).toBe('email');
    expect((await coreApi.getByName('contacts', 'company')).name).toBe('company');
    expect((await coreApi.update('contacts', 'score', { label: 'The score' })).label).toBe('The score');
    await coreApi.archive('contacts', 'score');
    await expect(coreApi.getByName('contacts', 'score')).rejects.toMatchObject({ code: 404 });
    expect((await coreApi.getAll('deals')).results.map(({ name }) => name)).toContain('dealstage');
  });

  it('lists the owners', async () => {
    const { client } = await openClient();
    const page = await client.crm.owners.ownersApi.getPage(undefined, undefined, 2);
    expect(page.results).toHaveLength(2);
    expect(page.results[0]).toMatchObject({ email: 'dana.whitlock@gaugeworks.example', archived: false });
    expect(page.results[0]?.createdAt.getTime()).toBeLessThan(NOW);
    const rest = await client.crm.owners.ownersApi.getPage(undefined, page.paging?.next?.after, 2);
    expect(rest.results).toHaveLength(1);
    const { id } = page.results[0] ?? { id: '' };
    expect((await client.crm.owners.ownersApi.getById(Number(id))).id).toBe(id);
  });

  it('handles companies and whom they employ', async () => {
    const { client, people } = await openClient();
    const { companies, associations, contacts } = client.crm;
    const company = await companies.basicApi.create({ properties: { name: 'Acme', domain: 'acme.example' } });
    const types = [{ associationCategory: Category.HubspotDefined, associationTypeId: 279 }];
    const ada = await contacts.basicApi.create({
      properties: { email: 'ada@acme.example' },
      associations: [{ to: { id: company.id }, types }],
    });
    const lonely = people.createContact({ email: 'bob@home.example' });
    const read = await associations.v4.batchApi.getPageWithHttpInfo('contacts', 'companies', {
      inputs: [{ id: ada.id }, { id: lonely.id }],
    });
    expect(read.httpStatusCode).toBe(207);
    expect(read.data.results).toMatchObject([
      {
        _from: { id: ada.id },
        to: [{ toObjectId: company.id, associationTypes: [{ typeId: 1, label: 'Primary' }, { typeId: 279 }] }],
      },
    ]);
    const before = await associations.batchApi.read('contacts', 'companies', { inputs: [{ id: ada.id }] });
    expect(before.results[0]?.to).toMatchObject([
      { id: company.id, type: 'contact_to_company' },
      { id: company.id, type: 'contact_to_company_unlabeled' },
    ]);
    const back = await associations.v4.basicApi.getPage('companies', company.id, 'contacts');
    expect(back.results.map(({ toObjectId }) => toObjectId)).toEqual([ada.id]);
    const found = await companies.searchApi.doSearch({ query: 'acme', properties: ['name'] });
    expect(found.results.map(({ properties }) => properties.name)).toEqual(['Acme']);
    const page = await contacts.basicApi.getPage(10, undefined, undefined, undefined, ['companies']);
    expect(page.results[0]?.associations).toMatchObject({
      companies: { results: [{ id: company.id, type: 'contact_to_company' }, { id: company.id }] },
    });
    await companies.batchApi.archive({ inputs: [{ id: company.id }] });
    expect((await companies.basicApi.getPage()).results).toEqual([]);
  });

  it('handles deals', async () => {
    const { client, people } = await openClient();
    const { deals } = client.crm;
    const { id: contactId } = people.createContact({ email: 'ada@acme.example' });
    const types = [{ associationCategory: Category.HubspotDefined, associationTypeId: 3 }];
    const deal = await deals.basicApi.create({
      properties: { dealname: 'Acme', dealstage: 'contractsent', amount: '1200' },
      associations: [{ to: { id: contactId }, types }],
    });
    await deals.basicApi.update(deal.id, { properties: { dealstage: 'closedwon' } });
    const won = await deals.searchApi.doSearch({
      ...equal('hs_is_closed_won', 'true'),
      properties: ['amount', 'closedate'],
    });
    expect(won.results).toMatchObject([
      { id: deal.id, properties: { amount: '1200', closedate: new Date(NOW).toISOString() } },
    ]);
    const page = await deals.basicApi.getPage(10, undefined, ['dealname'], undefined, ['contacts']);
    expect(page.results[0]?.associations?.contacts?.results).toMatchObject([
      { id: contactId, type: 'deal_to_contact' },
    ]);
    await deals.basicApi.archive(deal.id);
    await expect(deals.basicApi.getById(deal.id)).rejects.toMatchObject({ code: 404 });
  });

  it.each([
    ['calls', { hs_call_title: 'Hello' }, { hs_call_title: 'Goodbye' }],
    ['meetings', { hs_meeting_outcome: 'SCHEDULED' }, { hs_meeting_outcome: 'NO_SHOW' }],
    ['emails', { hs_email_direction: 'EMAIL' }, { hs_email_direction: 'INCOMING_EMAIL' }],
    ['tasks', { hs_task_subject: 'Call' }, { hs_task_subject: 'Write' }],
  ] as const)('handles %s', async (kind, first, second) => {
    const { client } = await openClient();
    const { basicApi, searchApi, batchApi } = client.crm.objects[kind];
    const [name = ''] = Object.keys(first);
    const dated = { hs_timestamp: new Date(NOW - DAY).toISOString() };
    const made = await basicApi.create({ properties: { ...dated, ...first }, associations: [] });
    const other = await batchApi.create({ inputs: [{ properties: { ...dated, ...first }, associations: [] }] });
    const { id } = made;
    await basicApi.update(id, { properties: { ...second } });
    expect((await basicApi.getById(id, [name, 'hs_timestamp'])).properties).toMatchObject({ ...second, ...dated });
    const [[, value = ''] = []] = Object.entries(second);
    const found = await searchApi.doSearch({
      ...equal(name, value),
      sorts: ['hs_object_id'],
      properties: [name],
      limit: 5,
    });
    expect([found.total, ids(found.results)]).toEqual([1, [id]]);
    expect(ids((await basicApi.getPage(10)).results)).toEqual([id, ...ids(other.results)]);
    await basicApi.archive(id);
    expect(ids((await basicApi.getPage(10, undefined, undefined, undefined, undefined, true)).results)).toEqual([id]);
  });

  it('lists the forms made in HubSpot', async () => {
    const { client } = await openClient();
    // Of the other types the client itself can read none: it throws a TypeError, whatever the answer.
    const page = await client.marketing.forms.formsApi.getPage(undefined, 50, false, ['hubspot']);
    expect(page.results.length).toBeGreaterThan(3);
    const [form] = page.results;
    expect(form).toMatchObject({ id: expect.any(String), name: expect.any(String), archived: false });
    expect(form?.createdAt.getTime()).toBeLessThanOrEqual(NOW);
  });

  it('lists the page views of a contact', async () => {
    const { client, people } = await openClient();
    const { id } = people.createContact({ email: 'ada@acme.example' });
    people.visit(id, '/pricing');
    const { eventsApi } = client.events;
    expect((await eventsApi.getTypes()).eventTypes).toContain('e_visited_page');
    const page = await eventsApi.getPage(
      'contact',
      'e_visited_page',
      undefined,
      undefined,
      10,
      undefined,
      new Date(NOW - DAY),
      undefined,
      Number(id),
    );
    expect(page.results).toMatchObject([{ objectId: id, eventType: 'e_visited_page', occurredAt: new Date(NOW) }]);
  });
});
