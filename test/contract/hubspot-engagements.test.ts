import { describe, expect, test } from 'vitest';
import { FatalError, RetryableError } from '../../src/base/errors.ts';
import type { Observation, StreamWindow } from '../../src/crm/crm.ts';
import { countersBeside } from '../../src/crm/hubspot/counters.ts';
import { callsKind } from '../../src/crm/hubspot/streams/calls.ts';
import { dealsKind } from '../../src/crm/hubspot/streams/deals.ts';
import { meetingsKind } from '../../src/crm/hubspot/streams/meetings.ts';
import { salesEmailsKind } from '../../src/crm/hubspot/streams/sales-emails.ts';
import type { StreamKind } from '../../src/crm/hubspot/streams/stream-kind.ts';
import { config, createBench, hubspot, playTranscripts } from '../support/hubspot-transcript.ts';

playTranscripts();

const FROM = Date.UTC(2026, 10, 2, 9);
const TO = Date.UTC(2026, 10, 2, 10);
const EDITED = Date.UTC(2026, 10, 2, 9, 30);
const WINDOW: StreamWindow = { from: FROM, to: TO };
const ALWAYS = 253402214400000;

const bench = (kind: StreamKind) => {
  const { transport, calls } = createBench();
  const stream = kind.open({ transport, config: config('fields: { email: email }'), asked: new Set(kind.delivers) });
  const pull = async (window = WINDOW): Promise<Observation[]> => (await Array.fromAsync(stream.pull(window))).flat();
  return { stream, pull, calls };
};

const iso = (time: number) => new Date(time).toISOString();

const record = (id: string, properties: Record<string, string | null>, edited = EDITED) => ({
  id,
  properties: { hs_object_id: id, hs_lastmodifieddate: iso(edited), ...properties },
  createdAt: iso(edited),
  updatedAt: iso(edited),
  archived: false,
});

const filter = (propertyName: string, operator: string, value: string | number) => ({
  propertyName,
  operator,
  value: String(value),
});

const page = (groups: ReturnType<typeof filter>[][], properties: string[]) => ({
  filterGroups: groups.map((filters) => ({ filters })),
  sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
  properties,
  limit: 200,
});

const edited = (above = '0') => [
  filter('hs_lastmodifieddate', 'GTE', FROM),
  filter('hs_lastmodifieddate', 'LT', TO),
  filter('hs_object_id', 'GT', above),
];

const MEETING = [
  'hs_meeting_end_time',
  'hs_meeting_outcome',
  'hs_meeting_start_time',
  'hs_timestamp',
  'hs_lastmodifieddate',
];

/** HubSpot finds these, and says whom they are about. */
function found(type: string, records: ReturnType<typeof record>[], contacts: Record<string, string[]>) {
  hubspot().post(`/crm/objects/2026-09/${type}/search`).reply(200, { total: records.length, results: records });
  const about = Object.entries(contacts);
  hubspot()
    .post(`/crm/associations/2026-09/${type}/contacts/batch/read`, { inputs: records.map(({ id }) => ({ id })) })
    .reply(200, { status: 'COMPLETE', results: about.map(([id, to]) => associated(id, to)) });
}

const associated = (id: string, contacts: string[], after?: string) => ({
  from: { id },
  to: contacts.map((contact) => ({
    toObjectId: contact,
    associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 200, label: null }],
  })),
  ...(after === undefined ? {} : { paging: { next: { after, link: 'unused' } } }),
});

/** But for what is taken back of what an earlier edit may have told. */
const standing = (observations: readonly Observation[]) => observations.filter(({ withdrawn }) => withdrawn !== true);

const told = ({ person, activity, revision, withdrawn }: Observation) => ({
  who: 'leadId' in person ? person.leadId : person.email,
  ...activity,
  ...(revision !== EDITED && { revision }),
  ...(withdrawn && { withdrawn }),
});

