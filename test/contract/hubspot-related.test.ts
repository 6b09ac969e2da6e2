import { describe, expect, test } from 'vitest';
import { ConfigError, RecordError, RetryableError } from '../../src/base/errors.ts';
import { config, connectSmallPortal, hubspot, playTranscripts } from '../support/hubspot-transcript.ts';

playTranscripts();

const CONTACTS = '/crm/objects/2026-09/contacts';
const COMPANIES = '/crm/objects/2026-09/companies';
const LISTS = '/crm/lists/2026-09';
const WINDOW = { from: 1_763_000_000_000, to: 1_763_000_060_000 };
const YAML = `
fields: { email: email, employees: numemployees }
company_fields: { employees: numberofemployees, industry: industry }
streams: { page_views: off }
`;
const LIST_YAML = `
fields: { email: email }
lists: { reader: Newsletter readers, partner: "12" }
streams: { page_views: off }
`;
const contact = (id: string, properties: Record<string, string | null>) => ({ id, properties });
const inputs = (ids: string[]) => (body: { inputs: object }) =>
  JSON.stringify(body.inputs) === JSON.stringify(ids.map((id) => ({ id })));

function playCompanies(properties = ['numberofemployees', 'industry']): void {
  hubspot().get(COMPANIES).query(true).reply(200, { results: [] });
  hubspot()
    .get('/crm/properties/2026-09/companies')
    .reply(200, { results: properties.map((name) => ({ name, type: 'string' })) });
}

const list = (listId: string, name: string, additionalProperties = {}) => ({
  listId,
  name,
  listVersion: 1,
  objectTypeId: '0-1',
  additionalProperties,
});

function playLists(lists: object[]): void {
  hubspot()
    .post(`${LISTS}/search`, {
      objectTypeId: '0-1',
      listIds: [],
      processingTypes: [],
      additionalProperties: [],
      count: 500,
      offset: 0,
    })
    .reply(200, { lists, hasMore: false, offset: lists.length, total: lists.length });
}

async function lines(connecting: Promise<unknown>): Promise<string> {
  const error = await connecting.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConfigError);
  return String(error);
}

