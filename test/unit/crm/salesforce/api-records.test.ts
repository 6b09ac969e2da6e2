import { beforeEach, describe, expect, test } from 'vitest';
import { RetryableError } from '../../../../src/base/errors.ts';
import { insertOnce, updateRecords } from '../../../../src/crm/salesforce/api/collections.ts';
import { createRecord } from '../../../../src/crm/salesforce/api/create-record.ts';
import { describeObject } from '../../../../src/crm/salesforce/api/describe.ts';
import { SalesforceRefusal } from '../../../../src/crm/salesforce/api/error-table.ts';
import { readLimits } from '../../../../src/crm/salesforce/api/limits.ts';
import { reportedLimits } from '../../../../src/crm/salesforce/api/reported-limits.ts';
import { checkAccountEngagementUrl, checkSalesforceUrl } from '../../../../src/crm/salesforce/api/salesforce-url.ts';
import {
  createBench,
  failure,
  org,
  playTranscripts,
  problem,
  signsIn,
  TOKENS,
} from '../../../support/salesforce-transcript.ts';

playTranscripts();

const DATA = '/services/data/v68.0';
const COLLECTIONS = `${DATA}/composite/sobjects`;
const NO_ASSIGNMENT = {
  reqheaders: { 'sforce-auto-assign': 'FALSE', 'sforce-duplicate-rule-header': 'allowSave=true' },
};

const update = (type: string, Id: string) => ({ attributes: { type }, Id, Leadgauge_Score__c: 7 });

describe('new records of which there can be one only', () => {
  beforeEach(() => signsIn(TOKENS[0]));
  const member = (LeadId: string) => ({ attributes: { type: 'CampaignMember' }, CampaignId: '7011', LeadId });

  test('go together, and those that are there already say so', async () => {
    const { api, calls } = createBench();
    const records = [member('00Q1'), member('00Q2')];
    const there = { statusCode: 'DUPLICATE_VALUE', message: 'Already a campaign member.', fields: [] };
    org()
      .post(COLLECTIONS, { allOrNone: false, records })
      .matchHeader('sforce-auto-assign', NO_ASSIGNMENT.reqheaders['sforce-auto-assign'])
      .reply(200, [
        { id: '00v1', success: true, errors: [] },
        { success: false, errors: [there] },
      ]);
    await expect(insertOnce(api, records)).resolves.toEqual([{ success: true }, { success: false, errors: [there] }]);
    expect(calls).toEqual(['write']);
    await expect(insertOnce(api, [])).resolves.toEqual([]);
  });

  test('are made again where their answer got lost', async () => {
    const { api } = createBench();
    org().post(COLLECTIONS).replyWithError('socket hang up');
    org()
      .post(COLLECTIONS)
      .reply(200, [{ id: '00v1', success: true, errors: [] }]);
    await expect(insertOnce(api, [member('00Q1')])).resolves.toEqual([{ success: true }]);
  });

  test('of which some were left out of the answer are not known, any of them', async () => {
    const { api } = createBench();
    org().post(COLLECTIONS).reply(200, []);
    expect(await failure(insertOnce(api, [member('00Q1')]))).toBeInstanceOf(RetryableError);
  });
});

