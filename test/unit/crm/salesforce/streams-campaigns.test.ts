import { describe, expect, test } from 'vitest';
import { findCampaigns } from '../../../../src/crm/salesforce/streams/find-campaigns.ts';
import {
  CONTACT,
  configOf,
  DAY,
  forgetOrgs,
  HOUR,
  id,
  inQuery,
  LEAD,
  MINUTE,
  NOON,
  orgWith,
  pullAll,
  streamsOf,
  told,
  WINDOW,
  written,
} from './streams-bench.ts';

forgetOrgs();

const DEMO = id('701', 1);
const WEBINAR = id('701', 2);
const YAML = 'campaigns: { demo-request: Request a demo, webinar: { campaign: Webinar, as: event-attendance } }';

const member = (number: number, more: object = {}) => ({
  Id: id('00v', number),
  SystemModstamp: written(NOON - 30 * MINUTE),
  IsDeleted: false,
  CreatedDate: written(NOON - 30 * MINUTE),
  HasResponded: true,
  FirstRespondedDate: '2026-11-02',
  CampaignId: DEMO,
  LeadId: LEAD,
  ContactId: null,
  ...more,
});

const bench = (...members: object[]) =>
  streamsOf({
    yaml: YAML,
    campaigns: { 'demo-request': [DEMO], webinar: [WEBINAR] },
    open: ['campaigns'],
    tables: { CampaignMember: members },
  });

describe('responses to campaigns', () => {
  test('are a stream for each campaign: a form by its key, so that the hot poll takes it, and others by what they count as', () => {
    const { streams } = bench();
    expect(streams.map(({ name, form }) => ({ name, form }))).toEqual([
      { name: 'form-submission:demo-request', form: 'demo-request' },
      { name: 'event-attendance:webinar', form: undefined },
    ]);
  });

  test('of all campaigns take one call for a poll, and each stream tells its own', async () => {
    const { streams, asked, calls } = bench(
      member(1),
      member(2, { CampaignId: WEBINAR, LeadId: null, ContactId: CONTACT }),
    );
    const [forms, webinars] = await Promise.all(streams.map((stream) => pullAll(stream, WINDOW)));
    expect(forms?.map(told)).toEqual([
      { who: LEAD, id: id('00v', 1), type: 'form-submission', at: NOON - 30 * MINUTE, name: 'demo-request' },
    ]);
    expect(webinars?.map(told)).toEqual([
      { who: CONTACT, id: id('00v', 2), type: 'event-attendance', at: NOON - 30 * MINUTE, name: 'webinar' },
    ]);
    expect(asked).toEqual([
      [
        'all SELECT Id,SystemModstamp,IsDeleted,CreatedDate,HasResponded,FirstRespondedDate,CampaignId,LeadId,ContactId ' +
          `FROM CampaignMember WHERE CampaignId IN ('${DEMO}','${WEBINAR}') ` +
          `AND SystemModstamp >= ${inQuery(NOON - HOUR)} AND SystemModstamp < ${inQuery(NOON)} ` +
          'ORDER BY SystemModstamp, Id LIMIT 2000',
      ],
    ]);
    expect(calls).toEqual(['activity']);
  });

  test('are asked for anew by the next look at the same instant', async () => {
    const { pull, asked } = bench(member(1));
    await pull('form-submission:demo-request');
    await pull('form-submission:demo-request');
    expect(asked).toHaveLength(2);
  });

  test('move with their record, so that a later edit takes the place of what was told', async () => {
    const { pull } = bench(member(1, { SystemModstamp: written(NOON - MINUTE) }));
    const [observation] = await pull('form-submission:demo-request');
    expect(observation?.revision).toBe(NOON - MINUTE);
  });

  test.each([
    ['nobody responded any more', { HasResponded: false, FirstRespondedDate: null }],
    ['the member was deleted', { IsDeleted: true }],
  ])('are taken back where %s', async (_, how) => {
    const { pull } = bench(member(1, { ...how, CreatedDate: written(NOON - DAY) }));
    expect((await pull('form-submission:demo-request')).map(({ withdrawn }) => withdrawn)).toEqual([true]);
  });

  test('that never were need no word: somebody was only just added to the campaign', async () => {
    const { pull } = bench(member(1, { HasResponded: false, FirstRespondedDate: null }));
    await expect(pull('form-submission:demo-request')).resolves.toEqual([]);
  });

  test('of a converted lead are the contact’s; an account that is a member is nobody', async () => {
    const { pull } = bench(member(1, { ContactId: CONTACT }), member(2, { LeadId: null }));
    expect((await pull('form-submission:demo-request')).map(told)).toMatchObject([{ who: CONTACT }]);
  });

  test('where nothing is known yet, are read by the day of the response, a query for each campaign', async () => {
    const { pull, asked } = bench(member(1));
    await pull('event-attendance:webinar', { ...WINDOW, since: NOON - 30 * DAY });
    expect(asked).toEqual([
      [
        expect.stringContaining(
          `WHERE CampaignId IN ('${WEBINAR}') AND IsDeleted = false AND (HasResponded = true AND ` +
            `(FirstRespondedDate >= 2026-10-02 OR (FirstRespondedDate = null AND CreatedDate >= ${inQuery(NOON - 30 * DAY)}))) ORDER BY`,
        ),
      ],
    ]);
  });

  test('make no call for a window that is empty', async () => {
    const { pull, calls } = bench(member(1));
    await expect(pull('form-submission:demo-request', { from: NOON, to: NOON })).resolves.toEqual([]);
    expect(calls).toEqual([]);
  });
});