describe('meetings', () => {
  test('come as often as they are edited, for each contact, at their start and with their length', async () => {
    hubspot()
      .post('/crm/objects/2026-09/meetings/search', page([edited()], MEETING))
      .reply(200, {
        total: 2,
        results: [
          record('11', {
            hs_timestamp: iso(TO),
            hs_meeting_start_time: iso(TO),
            hs_meeting_end_time: iso(TO + 45 * 60_000),
            hs_meeting_outcome: 'SCHEDULED',
          }),
          record('12', { hs_timestamp: String(FROM), hs_meeting_start_time: null, hs_meeting_outcome: '' }, EDITED + 5),
        ],
      });
    hubspot()
      .post('/crm/associations/2026-09/meetings/contacts/batch/read', { inputs: [{ id: '11' }, { id: '12' }] })
      .reply(200, { status: 'COMPLETE', results: [associated('11', ['101', '102']), associated('12', ['103'])] });
    const { pull, calls } = bench(meetingsKind);
    expect((await pull()).map(told)).toEqual([
      { who: '101', id: '11', type: 'meeting', at: TO, minutes: 45 },
      { who: '102', id: '11', type: 'meeting', at: TO, minutes: 45 },
      { who: '103', id: '12', type: 'meeting', at: FROM, revision: EDITED + 5 },
    ]);
    expect(calls).toEqual(['search', 'activity']);
  });

  test.each([
    ['CANCELED', true],
    ['NO_SHOW', true],
    ['COMPLETED', false],
    ['RESCHEDULED', false],
    [null, false],
  ])('whose outcome is %s: withdrawn is %s', async (outcome, withdrawn) => {
    found('meetings', [record('11', { hs_timestamp: iso(FROM), hs_meeting_outcome: outcome })], { 11: ['101'] });
    const [observation] = await bench(meetingsKind).pull();
    expect(observation?.withdrawn ?? false).toBe(withdrawn);
  });

  test('that lost their time can count at none', async () => {
    found('meetings', [record('11', { hs_timestamp: null })], { 11: ['101'] });
    expect((await bench(meetingsKind).pull()).map(told)).toEqual([
      { who: '101', id: '11', type: 'meeting', at: EDITED, withdrawn: true },
    ]);
  });

  test('where nothing is known yet, are those that take place since then, whenever they were edited', async () => {
    const since = (property: string) => [
      filter(property, 'GTE', FROM),
      filter(property, 'LT', ALWAYS),
      filter('hs_object_id', 'GT', '0'),
    ];
    hubspot()
      .post(
        '/crm/objects/2026-09/meetings/search',
        page([since('hs_meeting_start_time'), since('hs_timestamp')], MEETING),
      )
      .reply(200, { total: 0, results: [] });
    const { pull, calls } = bench(meetingsKind);
    await expect(pull({ ...WINDOW, since: FROM })).resolves.toEqual([]);
    expect(calls).toEqual(['search']);
  });
});

describe('reading what was edited', () => {
  const meeting = (id: string) => record(id, { hs_timestamp: iso(FROM) });

  test('goes on above the last id, and asks whom a thousand are about in one call', async () => {
    const ids = Array.from({ length: 1_050 }, (_, index) => String(index + 1));
    for (let start = 0; start < ids.length; start += 200) {
      const more = start + 200 < ids.length ? { paging: { next: { after: '200' } } } : {};
      hubspot()
        .post('/crm/objects/2026-09/meetings/search', page([edited(String(start))], MEETING))
        .reply(200, { total: 12_000, results: ids.slice(start, start + 200).map(meeting), ...more });
    }
    for (const some of [ids.slice(0, 1_000), ids.slice(1_000)])
      hubspot()
        .post('/crm/associations/2026-09/meetings/contacts/batch/read', { inputs: some.map((id) => ({ id })) })
        .reply(200, { status: 'COMPLETE', results: some.map((id) => associated(id, [`9${id}`])) });
    const { pull, calls } = bench(meetingsKind);
    expect((await pull()).map(({ activity }) => activity.id)).toEqual(ids);
    expect(calls.filter((kind) => kind === 'search')).toHaveLength(6);
    expect(calls.filter((kind) => kind === 'activity')).toHaveLength(2);
  });

  test('brings all contacts of one that is about hundreds, and passes over one that is about nobody', async () => {
    hubspot()
      .post('/crm/objects/2026-09/meetings/search')
      .reply(200, { total: 2, results: [meeting('11'), meeting('12')] });
    const path = '/crm/associations/2026-09/meetings/contacts/batch/read';
    hubspot()
      .post(path, { inputs: [{ id: '11' }, { id: '12' }] })
      .reply(207, {
        status: 'COMPLETE',
        results: [associated('11', ['101', '102'], 'more')],
        numErrors: 1,
        errors: [
          {
            status: 'error',
            category: 'OBJECT_NOT_FOUND',
            subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
            message: 'No contact is associated with meeting 12.',
            context: { fromObjectId: ['12'] },
          },
        ],
      });
    hubspot()
      .post(path, { inputs: [{ id: '11', after: 'more' }] })
      .reply(200, { status: 'COMPLETE', results: [associated('11', ['102', '103'])] });
    const observations = await bench(meetingsKind).pull();
    expect(observations.map(({ person }) => person)).toEqual(['101', '102', '103'].map((leadId) => ({ leadId })));
  });

  test('stops where HubSpot does not say whom one is about for another reason, and tries again later', async () => {
    hubspot()
      .post('/crm/objects/2026-09/meetings/search')
      .reply(200, { total: 1, results: [meeting('11')] });
    hubspot()
      .post('/crm/associations/2026-09/meetings/contacts/batch/read')
      .reply(207, { status: 'COMPLETE', results: [], numErrors: 1, errors: [{ category: 'INTERNAL_ERROR' }] });
    await expect(bench(meetingsKind).pull()).rejects.toBeInstanceOf(RetryableError);
  });

  test('stops where HubSpot does not sort as asked: some would be left out', async () => {
    hubspot()
      .post('/crm/objects/2026-09/meetings/search')
      .reply(200, { total: 2, results: [meeting('12'), meeting('11')] });
    await expect(bench(meetingsKind).pull()).rejects.toBeInstanceOf(FatalError);
  });

  test('makes no call for a window that is empty, nor to ask about nothing', async () => {
    const { pull, calls } = bench(meetingsKind);
    await expect(pull({ from: TO, to: TO })).resolves.toEqual([]);
    expect(calls).toEqual([]);
  });
});

