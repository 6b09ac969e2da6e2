import { describe, expect, test } from 'vitest';
import { FatalError, RecordError, RetryableError } from '../../src/base/errors.ts';
import type { LeadRecord } from '../../src/crm/crm.ts';
import { connectSmallPortal, hubspot, playTranscripts } from '../support/hubspot-transcript.ts';

playTranscripts();

const CONTACTS = '/crm/objects/2026-09/contacts';
const FIELDS = 'fields: { email: email }\nstreams: { page_views: off }\n';
const LIFECYCLE = 'lifecycle: { lead: lead, mql: marketingqualifiedlead }\n';
const STATUS = 'sales_status: { working: [CONNECTED], not_now: [BAD_TIMING], rejected: [UNQUALIFIED] }\n';
const option = (value: string) => ({ label: value, value });
const LEAD_STATUS = {
  name: 'hs_lead_status',
  type: 'enumeration',
  options: ['NEW', 'CONNECTED', 'BAD_TIMING', 'UNQUALIFIED'].map(option),
};

const OUR_REASON = {
  name: 'our_reason',
  type: 'enumeration',
  options: ['no_budget', 'too_small'].map(option),
};

/** A contact as it is read with this config. */
async function read(yaml: string, properties: Record<string, string | null>): Promise<LeadRecord | undefined> {
  const { crm } = await connectSmallPortal(FIELDS + yaml, [LEAD_STATUS, OUR_REASON]);
  hubspot()
    .post(`${CONTACTS}/batch/read`)
    .reply(200, { results: [{ id: '7', properties }] });
  return (await crm.readLeads(['7']))[0];
}

describe('how a lead stands', () => {
  test.each([
    ['CONNECTED', 'working'],
    [' BAD_TIMING ', 'not-now'],
    ['UNQUALIFIED', 'rejected'],
    ['NEW', undefined],
    ['', undefined],
    [null, undefined],
  ])('with sales, by the status %s: %s', async (status, word) => {
    expect((await read(STATUS, { hs_lead_status: status }))?.salesSay).toBe(word);
  });

  test('with sales is told in their own words, and why, where config names where they say it', async () => {
    const why = STATUS.replace(' }\n', ', reason: our_reason }\n');
    const said = { hs_lead_status: ' UNQUALIFIED ', our_reason: 'no_budget; too_small;' };
    const record = await read(why, said);
    expect(record).toMatchObject({
      salesSay: 'rejected',
      salesStatus: 'UNQUALIFIED',
      salesReasons: ['no_budget', 'too_small'],
    });
    // It gives no points: another reason makes no other lead.
    const other = await read(why, { hs_lead_status: 'UNQUALIFIED', our_reason: null });
    expect(other?.fingerprint).toBe(record?.fingerprint);
    expect(other).not.toHaveProperty('salesReasons');
    expect(await read(why, { hs_lead_status: 'NEW' })).not.toHaveProperty('salesStatus');
    expect(await read(STATUS, said)).not.toHaveProperty('salesReasons');
  });

  test('is not asked for where config names no status', async () => {
    expect(await read('', { hs_lead_status: 'CONNECTED' })).not.toHaveProperty('salesSay');
  });

  test.each([
    ['subscriber', true],
    ['', true],
    ['lead', false],
    ['marketingqualifiedlead', false],
    ['a stage of old', false],
  ])('on the way to be a lead, at the stage "%s": before it is %s', async (stage, before) => {
    expect((await read(LIFECYCLE, { lifecyclestage: stage }))?.isBeforeLead).toBe(before);
  });

  test('with a stage that a move back left empty is that of an MQL still, until it is given back', async () => {
    const mqlAt = '2026-11-01T09:00:00Z';
    const emptied = { lifecyclestage: '', leadgauge_mql_at: mqlAt };
    expect(await read(LIFECYCLE, emptied)).toMatchObject({ stage: 'mql', isBeforeLead: false });
    const given = { ...emptied, leadgauge_recycled_at: '2026-11-02T09:00:00Z' };
    expect(await read(LIFECYCLE, given)).toMatchObject({ stage: 'before-mql', isBeforeLead: false, isHalfBack: true });
    const again = { ...given, leadgauge_mql_at: '2026-11-03T09:00:00Z' };
    expect(await read(LIFECYCLE, again)).toMatchObject({ stage: 'mql' });
    for (const properties of [emptied, again, { ...given, lifecyclestage: 'lead' }, { lifecyclestage: '' }])
      expect(await read(LIFECYCLE, properties)).not.toHaveProperty('isHalfBack');
  });

  test('with the lifecycle off is told by our own marks alone', async () => {
    const passed = { leadgauge_mql_at: '2026-11-01T09:00:00Z' };
    expect((await read('', passed))?.stage).toBe('mql');
    expect((await read('', { ...passed, leadgauge_recycled_at: '2026-11-02T09:00:00Z' }))?.stage).toBe('before-mql');
  });
});