describe('the time of a response, of which Salesforce keeps the day alone', () => {
  test.each([
    ['of a form that made the member, is when it did', '2026-11-02', NOON - 30 * MINUTE, NOON - 30 * MINUTE],
    ['whatever sales does with the member later that day', '2026-11-02', NOON - 8 * HOUR, NOON - 8 * HOUR],
    [
      'of somebody who was invited weeks ago, is when the record says so',
      '2026-11-02',
      NOON - 20 * DAY,
      NOON - 30 * MINUTE,
    ],
    ['of a record that was edited since, is noon of the day', '2026-10-20', NOON - 20 * DAY, Date.UTC(2026, 9, 20, 12)],
    ['may be of the day before or after, as it is in Auckland and in Honolulu', '2026-11-03', NOON - HOUR, NOON - HOUR],
  ])('%s', async (_, day, made, at) => {
    const { pull } = bench(member(1, { FirstRespondedDate: day, CreatedDate: written(made) }));
    expect((await pull('form-submission:demo-request'))[0]?.activity.at).toBe(at);
  });

  test('is when the member was made, where not even the day is told', async () => {
    const { pull } = bench(member(1, { FirstRespondedDate: null, CreatedDate: written(NOON - DAY) }));
    expect((await pull('form-submission:demo-request'))[0]?.activity.at).toBe(NOON - DAY);
  });
});

describe('the campaigns in config', () => {
  test('are found by name in any case or by id, all in one call', async () => {
    const { api, asked } = orgWith({
      Campaign: [
        { Id: DEMO, Name: 'Request a Demo' },
        { Id: WEBINAR, Name: 'Webinar' },
        { Id: id('701', 3), Name: 'webinar' },
      ],
    });
    const config = configOf(`campaigns: { demo-request: '${DEMO.slice(0, 15)}', webinar: Webinar }`);
    const { byKey, problems } = await findCampaigns(api, config.campaigns);
    expect([...byKey]).toEqual([
      ['demo-request', [DEMO]],
      ['webinar', [WEBINAR, id('701', 3)]],
    ]);
    expect(problems).toEqual([]);
    expect(asked).toEqual([[`SELECT Id,Name FROM Campaign WHERE Id = '${DEMO.slice(0, 15)}' OR Name = 'Webinar'`]]);
  });

  test('that are not there are told with the name that was meant', async () => {
    const { api } = orgWith({
      Campaign: (soql) => (soql.includes('ORDER BY') ? [{ Id: DEMO, Name: 'Request a demo' }] : []),
    });
    const { problems } = await findCampaigns(api, configOf('campaigns: { demo-request: Request demo }').campaigns);
    expect(problems).toEqual([
      {
        path: ['campaigns', 'demo-request'],
        message: 'Salesforce has no campaign "Request demo" that the user may see: did you mean "Request a demo"?',
      },
    ]);
  });

  test('are none where the user may see no campaigns: of that, the stream tells', async () => {
    const { api } = orgWith({ Campaign: 'INVALID_TYPE' });
    const found = await findCampaigns(api, configOf('campaigns: { demo-request: Request a demo }').campaigns);
    expect(found).toEqual({ byKey: new Map(), problems: [] });
  });

  test('cost no call where there are none', async () => {
    const { api, calls } = orgWith({});
    await expect(findCampaigns(api, {})).resolves.toEqual({ byKey: new Map(), problems: [] });
    expect(calls).toEqual([]);
  });
});
