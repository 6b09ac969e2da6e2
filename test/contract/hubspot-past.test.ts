import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/base/clock.ts';
import type { PastRecord } from '../../src/crm/crm.ts';
import { leadAt } from '../../src/leads/lead-at.ts';
import { API, connectSmallPortal, hubspot, playTranscripts } from '../support/hubspot-transcript.ts';

playTranscripts();

const CONTACTS = '/crm/objects/2026-09/contacts';
const COMPANIES = '/crm/objects/2026-09/companies';
const WITH_COMPANIES = `
fields: { email: email, employees: numemployees }
company_fields: { employees: numberofemployees, industry: industry }
streams: { page_views: off }
`;
const MADE = Date.parse('2026-01-02T03:04:05.678Z');
const time = (at: number) => new Date(at).toISOString();
const version = (value: string, at: number) => ({
  value,
  timestamp: time(at),
  sourceType: 'CRM_UI',
  sourceId: 'userId:9',
});

const ADA = {
  id: '101',
  properties: {
    email: 'ada@example.com',
    jobtitle: 'VP Engineering',
    lifecyclestage: 'customer',
    createdate: time(MADE),
    lastmodifieddate: time(MADE + 9 * DAY),
  },
  propertiesWithHistory: {
    email: [version('ada@example.com', MADE)],
    jobtitle: [version('VP Engineering', MADE + 5 * DAY), version('', MADE + DAY), version('Engineer', MADE)],
    lifecyclestage: [version('customer', MADE + 4 * DAY), version('lead', MADE)],
  },
  createdAt: time(MADE),
  updatedAt: time(MADE + 9 * DAY),
  archived: false,
};

const only = (records: readonly PastRecord[]): PastRecord => {
  const [record] = records;
  if (record === undefined || records.length > 1) throw new Error('one record was to come');
  return record;
};

describe('the past of contacts', () => {
  test('GET a page of fifty with the history of the fields and of the lifecycle stage, each property once', async () => {
    const { crm, calls, budget } = await connectSmallPortal();
    let asked: Record<string, unknown> = {};
    hubspot()
      .get(CONTACTS)
      .query((query) => {
        asked = query;
        return true;
      })
      .reply(200, { results: [ADA], paging: { next: { after: '101', link: `${API}/next` } } });

    const page = await crm.listPast('100', { patient: true });
    expect(asked).toMatchObject({
      limit: '50',
      after: '100',
      archived: 'false',
      propertiesWithHistory: 'email,jobtitle,lifecyclestage,leadgauge_mql_at',
    });
    const properties = String(asked.properties).split(',');
    expect(properties).toEqual(expect.arrayContaining(['createdate', 'leadgauge_score', 'hs_merged_object_ids']));
    expect(properties.filter((name) => ['email', 'jobtitle', 'lifecyclestage'].includes(name))).toEqual([]);
    expect(page.next).toBe('101');
    expect(calls).toEqual(['read']);
    expect(budget.taken.at(-1)).toMatchObject({ patient: true });

    const record = only(page.records);
    expect(record.customerSince).toBe(MADE + 4 * DAY);
    expect(record.past).toEqual({
      email: [{ value: 'ada@example.com', since: MADE }],
      job_title: [
        { value: 'Engineer', since: MADE },
        { value: undefined, since: MADE + DAY },
        { value: 'VP Engineering', since: MADE + 5 * DAY },
      ],
    });
    expect(record.lead.fields).toEqual({ email: 'ada@example.com', job_title: 'VP Engineering' });
    expect(leadAt(record.lead, record.past, MADE + HOUR).fields.job_title).toBe('Engineer');
  });

  test('a contact came to be an MQL as often as the property that says when has held a time', async () => {
    const { crm } = await connectSmallPortal();
    const [first, again] = [MADE + DAY, MADE + 7 * DAY];
    const answerWith = (present: string | undefined, versions: readonly object[] | undefined) =>
      hubspot()
        .get(CONTACTS)
        .query(true)
        .reply(200, {
          results: [
            {
              ...ADA,
              properties: { ...ADA.properties, ...(present && { leadgauge_mql_at: present }) },
              propertiesWithHistory: { ...ADA.propertiesWithHistory, ...(versions && { leadgauge_mql_at: versions }) },
            },
          ],
        });
    const mqls = async () => only((await crm.listPast(undefined)).records).mqls;
    answerWith(time(again), [version(time(again), again), version('', again - DAY), version(time(first), first)]);
    expect(await mqls()).toEqual({ platform: { at: [first, again], isWhole: true } });
    answerWith(time(again), undefined);
    expect(await mqls()).toEqual({ platform: { at: [again], isWhole: false } });
    answerWith(undefined, []);
    expect(await mqls()).toEqual({});
  });

  test('a present value that HubSpot gives in the history alone is the newest there', async () => {
    const { crm } = await connectSmallPortal();
    const { jobtitle: _, ...properties } = ADA.properties;
    hubspot()
      .get(CONTACTS)
      .query(true)
      .reply(200, { results: [{ ...ADA, properties }] });
    expect(only((await crm.listPast(undefined)).records).lead.fields.job_title).toBe('VP Engineering');
  });

  test('a property without a history counts as it is now, and an odd version holds up no other', async () => {
    const { crm } = await connectSmallPortal();
    const histories = { email: null, jobtitle: [{ value: 'CTO' }, version('Engineer', MADE)] };
    hubspot()
      .get(CONTACTS)
      .query(true)
      .reply(200, { results: [{ ...ADA, propertiesWithHistory: histories }] });
    const { past, lead } = only((await crm.listPast(undefined)).records);
    expect(past).toEqual({ job_title: [{ value: 'Engineer', since: MADE }] });
    expect(leadAt(lead, past, 0).fields).toEqual({ email: 'ada@example.com' });
  });

  test('until the contact had a value of its own, that of its company counted', async () => {
    hubspot().get(COMPANIES).query(true).reply(200, { results: [] });
    hubspot()
      .get('/crm/properties/2026-09/companies')
      .reply(200, { results: ['numberofemployees', 'industry'].map((name) => ({ name, type: 'string' })) });
    const { crm, calls } = await connectSmallPortal(WITH_COMPANIES);
    const properties = { ...ADA.properties, numemployees: '300', associatedcompanyid: '70' };
    const histories = { email: ADA.propertiesWithHistory.email, numemployees: [version('300', MADE + 5 * DAY)] };
    hubspot()
      .get(CONTACTS)
      .query(true)
      .reply(200, { results: [{ ...ADA, properties, propertiesWithHistory: histories }] });
    hubspot()
      .post(`${COMPANIES}/batch/read`)
      .reply(200, {
        status: 'COMPLETE',
        results: [{ id: '70', properties: { numberofemployees: '40', industry: 'BANKING' } }],
      });
    const { lead, past } = only((await crm.listPast(undefined)).records);
    expect(past.employees).toEqual([
      { value: '40', since: MADE },
      { value: '300', since: MADE + 5 * DAY },
    ]);
    expect(lead.fields).toMatchObject({ employees: '300', industry: 'BANKING' });
    expect(past).not.toHaveProperty('industry');
    expect(calls).toEqual(['read', 'related']);
    const { known, partly, findings } = await crm.pastFields();
    expect([...known]).toEqual(['email', 'employees']);
    expect([...(partly ?? [])]).toEqual(['employees']);
    expect(findings).toEqual([]);
  });
});