describe('the owner of the company', () => {
  test('is read with the fields that come from there, also for whom no field is lacking', async () => {
    const yaml = `${FIELDS}company_fields: { email: domain }\n`;
    hubspot().get('/crm/objects/2026-09/companies').query(true).reply(200, { results: [] });
    hubspot()
      .get('/crm/properties/2026-09/companies')
      .reply(200, { results: [{ name: 'domain', type: 'string' }] });
    const { crm, calls } = await connectSmallPortal(yaml, [], { accountOwners: true });
    const contact = (id: string, email: string, company: string) => ({
      id,
      properties: { email, associatedcompanyid: company },
    });
    hubspot()
      .post(`${CONTACTS}/batch/read`)
      .reply(200, { results: [contact('1', 'ada@acme.example', '81'), contact('2', '', '82')] });
    hubspot()
      .post('/crm/objects/2026-09/companies/batch/read', {
        inputs: [{ id: '81' }, { id: '82' }],
        properties: ['domain', 'hs_merged_object_ids', 'hubspot_owner_id'],
      })
      .reply(200, {
        results: [
          { id: '81', properties: { domain: 'acme.example', hubspot_owner_id: '55' } },
          { id: '82', properties: { domain: 'other.example', hubspot_owner_id: '' } },
        ],
      });
    const [ada, bob] = await crm.readLeads(['1', '2']);
    expect(ada).toMatchObject({ accountOwnerId: '55', lead: { accountId: '81' } });
    // A change of the company's owner scores nobody again.
    expect(ada).not.toHaveProperty('related');
    expect(bob).not.toHaveProperty('accountOwnerId');
    expect(bob).toMatchObject({ lead: { fields: { email: 'other.example' } }, related: [{ id: '82' }] });
    expect(calls).toEqual(['read', 'related']);
  });

  test('is not known where the credential may not read companies, and nothing else fails', async () => {
    hubspot().get('/crm/objects/2026-09/companies').query(true).reply(403, { category: 'MISSING_SCOPES' });
    const { crm } = await connectSmallPortal(FIELDS, [], { accountOwners: true });
    hubspot()
      .post(`${CONTACTS}/batch/read`)
      .reply(200, { results: [{ id: '1', properties: { associatedcompanyid: '81' } }] });
    expect((await crm.readLeads(['1']))[0]).not.toHaveProperty('accountOwnerId');
  });
});