describe('fields of the company', () => {
  test('are read in one call, only of those who lack something, each company once', async () => {
    playCompanies();
    const { crm, calls } = await connectSmallPortal(YAML);
    hubspot()
      .get(CONTACTS)
      .query(true)
      .reply(200, {
        results: [
          contact('1', { numemployees: null, associatedcompanyid: '70' }),
          contact('2', { numemployees: '5-25', associatedcompanyid: '70' }),
          contact('3', { numemployees: '5-25' }),
          contact('4', { associatedcompanyid: '60' }),
          contact('5', { associatedcompanyid: '99' }),
        ],
      });
    hubspot()
      .post(`${COMPANIES}/batch/read`, {
        inputs: [{ id: '70' }, { id: '60' }, { id: '99' }],
        properties: ['industry', 'numberofemployees', 'hs_merged_object_ids'],
      })
      .reply(207, {
        status: 'COMPLETE',
        results: [
          contact('70', { numberofemployees: '300', industry: ' ' }),
          // 60 was merged into this one.
          contact('61', { numberofemployees: '', industry: 'BANKING', hs_merged_object_ids: '59;60' }),
        ],
        errors: [{ category: 'OBJECT_NOT_FOUND', message: 'gone', context: { ids: ['99'] } }],
      });
    const { records } = await crm.listLeads(undefined);
    expect(records.map(({ lead }) => lead.fields)).toEqual([
      { employees: '300' },
      { employees: '5-25' },
      { employees: '5-25' },
      { industry: 'BANKING' },
      {},
    ]);
    expect(records.map(({ related = [] }) => related.map(({ source, id }) => `${source} ${id}`))).toEqual([
      ['company 70'],
      ['company 70'],
      [],
      ['company 61'],
      [],
    ]);
    expect(calls).toEqual(['read', 'related']);
  });

  test('a company that HubSpot refuses leaves its fields empty and holds up no other', async () => {
    playCompanies();
    const { crm } = await connectSmallPortal(YAML);
    const refusal = { status: 'error', category: 'VALIDATION_ERROR', message: 'no' };
    hubspot()
      .post(`${CONTACTS}/batch/read`)
      .reply(200, {
        results: [contact('1', { associatedcompanyid: '7' }), contact('2', { associatedcompanyid: '8' })],
      });
    hubspot()
      .post(`${COMPANIES}/batch/read`, inputs(['7', '8']))
      .reply(400, refusal);
    hubspot()
      .post(`${COMPANIES}/batch/read`, inputs(['7']))
      .reply(400, refusal);
    hubspot()
      .post(`${COMPANIES}/batch/read`, inputs(['8']))
      .reply(200, { results: [contact('8', { industry: 'RETAIL' })] });
    const records = await crm.readLeads(['1', '2']);
    expect(records.map(({ lead }) => lead.fields)).toEqual([{}, { industry: 'RETAIL' }]);
  });

  test('a company that HubSpot could not give this time is no empty one', async () => {
    playCompanies();
    const { crm } = await connectSmallPortal(YAML);
    hubspot()
      .post(`${CONTACTS}/batch/read`)
      .reply(200, { results: [contact('1', { associatedcompanyid: '7' })] });
    const errors = [{ category: 'INTERNAL_ERROR', message: 'later', context: { ids: ['7'] } }];
    hubspot().post(`${COMPANIES}/batch/read`).reply(207, { results: [], errors });
    await expect(crm.readLeads(['1'])).rejects.toBeInstanceOf(RetryableError);
  });

  test('a property that companies do not have is named with the nearest that they have', async () => {
    playCompanies(['numberofemployees', 'industries']);
    expect(await lines(connectSmallPortal(YAML))).toContain(
      'company_fields.industry: the portal has no company property "industry": did you mean "industries"?',
    );
  });

  test('stay empty, and nothing else fails, where the credential may not read companies', async () => {
    hubspot().get(COMPANIES).query(true).reply(403, { category: 'MISSING_SCOPES' });
    const { crm, calls } = await connectSmallPortal(YAML);
    hubspot()
      .post(`${CONTACTS}/batch/read`)
      .reply(200, { results: [contact('1', { associatedcompanyid: '7' })] });
    expect((await crm.readLeads(['1']))[0]?.lead.fields).toEqual({});
    expect(crm.related).toEqual([]);
    expect(calls).toEqual(['read']);
  });
});

