import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { FatalError, RetryableError } from '../../../../src/base/errors.ts';
import type { StreamWindow } from '../../../../src/crm/crm.ts';
import { SalesforceRefusal } from '../../../../src/crm/salesforce/api/error-table.ts';
import { engagementTimes } from '../../../../src/crm/salesforce/streams/engagement-time.ts';
import { openStreams } from '../../../../src/crm/salesforce/streams/open-streams.ts';
import { visitorActivitiesKind } from '../../../../src/crm/salesforce/streams/visitor-activities.ts';
import { createBench, signsIn, TOKENS } from '../../../support/salesforce-transcript.ts';
import {
  CONTACT,
  configOf,
  DAY,
  forgetOrgs,
  HOUR,
  LEAD,
  MINUTE,
  NOON,
  named,
  pullAll,
  told,
  WINDOW,
} from './streams-bench.ts';

forgetOrgs();

const UNIT = '0Uv000000000001AAA';
const config = configOf(`account_engagement: { business_unit: ${UNIT}, time_zone: America/New_York }`);

/** Account Engagement, that answers each request with the next of these pages, and keeps what it was asked. */
function engagement(...pages: { readonly values: readonly object[]; readonly nextPageToken?: string | null }[]) {
  const asked: Record<string, string>[] = [];
  signsIn(TOKENS[0]);
  for (const { values, nextPageToken = null } of pages)
    nock('https://pi.pardot.com', { reqheaders: { 'pardot-business-unit-id': UNIT } })
      .get('/api/v5/objects/visitor-activities')
      .query(true)
      .reply(async ({ url }: Request) => {
        asked.push(Object.fromEntries(new URL(url).searchParams));
        return [200, { nextPageToken, nextPageUrl: null, values }];
      });
  const bench = createBench();
  const streams = openStreams({
    api: bench.api,
    config,
    states: new Map([['visitor_activities', 'open']]),
    campaigns: new Map(),
  });
  const stream = named(streams, 'visitor-activity');
  return { ...bench, asked, pull: (window: StreamWindow = WINDOW) => pullAll(stream, window) };
}

/** As Account Engagement writes a time for a user in New York, five hours behind in November. */
const inNewYork = (at: number) => `${new Date(at - 5 * HOUR).toISOString().slice(0, 19)}-05:00`;

const row = (id: number, type: number, more: object = {}, at = NOON - 30 * MINUTE) => ({
  id,
  type,
  typeName: null,
  createdAt: inNewYork(at),
  updatedAt: inNewYork(at),
  details: null,
  prospectId: 7,
  formId: null,
  formHandlerId: null,
  landingPageId: null,
  fileId: null,
  emailId: null,
  listEmailId: null,
  form: null,
  formHandler: null,
  prospect: { salesforceId: LEAD, email: 'ada@acme.example' },
  ...more,
});