describe('owners', () => {
  const OWNERS = '/crm/owners/2026-09';
  const USERS = '/crm/objects/2026-09/users';
  const owner = (id: string, more: object) => ({ id, type: 'PERSON', firstName: 'A', lastName: 'B', ...more });
  const page = (archived: boolean, results: object[], after?: string, next?: string) =>
    hubspot()
      .get(OWNERS)
      .query({ limit: '500', archived: String(archived), ...(after && { after }) })
      .reply(200, { results, ...(next && { paging: { next: { after: next } } }) });
  const users = () =>
    hubspot()
      .get(USERS)
      .query({ limit: '100', properties: 'hs_internal_user_id,hs_standard_time_zone', archived: 'false' });
  const zone = (id: string, name: string | null) => ({
    id: `9${id}`,
    properties: { hs_internal_user_id: id, hs_standard_time_zone: name },
  });

  test('GET those who are there and those who left, all pages, with the time zones of their users', async () => {
    const { crm, calls } = await connectSmallPortal();
    page(true, [owner('53', { email: 'gone@sales.example' }), owner('54', { email: 'back@sales.example' })]);
    page(
      false,
      [owner('55', { email: ' Ann@Sales.example', userId: 9001, userIdIncludingInactive: 9001 })],
      undefined,
      '55',
    );
    page(
      false,
      [
        owner('54', { email: 'back@sales.example', userId: 9002 }),
        owner('56', { email: 'idle@sales.example', userId: null, userIdIncludingInactive: 9003 }),
        owner('57', { email: null }),
        owner('58', { type: 'QUEUE' }),
      ],
      '55',
    );
    users().reply(200, { results: [zone('9001', 'Europe/Berlin'), zone('9002', 'Middle/Earth'), zone('9003', null)] });
    expect(await crm.listOwners()).toEqual([
      { id: '53', email: 'gone@sales.example', isActive: false },
      { id: '54', email: 'back@sales.example', isActive: true },
      { id: '55', email: 'ann@sales.example', isActive: true, timeZone: 'Europe/Berlin' },
      { id: '56', email: 'idle@sales.example', isActive: false },
      { id: '57', isActive: true },
    ]);
    expect(calls).toEqual(['setup', 'setup', 'setup', 'setup']);
  });

  test('have no time zone where the credential may not read users', async () => {
    const { crm } = await connectSmallPortal();
    page(true, []);
    page(false, [owner('55', { email: 'ann@sales.example', userId: 9001 })]);
    users().reply(403, { category: 'MISSING_SCOPES' });
    expect(await crm.listOwners()).toEqual([{ id: '55', email: 'ann@sales.example', isActive: true }]);
  });

  test('are none where the credential may not read them: leads are scored all the same', async () => {
    const { crm } = await connectSmallPortal();
    hubspot().get(OWNERS).query(true).reply(403, { category: 'MISSING_SCOPES' });
    expect(await crm.listOwners()).toEqual([]);
  });

  test('are asked for again later where HubSpot does not answer', async () => {
    const { crm } = await connectSmallPortal();
    hubspot().get(OWNERS).query(true).times(3).reply(503);
    await expect(crm.listOwners()).rejects.toBeInstanceOf(RetryableError);
  });
});

describe('enrolling in a nurture series', () => {
  const yaml = `${FIELDS}nurture: { content: { list: 'Nurture: content' } }\n`;
  const list = (listId: string, processingType: string, name = 'Nurture: content') => ({
    listId,
    name,
    processingType,
  });
  const lists = (...all: object[]) =>
    hubspot().post('/crm/lists/2026-09/search').reply(200, { lists: all, hasMore: false, offset: all.length });

  test('PUTs the ids on the list, a thousand at once, each once', async () => {
    lists(list('31', 'MANUAL'), list('32', 'DYNAMIC', 'Others'));
    const { crm, calls } = await connectSmallPortal(yaml);
    const ids = Array.from({ length: 1_200 }, (_, index) => String(index + 1));
    for (const some of [ids.slice(0, 1_000), ids.slice(1_000)])
      hubspot()
        .put('/crm/lists/2026-09/31/memberships/add', some)
        .reply(200, { recordsIdsAdded: some, recordIdsMissing: [], recordIdsRemoved: [] });
    await crm.enrol('content', [...ids, '7', 'nonsense']);
    expect(calls).toEqual(['write', 'write']);
  });

  test('says what to do where the list was deleted since', async () => {
    lists(list('31', 'SNAPSHOT'));
    const { crm } = await connectSmallPortal(yaml);
    hubspot().put('/crm/lists/2026-09/31/memberships/add').reply(404, { category: 'OBJECT_NOT_FOUND' });
    const failed = crm.enrol('content', ['7']);
    await expect(failed).rejects.toBeInstanceOf(RecordError);
    await expect(failed).rejects.toThrow(
      'the list of nurture.content (404): it was deleted, or its filters fill it now',
    );
  });

  test.each([
    ['has filters by now', [list('31', 'DYNAMIC')]],
    ['is not there any more', []],
  ])('looks at the list where HubSpot refuses the contacts: one that %s takes nobody', async (_, found) => {
    lists(list('31', 'MANUAL'));
    const { crm } = await connectSmallPortal(yaml);
    hubspot().put('/crm/lists/2026-09/31/memberships/add').reply(400, { category: 'VALIDATION_ERROR' });
    lists(...found);
    await expect(crm.enrol('content', ['7'])).rejects.toThrow('the list of nurture.content (400): it was deleted, or');
  });

  test('a refusal of contacts that are to be on a static list is theirs alone', async () => {
    lists(list('31', 'MANUAL'));
    const { crm } = await connectSmallPortal(yaml);
    hubspot().put('/crm/lists/2026-09/31/memberships/add').reply(400, { category: 'VALIDATION_ERROR' });
    lists(list('31', 'MANUAL'));
    const refused = await crm.enrol('content', ['7', '8']);
    expect([...refused.keys()]).toEqual(['7', '8']);
    const message = 'HubSpot does not put the lead on the list of nurture.content (400, VALIDATION_ERROR)';
    expect(refused.get('7')).toEqual(new RecordError(message));
  });

  test('names the scope that was taken away since, and leaves a revoked token to a person', async () => {
    lists(list('31', 'MANUAL'));
    const { crm } = await connectSmallPortal(yaml);
    const add = () => hubspot().put('/crm/lists/2026-09/31/memberships/add');
    const context = { requiredGranularScopes: ['crm.lists.write'] };
    add().reply(403, { category: 'MISSING_SCOPES', errors: [{ message: 'no', context }] });
    const failed = crm.enrol('content', ['7']);
    await expect(failed).rejects.toBeInstanceOf(RecordError);
    await expect(failed).rejects.toThrow('crm.lists.write');
    add().reply(401, { category: 'INVALID_AUTHENTICATION' });
    await expect(crm.enrol('content', ['7'])).rejects.toBeInstanceOf(FatalError);
  });

  test.each([
    [
      [list('31', 'DYNAMIC')],
      'the list "Nurture: content" is an active one, which its filters fill: name a static list',
    ],
    [[], 'the portal has no list of contacts "Nurture: content"'],
    [[list('31', 'MANUAL', 'Nurture content')], 'did you mean "Nurture content"?'],
    [[list('31', 'MANUAL'), list('32', 'MANUAL')], 'the portal has 2 lists named "Nurture: content"'],
  ])('needs one static list: %j', async (all, message) => {
    lists(...all);
    await expect(connectSmallPortal(yaml)).rejects.toThrow(message);
  });
});