describe('companies that changed', () => {
  test('are searched by their time of change in the order of ids, with what fields come from', async () => {
    playCompanies();
    const { crm, calls } = await connectSmallPortal(YAML);
    const [companies] = crm.related;
    const search = (above: string) => ({
      filterGroups: [
        {
          filters: [
            { propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: '1763000000000' },
            { propertyName: 'hs_lastmodifieddate', operator: 'LT', value: '1763000060000' },
            { propertyName: 'hs_object_id', operator: 'GT', value: above },
          ],
        },
      ],
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      properties: ['hs_lastmodifieddate', 'industry', 'numberofemployees'],
      limit: 200,
    });
    const found = (id: string, industry: string) =>
      contact(id, { industry, hs_lastmodifieddate: '2025-11-13T02:13:21.000Z' });
    hubspot()
      .post(`${COMPANIES}/search`, search('0'))
      .reply(200, { results: [found('7', 'RETAIL')], paging: { next: { after: '1' } } });
    hubspot()
      .post(`${COMPANIES}/search`, search('7'))
      .reply(200, { results: [found('8', 'BANKING')] });
    const changed = (await Array.fromAsync(companies?.changed(WINDOW) ?? [])).flat();
    expect(changed.map(({ id, changedAt }) => [id, changedAt])).toEqual([
      ['7', Date.UTC(2025, 10, 13, 2, 13, 21)],
      ['8', Date.UTC(2025, 10, 13, 2, 13, 21)],
    ]);
    expect(new Set(changed.map(({ version }) => version)).size).toBe(2);
    expect(calls).toEqual(['search', 'search']);
  });

  test('tell their people, a large one page by page', async () => {
    playCompanies();
    const { crm } = await connectSmallPortal(YAML);
    const path = '/crm/associations/2026-09/companies/contacts/batch/read';
    const to = (ids: number[]) => ids.map((toObjectId) => ({ toObjectId, associationTypes: [] }));
    hubspot()
      .post(path, { inputs: [{ id: '7' }, { id: '8' }, { id: '9' }] })
      .reply(207, {
        results: [
          { from: { id: '7' }, to: to([1, 2]), paging: { next: { after: 'abc' } } },
          { from: { id: '8' }, to: to([3]) },
        ],
        errors: [{ category: 'OBJECT_NOT_FOUND', subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND', message: '-' }],
      });
    hubspot()
      .post(path, { inputs: [{ id: '7', after: 'abc' }] })
      .reply(200, { results: [{ from: { id: '7' }, to: to([4]) }] });
    const pages = await Array.fromAsync(crm.related[0]?.leadsOf(['7', '8', '9']) ?? []);
    expect(pages).toEqual([['1', '2', '3'], ['4']]);
  });
});

describe('lists', () => {
  test('are found by exact name or id; a page of contacts costs one more call', async () => {
    playLists([list('11', 'Newsletter readers'), list('12', 'Partners'), list('13', 'Newsletter readers 2')]);
    const { crm, calls } = await connectSmallPortal(LIST_YAML);
    expect(crm.lists.map(({ name, id }) => [name, id])).toEqual([
      ['reader', '11'],
      ['partner', '12'],
    ]);
    hubspot()
      .post(`${CONTACTS}/batch/read`)
      .reply(200, { results: [contact('1', {}), contact('2', {}), contact('3', {})] });
    hubspot()
      .post(`${LISTS}/records/memberships/batch/read`, {
        inputs: ['1', '2', '3'].map((recordId) => ({ objectTypeId: '0-1', recordId })),
      })
      .reply(200, {
        results: [
          { objectTypeId: '0-1', recordId: '1', recordListMemberships: [{ listId: '11' }, { listId: '99' }] },
          { objectTypeId: '0-1', recordId: '2', recordListMemberships: [] },
        ],
      });
    const records = await crm.readLeads(['1', '2', '3']);
    expect(records.map(({ lead }) => lead.fields)).toEqual([
      { reader: 'true', partner: 'false' },
      { reader: 'false', partner: 'false' },
      { reader: 'false', partner: 'false' },
    ]);
    expect(calls).toEqual(['read', 'related']);
  });

  test('tell in one call whether anybody came or went, and of one that is gone nothing', async () => {
    playLists([list('11', 'Newsletter readers'), list('12', 'Partners')]);
    const { crm } = await connectSmallPortal(LIST_YAML);
    const play = (size: string) =>
      hubspot()
        .post(`${LISTS}/search`, (body: { listIds: string[] }) => body.listIds.join() === '11,12')
        .reply(200, { lists: [list('11', 'New name', { hs_list_size: size })], hasMore: false, offset: 1, total: 1 });
    play('5');
    const before = await crm.listVersions();
    play('5');
    const same = await crm.listVersions();
    play('6');
    const after = await crm.listVersions();
    expect([...before.keys()]).toEqual(['reader']);
    expect(same).toEqual(before);
    expect(after.get('reader')).not.toBe(before.get('reader'));
  });

  test('tell their members, 250 a page', async () => {
    playLists([list('11', 'Newsletter readers'), list('12', 'Partners')]);
    const { crm } = await connectSmallPortal(LIST_YAML);
    const path = `${LISTS}/11/memberships`;
    const member = (recordId: string) => ({ recordId, membershipTimestamp: '2026-01-01T00:00:00Z' });
    hubspot()
      .get(path)
      .query({ limit: '250' })
      .reply(200, { results: [member('1'), member('2')], paging: { next: { after: 'x' } } });
    hubspot()
      .get(path)
      .query({ limit: '250', after: 'x' })
      .reply(200, { results: [member('3')] });
    expect(await Array.fromAsync(crm.lists[0]?.members() ?? [])).toEqual([['1', '2'], ['3']]);
  });

  test('a name that no list has is refused with the nearest, and one that two have with their ids', async () => {
    playLists([list('11', 'Newsletter reader'), list('12', 'Partners')]);
    expect(await lines(connectSmallPortal(LIST_YAML))).toContain(
      'lists.reader: the portal has no list of contacts "Newsletter readers": did you mean "Newsletter reader"?',
    );
    playLists([list('11', 'Newsletter readers'), list('12', 'Partners'), list('13', 'Newsletter readers')]);
    expect(await lines(connectSmallPortal(LIST_YAML))).toContain('write the id of the one you mean (11, 13)');
  });

  test('a list cannot take the name of another field', () => {
    const twice = 'fields: { reader: email }\nlists: { reader: Readers }\n';
    expect(() => config(twice)).toThrow('is one of fields already');
  });
});

describe('deleted contacts', () => {
  test('are listed from the bin, ids alone, all pages', async () => {
    const { crm } = await connectSmallPortal();
    const query = { limit: '100', properties: 'hs_object_id', archived: 'true' };
    hubspot()
      .get(CONTACTS)
      .query(query)
      .reply(200, { results: [contact('1', {}), contact('2', {})], paging: { next: { after: '2' } } });
    hubspot()
      .get(CONTACTS)
      .query({ ...query, after: '2' })
      .reply(200, { results: [contact('3', {})] });
    expect(await Array.fromAsync(crm.archivedLeads())).toEqual([['1', '2'], ['3']]);
  });
});

describe('an id that HubSpot refuses', () => {
  test('is told of, and all others of its batch are read', async () => {
    const { crm, calls } = await connectSmallPortal();
    const invalid = { status: 'error', category: 'VALIDATION_ERROR', message: 'canary@example.com is not valid' };
    const play = (ids: string[], status: number, body: object) =>
      hubspot().post(`${CONTACTS}/batch/read`, inputs(ids)).reply(status, body);
    play(['1', '2', '3'], 400, invalid);
    play(['1', '2'], 400, invalid);
    play(['1'], 200, { results: [contact('1', {})] });
    play(['2'], 400, invalid);
    const later = [{ category: 'INTERNAL_ERROR', message: 'later', context: { ids: ['3'] } }];
    play(['3'], 207, { results: [], errors: later });
    const refused = new Map<string, Error>();
    const records = await crm.readLeads(['1', '2', '3'], { refused: (id, error) => void refused.set(id, error) });
    expect(records.map(({ lead }) => lead.id)).toEqual(['1']);
    expect(refused.get('2')).toBeInstanceOf(RecordError);
    expect(refused.get('2')?.message).toBe('HubSpot refused to read the record (VALIDATION_ERROR)');
    expect(refused.get('3')).toBeInstanceOf(RetryableError);
    expect(calls).toHaveLength(5);
  });
});

describe('a calculated property among the fields', () => {
  test('has the time of the last conversion searched for in the same call', async () => {
    const { crm, calls } = await connectSmallPortal(
      'fields: { email: email, conversions: num_conversion_events }\nstreams: { page_views: off }\n',
      [
        { name: 'num_conversion_events', type: 'number', calculated: true },
        { name: 'recent_conversion_date', type: 'datetime' },
      ],
    );
    const between = (propertyName: string) => ({
      filters: [
        { propertyName, operator: 'GTE', value: '1763000000000' },
        { propertyName, operator: 'LT', value: '1763000060000' },
        { propertyName: 'hs_object_id', operator: 'GT', value: '0' },
      ],
    });
    hubspot()
      .post(
        `${CONTACTS}/search`,
        (body: { filterGroups: object }) =>
          JSON.stringify(body.filterGroups) ===
          JSON.stringify([between('lastmodifieddate'), between('recent_conversion_date')]),
      )
      .reply(200, { results: [contact('1', { lastmodifieddate: '1762000000000' })] });
    expect((await Array.fromAsync(crm.changedLeads(WINDOW))).flat().map(({ id }) => id)).toEqual(['1']);
    expect(calls).toEqual(['search']);
  });
});