describe('visitor activities', () => {
  test.each([
    [4, { formId: 3, form: { name: 'Request a demo' } }, { type: 'form-submission', name: 'Request a demo' }],
    [4, { formHandlerId: 3, formHandler: { name: 'Newsletter' } }, { type: 'form-submission', name: 'Newsletter' }],
    [4, { landingPageId: 3, details: 'Pricing guide' }, { type: 'form-submission', name: 'Pricing guide' }],
    [2, { landingPageId: 3, details: 'Pricing guide' }, { type: 'page-view', name: 'Pricing guide' }],
    [
      2,
      { typeName: 'Page View', details: 'https://acme.example/pricing' },
      { type: 'page-view', url: 'https://acme.example/pricing' },
    ],
    [2, { typeName: 'Page View', details: '/pricing' }, { type: 'page-view', url: '/pricing' }],
    [2, { fileId: 3, details: 'Whitepaper.pdf' }, { type: 'download', name: 'Whitepaper.pdf' }],
    [1, { emailId: 3, typeName: 'Email Tracker' }, { type: 'email-click' }],
    [1, { typeName: 'Custom Redirect', details: 'Banner' }, { type: 'page-click', name: 'Banner' }],
    [21, {}, { type: 'page-click' }],
    [11, { emailId: 3, details: 'November news' }, { type: 'email-open', name: 'November news' }],
    [12, { emailId: 3 }, { type: 'email-unsubscribe' }],
    [14, { emailId: 3 }, { type: 'email-unsubscribe' }],
    [13, { emailId: 3 }, { type: 'email-bounce' }],
    [36, { emailId: 3 }, { type: 'email-bounce' }],
    [20, {}, { type: 'visit' }],
    [24, { details: 'Product webinar' }, { type: 'event-attendance', name: 'Product webinar' }],
    [25, {}, { type: 'event-registration' }],
    [28, {}, { type: 'event-registration' }],
    [29, {}, { type: 'event-attendance' }],
  ])('of type %i with %o are %o', async (type, how, what) => {
    const { pull } = engagement({ values: [row(11, type, how)] });
    expect((await pull()).map(told)).toEqual([{ who: LEAD, id: '11', at: NOON - 30 * MINUTE, ...what }]);
  });

  test.each([
    ['a form that was only looked at', 2, { formId: 3 }],
    ['one that was filled in wrongly', 3, { formId: 3 }],
    ['a letter that was sent', 6, { emailId: 3 }],
    ['an opportunity', 9, {}],
    ['an invitation', 23, {}],
    ['something nobody knows', 99, {}],
  ])('leave out %s', async (_, type, how) => {
    const { pull } = engagement({ values: [row(11, type, how)] });
    await expect(pull()).resolves.toEqual([]);
  });

  test('are whose lead or contact the prospect is, else whose address; of any other nobody’s', async () => {
    const of = (id: number, salesforceId: string | null, email: string | null) =>
      row(id, 20, { prospect: { salesforceId, email } });
    const { pull } = engagement({
      values: [
        of(1, CONTACT.slice(0, 15), 'ada@acme.example'),
        of(2, null, ' Bob@Acme.example'),
        of(3, '001000000000001AAA', null),
        row(4, 20, { prospect: null }),
      ],
    });
    expect((await pull()).map(({ person }) => person)).toEqual([{ leadId: CONTACT }, { email: 'bob@acme.example' }]);
  });

  test('have a revision, so that one told by address first and by record later counts once', async () => {
    const updatedAt = inNewYork(NOON - MINUTE);
    const { pull } = engagement({ values: [row(1, 20, { updatedAt })] });
    expect((await pull()).map(({ revision }) => revision)).toEqual([NOON - MINUTE]);
  });

  test('are asked for by when they were told or came to be somebody’s, with what was sent just before', async () => {
    const { pull, asked, calls } = engagement({ values: [] });
    await pull();
    expect(asked).toEqual([
      {
        fields: expect.stringMatching(
          /^id,type,.*,form\.name,formHandler\.name,prospect\.salesforceId,prospect\.email$/,
        ),
        orderBy: 'id',
        limit: '1000',
        prospectIdGreaterThan: '0',
        idGreaterThan: '0',
        updatedAtAfterOrEqualTo: '2026-11-02T10:50:00+00:00',
        updatedAtBefore: '2026-11-02T12:00:00+00:00',
      },
    ]);
    expect(calls).toEqual(['activity']);
  });

  test('where nothing is known yet, are asked for by when they happened', async () => {
    const { pull, asked } = engagement({ values: [row(1, 20, {}, NOON - 30 * DAY), row(2, 20, {}, NOON - 31 * DAY)] });
    const observations = await pull({ from: NOON - 30 * DAY, to: NOON, since: NOON - 30 * DAY });
    expect(observations.map(({ activity }) => activity.id)).toEqual(['1']);
    expect(asked[0]).toMatchObject({ createdAtAfterOrEqualTo: '2026-10-03T11:50:00+00:00' });
    expect(asked[0]).not.toHaveProperty('updatedAtBefore');
  });
});