describe('a status or a stage that the portal does not have', () => {
  const connect = (yaml: string) => connectSmallPortal(FIELDS + yaml, [LEAD_STATUS]);

  test('is told with the nearest one', async () => {
    await expect(connect('sales_status: { working: [CONECTED], not_now: [LATER] }\n')).rejects.toThrow(
      /"hs_lead_status" has no option "CONECTED" in the portal: did you mean "CONNECTED"\?\n.*"LATER"/,
    );
    await expect(connect('lifecycle: { lead: leed }\n')).rejects.toThrow(
      'no lifecycle stage "leed": did you mean "lead"?',
    );
  });

  test('is a reason that can be counted', async () => {
    const named = (reason: string) => connect(STATUS.replace(' }\n', `, reason: ${reason} }\n`));
    await expect(named('our_reasons')).rejects.toThrow('the portal has no contact property "our_reasons"');
    await expect(named('email')).rejects.toThrow('"email" has no fixed list of values');
  });

  test('may be any where people type it', async () => {
    const typed = { name: 'our_status', type: 'string' };
    const { crm } = await connectSmallPortal(`${FIELDS}sales_status: { property: our_status, working: [mine] }\n`, [
      typed,
    ]);
    hubspot()
      .post(`${CONTACTS}/batch/read`)
      .reply(200, { results: [{ id: '7', properties: { our_status: 'mine' } }] });
    expect((await crm.readLeads(['7']))[0]?.salesSay).toBe('working');
  });

  test('is one that stands before MQL', async () => {
    await expect(connect('lifecycle: { lead: customer }\n')).rejects.toThrow(
      'the stage customer does not stand before marketingqualifiedlead in the portal: name an earlier one',
    );
  });
});

test('the page of a contact has the address that HubSpot tells at the start, or none', async () => {
  hubspot().get('/account-info/2026-09/details').reply(200, { portalId: 4711, uiDomain: 'app-eu1.hubspot.com' });
  const { crm } = await connectSmallPortal();
  expect(crm.linkTo('101')).toBe('https://app-eu1.hubspot.com/contacts/4711/record/0-1/101');
  hubspot().get('/account-info/2026-09/details').reply(503);
  const { crm: without } = await connectSmallPortal();
  expect(without.linkTo('101')).toBeUndefined();
});