describe('updates', () => {
  beforeEach(() => signsIn(TOKENS[0]));

  test('go together, each for itself, without assignment rules; results are by place', async () => {
    const { api, calls } = createBench();
    const records = [update('Lead', '00Q1'), update('Lead', '00Q2'), update('Lead', '00Q3')];
    org()
      .patch(COLLECTIONS, { allOrNone: false, records })
      .matchHeader('sforce-auto-assign', NO_ASSIGNMENT.reqheaders['sforce-auto-assign'])
      .matchHeader('sforce-duplicate-rule-header', 'allowSave=true')
      .reply(200, [
        { id: '00Q1', success: true, errors: [] },
        { success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to lock', fields: [] }] },
        {
          success: false,
          errors: [
            { statusCode: 'INVALID_FIELD', message: "No such column 'A__c' on sobject of type Lead", fields: [] },
          ],
        },
      ]);
    await expect(updateRecords(api, records)).resolves.toEqual([
      { success: true },
      { success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to lock', fields: [] }] },
      { success: false, errors: [expect.objectContaining({ statusCode: 'INVALID_FIELD', fields: ['A__c'] })] },
    ]);
    expect(calls).toEqual(['write']);
  });

  test('of mixed types are sent by type, and answered in the order in which they came', async () => {
    const { api } = createBench();
    const records = Array.from({ length: 30 }, (_, place) =>
      update(place % 2 === 0 ? 'Lead' : 'Account', String(place)),
    );
    const byType = records.toSorted((a, b) => a.attributes.type.localeCompare(b.attributes.type));
    const answers = byType.map(({ Id }) => ({
      success: false,
      errors: [{ statusCode: 'ENTITY_IS_DELETED', message: Id, fields: [] }],
    }));
    org().patch(COLLECTIONS, { allOrNone: false, records: byType }).reply(200, answers);
    const results = await updateRecords(api, records);
    expect(results.map((result) => (result.success ? '' : result.errors[0]?.message))).toEqual(
      records.map(({ Id }) => Id),
    );
  });

  test('are made again where their answer got lost: the same values once more change nothing', async () => {
    const { api, calls } = createBench();
    org().patch(COLLECTIONS).replyWithError('socket hang up');
    org()
      .patch(COLLECTIONS)
      .reply(200, [{ id: '00Q1', success: true, errors: [] }]);
    await expect(updateRecords(api, [update('Lead', '00Q1')])).resolves.toEqual([{ success: true }]);
    expect(calls).toHaveLength(2);
  });

  test('of which the answer leaves some out are tried again later', async () => {
    const { api } = createBench();
    org()
      .patch(COLLECTIONS)
      .reply(200, [{ id: '00Q1', success: true, errors: [] }]);
    const error = await failure(updateRecords(api, [update('Lead', '00Q1'), update('Lead', '00Q2')]));
    expect(error).toBeInstanceOf(RetryableError);
  });

  test('that failed without a reason count as what passes', async () => {
    const { api } = createBench();
    org()
      .patch(COLLECTIONS)
      .reply(200, [{ success: false, errors: [] }]);
    await expect(updateRecords(api, [update('Lead', '00Q1')])).resolves.toMatchObject([
      { success: false, errors: [{ statusCode: 'UNKNOWN_EXCEPTION' }] },
    ]);
  });
});

test('more than 200 updates do not go together, and none are no call', async () => {
  const { api } = createBench();
  const many = Array.from({ length: 201 }, (_, place) => update('Lead', String(place)));
  await expect(updateRecords(api, many)).rejects.toThrow(TypeError);
  await expect(updateRecords(api, [])).resolves.toEqual([]);
});

describe('a new record', () => {
  beforeEach(() => signsIn(TOKENS[0]));

  test('is asked for once', async () => {
    const { api, calls } = createBench();
    org().post(`${DATA}/sobjects/Task`, { Subject: 'Call' }).reply(201, { id: '00T1', success: true, errors: [] });
    org().post(`${DATA}/sobjects/Task`).reply(504);
    await expect(createRecord(api, 'Task', { Subject: 'Call' })).resolves.toBe('00T1');
    expect((await failure(createRecord(api, 'Task', {}))).message).toMatch(/look before trying again$/);
    expect(calls).toEqual(['write', 'write']);
  });
});

describe('what an org says of itself', () => {
  beforeEach(() => signsIn(TOKENS[0]));

  test('its fields, as far as our user sees them', async () => {
    const { api } = createBench();
    const described = {
      name: 'Lead',
      label: 'Lead',
      custom: false,
      fields: [
        {
          name: 'Rating',
          label: 'Rating',
          type: 'picklist',
          length: 255,
          updateable: true,
          nillable: true,
          calculated: false,
          picklistValues: [{ active: true, defaultValue: false, label: 'Hot', validFor: null, value: 'Hot' }],
          soapType: 'xsd:string',
        },
      ],
    };
    org().get(`${DATA}/sobjects/Lead/describe`).reply(200, described);
    const { fields } = await describeObject(api, 'Lead');
    expect(fields).toEqual([
      {
        name: 'Rating',
        label: 'Rating',
        type: 'picklist',
        length: 255,
        updateable: true,
        nillable: true,
        calculated: false,
        picklistValues: [{ value: 'Hot', active: true, label: 'Hot' }],
      },
    ]);
  });

  test('an object that is not there', async () => {
    const { api } = createBench();
    org().get(`${DATA}/sobjects/Nothing__c/describe`).reply(404, problem('NOT_FOUND'));
    const error = await failure(describeObject(api, 'Nothing__c'));
    expect(error).toBeInstanceOf(SalesforceRefusal);
    expect(error).toMatchObject({ status: 404, codes: ['NOT_FOUND'] });
  });

  test('its limits', async () => {
    const { api } = createBench();
    org()
      .get(`${DATA}/limits`)
      .reply(200, {
        DailyApiRequests: { Max: 15_000, Remaining: 14_998, 'Ant Migration Tool': { Max: 0, Remaining: 0 } },
      });
    await expect(readLimits(api)).resolves.toEqual({ DailyApiRequests: { max: 15_000, remaining: 14_998 } });
  });
});

test.each([
  ['api-usage=18/5000', { daily: 5_000, dailyRemaining: 4_982 }],
  ['api-usage=25/5000; per-app-api-usage=17/250(appName=sample)', { daily: 5_000, dailyRemaining: 4_975 }],
  ['per-app-api-usage=17/250(appName=sample)', undefined],
  ['api-usage=5100/5000', { daily: 5_000, dailyRemaining: 0 }],
  ['', undefined],
])('Sforce-Limit-Info: %s', (header, limits) => {
  expect(reportedLimits(new Headers({ 'Sforce-Limit-Info': header }))).toEqual(limits);
});

describe('an address', () => {
  test.each([
    'https://login.salesforce.com',
    'https://test.salesforce.com',
    'https://acme.my.salesforce.com/',
    'https://acme--uat.sandbox.my.salesforce.com',
    'https://acme.my.salesforce.mil',
    'http://127.0.0.1:4000',
    'http://localhost:4000',
  ])('may be %s', (url) => {
    expect(checkSalesforceUrl(url)).toBe(url.replace(/\/$/, ''));
  });

  test.each([
    'http://login.salesforce.com',
    'https://salesforce.com.example',
    'https://evilsalesforce.com',
    'https://acme.my.salesforce.com.example',
    'https://login.salesforce.com:8443',
    'https://user@login.salesforce.com',
    'https://login.salesforce.com/services',
    'https://login.salesforce.com?x',
    'https://example.com',
    'login.salesforce.com',
    '',
  ])('may not be %s', (url) => {
    expect(() => checkSalesforceUrl(url)).toThrow(/may only be/);
  });

  test('of Account Engagement is one of its two', () => {
    expect(checkAccountEngagementUrl('https://pi.pardot.com')).toBe('https://pi.pardot.com');
    expect(checkAccountEngagementUrl('https://pi.demo.pardot.com')).toBe('https://pi.demo.pardot.com');
    expect(() => checkAccountEngagementUrl('https://login.salesforce.com')).toThrow(/may only be/);
  });
});