describe('a letter that a machine follows', () => {
  const sent = row(1, 6, { emailId: 5 }, NOON - 30 * MINUTE);

  test('gives it away by how soon that is, however the windows lie', async () => {
    const click = row(2, 1, { emailId: 5 }, NOON - 30 * MINUTE + 2_000);
    const [first] = await engagement({ values: [sent, click] }).pull();
    expect(first?.activity.deliveredAt).toBe(NOON - 30 * MINUTE);
    const narrow = { from: NOON - 30 * MINUTE + 1_000, to: NOON };
    const again = await engagement({ values: [sent, click] }).pull(narrow);
    expect(again).toEqual([first]);
  });

  test('is told from one that a person opens an hour later, and from another letter', async () => {
    const { pull } = engagement({
      values: [sent, row(2, 11, { emailId: 6 }, NOON - 29 * MINUTE), row(3, 11, { emailId: 5 }, NOON - 10 * MINUTE)],
    });
    expect((await pull()).map(({ activity }) => activity.deliveredAt)).toEqual([undefined, undefined]);
  });
});

describe('the pages of Account Engagement', () => {
  const page = (from: number, count: number) => Array.from({ length: count }, (_, index) => row(from + index, 20));

  test('go on above the last id, with a token or, as after 100,000 rows, without', async () => {
    const { pull, asked } = engagement(
      { values: page(1, 1_000), nextPageToken: 'next' },
      { values: page(1_001, 1_000) },
      { values: page(2_001, 3) },
    );
    expect(await pull()).toHaveLength(2_003);
    expect(asked.map(({ idGreaterThan, nextPageToken }) => [idGreaterThan, nextPageToken])).toEqual([
      ['0', undefined],
      ['1000', undefined],
      ['2000', undefined],
    ]);
  });

  test('leave out a row whose time is none', async () => {
    const { pull } = engagement({ values: [row(1, 20, { createdAt: 'yesterday' }), row(2, 20)] });
    expect((await pull()).map(({ activity }) => activity.id)).toEqual(['2']);
  });

  test('are not asked for where there is no window', async () => {
    const { pull, calls } = engagement();
    await expect(pull({ from: NOON, to: NOON })).resolves.toEqual([]);
    expect(calls).toEqual([]);
  });
});

describe('Account Engagement that does not let us in', () => {
  test('holds up nothing else: its stream tries again', async () => {
    const { pull } = engagement();
    nock('https://pi.pardot.com')
      .get('/api/v5/objects/visitor-activities')
      .query(true)
      .reply(400, { code: 201, message: 'Business Unit not found' });
    const error = await pull().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error).not.toBeInstanceOf(FatalError);
  });

  test('as where the app lacks its scope, is told apart from an org that does not', async () => {
    signsIn(TOKENS[0], TOKENS[1]);
    nock('https://pi.pardot.com')
      .get('/api/v5/objects/visitor-activities')
      .twice()
      .query(true)
      .reply(401, { code: 49, message: 'Access Denied' });
    const { api } = createBench();
    const error = await visitorActivitiesKind.probe({ api, config }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SalesforceRefusal);
  });
});

describe('times of Account Engagement', () => {
  test.each([
    ['UTC', '2026-11-02T12:00:00+00:00', '2026-11-02T12:00:00Z'],
    ['UTC', '2026-11-02T13:00:00+0100', '2026-11-02T12:00:00Z'],
    ['Europe/Berlin', '2026-11-02T12:00:00Z', '2026-11-02T12:00:00Z'],
    ['Europe/Berlin', '2026-11-02T13:00:00', '2026-11-02T12:00:00Z'],
    ['Europe/Berlin', '2026-07-02 14:00:00', '2026-07-02T12:00:00Z'],
    ['America/New_York', '2026-03-08T03:30:00', '2026-03-08T07:30:00Z'],
    ['Asia/Kolkata', '2026-11-02T17:30:00', '2026-11-02T12:00:00Z'],
  ])('in %s: %s is %s', (zone, text, utc) => {
    expect(new Date(engagementTimes(zone)(text)).toISOString()).toBe(new Date(utc).toISOString());
  });

  test('are none where the text is none', () => {
    expect(engagementTimes('UTC')('today')).toBeNaN();
  });
});