describe('calls', () => {
  const CONNECTED = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';
  const NO_ANSWER = '73a0d17f-1163-4015-bdd5-ec830791da20';
  const VOICEMAIL = 'b2cf5968-551e-4856-9783-52b3da59a7d0';

  test('come with how long they took', async () => {
    const call = { hs_timestamp: iso(FROM), hs_call_duration: '90000', hs_call_status: 'COMPLETED' };
    found('calls', [record('21', call)], { 21: ['101'] });
    expect(standing(await bench(callsKind).pull()).map(told)).toEqual([
      { who: '101', id: '21', type: 'call', at: FROM, minutes: 1.5 },
    ]);
  });

  test('that the contact made are marked so', async () => {
    const call = { hs_timestamp: iso(FROM), hs_call_status: 'COMPLETED', hs_call_direction: 'INBOUND' };
    found('calls', [record('21', call)], { 21: ['101'] });
    expect(standing(await bench(callsKind).pull()).map(told)).toEqual([
      { who: '101', id: '21', type: 'call', at: FROM, isInbound: true },
    ]);
  });

  test.each([
    ['COMPLETED', CONNECTED, 'call'],
    ['COMPLETED', null, 'call'],
    ['COMPLETED', 'an-outcome-of-their-own', 'call'],
    [null, null, 'call'],
    ['COMPLETED', NO_ANSWER, 'call-attempt'],
    [null, VOICEMAIL, 'call-attempt'],
    ['NO_ANSWER', null, 'call-attempt'],
    ['BUSY', CONNECTED, 'call-attempt'],
    ['FAILED', null, 'nothing'],
    ['CANCELED', null, 'nothing'],
    ['MISSED', null, 'nothing'],
    ['IN_PROGRESS', null, 'nothing'],
  ])(
    'with status %s and outcome %s count as %s, and as nothing else that an edit made of them',
    async (status, outcome, kind) => {
      const call = { hs_timestamp: iso(FROM), hs_call_status: status, hs_call_disposition: outcome };
      found('calls', [record('21', call)], { 21: ['101'] });
      const observations = await bench(callsKind).pull();
      expect(standing(observations).map(({ activity }) => activity.type)).toEqual(kind === 'nothing' ? [] : [kind]);
      expect(observations.map(({ activity }) => activity.type).toSorted()).toEqual(['call', 'call-attempt']);
    },
  );

  test('of a contact whom nobody answered are no try of ours', async () => {
    const call = { hs_timestamp: iso(FROM), hs_call_status: 'NO_ANSWER', hs_call_direction: 'INBOUND' };
    found('calls', [record('21', call)], { 21: ['101'] });
    expect(standing(await bench(callsKind).pull())).toEqual([]);
  });
});

describe('e-mails of sales', () => {
  const email = (direction: string | null, more: Record<string, string> = {}) =>
    record('31', { hs_timestamp: iso(FROM), hs_email_direction: direction, ...more });

  test.each([
    ['EMAIL', 'SENT', 'sales-email', true],
    ['FORWARDED_EMAIL', '', 'sales-email', true],
    ['INCOMING_EMAIL', '', 'email-reply', true],
    ['EMAIL', 'BOUNCED', 'sales-email', false],
    ['EMAIL', 'FAILED', 'sales-email', false],
    ['EMAIL', 'SCHEDULED', 'sales-email', false],
    ['SOMETHING_ELSE', '', 'sales-email', false],
    [null, '', 'sales-email', false],
  ])('that went %s with status "%s" are %s: %s', async (direction, status, type, counts) => {
    found('emails', [email(direction, { hs_email_status: status })], { 31: ['101'] });
    const [observation] = await bench(salesEmailsKind).pull();
    expect([observation?.activity.type, observation?.withdrawn !== true]).toEqual([type, counts]);
  });

  test('that came in are the reply of their sender, and not of everyone who got a copy', async () => {
    found('emails', [email('INCOMING_EMAIL', { hs_email_from_email: ' Ada@Acme.example' })], { 31: ['101', '102'] });
    expect((await bench(salesEmailsKind).pull()).map(told)).toEqual([
      { who: 'ada@acme.example', id: '31', type: 'email-reply', at: FROM, isInbound: true },
    ]);
  });

  test('are never asked for their subject or text', async () => {
    const asked = [
      'hs_email_direction',
      'hs_email_status',
      'hs_email_from_email',
      'hs_timestamp',
      'hs_lastmodifieddate',
    ];
    hubspot()
      .post('/crm/objects/2026-09/emails/search', page([edited()], asked))
      .reply(200, { total: 0, results: [] });
    await bench(salesEmailsKind).pull();
  });
});

describe('deals', () => {
  const deal = (id: string, won: string, more: Record<string, string | null> = {}) =>
    record(id, { hs_is_closed_won: won, closedate: iso(FROM), pipeline: 'default', ...more });
  const pipelines = () =>
    hubspot()
      .get('/crm/pipelines/2026-09/deals')
      .reply(200, { results: [{ id: 'default', label: 'Sales Pipeline', displayOrder: 0, stages: [] }] });

  test('that were won come with the name of their pipeline, asked for once; any other is withdrawn', async () => {
    found('deals', [deal('41', 'true'), deal('42', 'true', { pipeline: '77' }), deal('43', 'false')], {
      41: ['101'],
      42: ['102'],
      43: ['103'],
    });
    pipelines();
    expect((await bench(dealsKind).pull()).map(told)).toEqual([
      { who: '101', id: '41', type: 'deal-won', at: FROM, name: 'Sales Pipeline' },
      { who: '102', id: '42', type: 'deal-won', at: FROM, name: '77' },
      { who: '103', id: '43', type: 'deal-won', at: FROM, withdrawn: true },
    ]);
  });

  test('go by the id of their pipeline where HubSpot does not tell its name', async () => {
    found('deals', [deal('41', 'true')], { 41: ['101'] });
    hubspot().get('/crm/pipelines/2026-09/deals').reply(403, { category: 'MISSING_SCOPES' });
    expect((await bench(dealsKind).pull())[0]?.activity.name).toBe('default');
  });

  test('cost no call for names where none was won', async () => {
    found('deals', [deal('43', 'false', { closedate: null })], { 43: ['103'] });
    const { pull, calls } = bench(dealsKind);
    expect((await pull()).map(told)).toEqual([{ who: '103', id: '43', type: 'deal-won', at: EDITED, withdrawn: true }]);
    expect(calls).toEqual(['search', 'activity']);
  });

  test('where nothing is known yet, are those won since then', async () => {
    const filters = [
      filter('closedate', 'GTE', FROM),
      filter('closedate', 'LT', ALWAYS),
      filter('hs_is_closed_won', 'EQ', 'true'),
      filter('hs_object_id', 'GT', '0'),
    ];
    hubspot()
      .post(
        '/crm/objects/2026-09/deals/search',
        page([filters], ['hs_is_closed_won', 'pipeline', 'closedate', 'hs_lastmodifieddate']),
      )
      .reply(200, { total: 0, results: [] });
    await expect(bench(dealsKind).pull({ ...WINDOW, since: FROM })).resolves.toEqual([]);
  });
});

describe('whether a portal allows them', () => {
  test.each([
    [meetingsKind, 'meetings'],
    [callsKind, 'calls'],
    [salesEmailsKind, 'emails'],
    [dealsKind, 'deals'],
  ])('takes one call', async (kind, type) => {
    const { transport, calls } = createBench();
    const query = { limit: '1', properties: 'hs_object_id', archived: 'false' };
    hubspot().get(`/crm/objects/2026-09/${type}`).query(query).reply(200, { results: [] });
    await kind.probe(transport);
    expect(calls).toEqual(['setup']);
  });
});

test('what these tell one by one is not read from counters as well', () => {
  const beside = (kind: StreamKind) => countersBeside(new Set(kind.delivers)).map(({ type }) => type);
  expect(beside(dealsKind)).toEqual(expect.arrayContaining(['meeting', 'email-reply']));
  expect(beside(meetingsKind)).not.toContain('meeting');
  expect(beside(salesEmailsKind)).not.toContain('email-reply');
});
