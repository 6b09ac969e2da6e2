import { describe, expect, test } from 'vitest';
import { FatalError, RecordError, RetryableError } from '../../src/base/errors.ts';
import type { ChangedLead, Outputs, WriteOutcome } from '../../src/crm/crm.ts';
import { API, connectSmallPortal, hubspot, playTranscripts } from '../support/hubspot-transcript.ts';

playTranscripts();

const CONTACTS = '/crm/objects/2026-09/contacts';
const INPUTS = [
  'email',
  'engagements_last_meeting_booked',
  'hs_additional_emails',
  'hs_analytics_first_timestamp',
  'hs_analytics_first_url',
  'hs_analytics_last_timestamp',
  'hs_analytics_last_url',
  'hs_analytics_num_page_views',
  'hs_email_click',
  'hs_email_last_click_date',
  'hs_email_last_open_date',
  'hs_email_last_reply_date',
  'hs_email_open',
  'hs_email_replied',
  'hs_merged_object_ids',
  'hubspot_owner_id',
  'jobtitle',
  'leadgauge_override',
];
const OUTPUTS = [
  'score',
  'fit',
  'engagement',
  'grade',
  'reasons',
  'flags',
  'mql',
  'persona',
  'disqualified',
  'model_version',
  'scored_at',
  'mql_at',
  'route',
]
  .concat(['fast_track', 'fast_track_at', 'lead_at', 'recycled_at', 'stage_reason', 'nurture', 'nurture_at'])
  .concat(['routed_at', 'follow_up_by', 'follow_up', 'first_touched_at', 'attempts', 'overdue'])
  .map((key) => `leadgauge_${key}`);
const PROPERTIES = [...INPUTS, ...OUTPUTS, 'createdate', 'lastmodifieddate'];
const WITH_LIFECYCLE =
  'fields: { email: email }\nstreams: { page_views: off }\nlifecycle: { property: lifecyclestage, mql: marketingqualifiedlead }\n';

const ADA = {
  id: '101',
  properties: {
    email: 'Ada@Example.com ',
    hs_additional_emails: 'ada@home.example;ADA@example.com',
    hs_merged_object_ids: '7;8',
    hubspot_owner_id: '55',
    jobtitle: ' VP Engineering ',
    hs_analytics_num_page_views: '12',
    hs_analytics_first_timestamp: '2026-10-01T08:00:00Z',
    hs_analytics_first_url: 'https://acme.example/blog',
    hs_analytics_last_timestamp: '2026-11-15T10:00:00.500Z',
    hs_analytics_last_url: 'https://acme.example/pricing',
    leadgauge_score: '64',
    leadgauge_flags: 'student;personal-email',
    leadgauge_mql: 'false',
    leadgauge_grade: '',
    leadgauge_scored_at: '2026-11-15T11:00:00Z',
    leadgauge_mql_at: 'yesterday',
    createdate: '2026-01-02T03:04:05.678Z',
    lastmodifieddate: '2026-11-15T11:00:01Z',
  },
  createdAt: '2026-01-02T03:04:05.678Z',
  updatedAt: '2026-11-15T11:00:01Z',
  archived: false,
};

describe('reading', () => {
  test('GET a page of contacts, and each becomes a lead in our words', async () => {
    const { crm, calls } = await connectSmallPortal();
    hubspot()
      .get(CONTACTS)
      .query({ limit: '100', properties: PROPERTIES.join(','), archived: 'false', after: '100' })
      .reply(200, { results: [ADA], paging: { next: { after: '101', link: `${API}/next` } } });

    const page = await crm.listLeads('100');
    expect(page.next).toBe('101');
    expect(page.records).toEqual([
      {
        lead: {
          id: '101',
          formerIds: ['7', '8'],
          emails: ['ada@example.com', 'ada@home.example'],
          fields: { email: 'Ada@Example.com', job_title: 'VP Engineering' },
          createdAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
          ownerId: '55',
        },
        counters: [
          {
            id: 'counter:last',
            type: 'page-view',
            at: Date.UTC(2026, 10, 15, 10, 0, 0, 500),
            url: 'https://acme.example/pricing',
          },
          { id: 'counter:first', type: 'page-view', at: Date.UTC(2026, 9, 1, 8), url: 'https://acme.example/blog' },
          { id: 'counter:others', type: 'page-view', at: Date.UTC(2026, 10, 15, 10, 0, 0, 500), count: 10 },
        ],
        outputs: {
          platform: {
            score: 64,
            flags: ['personal-email', 'student'],
            mql: false,
            reasons: '',
            scoredAt: Date.UTC(2026, 10, 15, 11),
          },
        },
        stage: 'before-mql',
        fingerprint: expect.stringMatching(/^[\w-]{16}$/),
        changedAt: Date.UTC(2026, 10, 15, 11, 0, 1),
      },
    ]);
    expect(calls).toEqual(['read']);
  });

  test('POST a batch read: 207 leaves out who is gone, and a merged id brings its successor', async () => {
    const { crm } = await connectSmallPortal();
    const successor = { ...ADA, id: '300', properties: { ...ADA.properties, hs_merged_object_ids: '101;102' } };
    hubspot()
      .post(`${CONTACTS}/batch/read`, { inputs: [{ id: '101' }, { id: '102' }, { id: '999' }], properties: PROPERTIES })
      .reply(207, {
        status: 'COMPLETE',
        results: [successor, successor],
        numErrors: 1,
        errors: [
          {
            status: 'error',
            category: 'OBJECT_NOT_FOUND',
            message: 'Could not get some CONTACT objects',
            context: { ids: ['999'] },
          },
        ],
      });
    const records = await crm.readLeads(['101', '102', '999', 'not an id', '101']);
    expect(records.map(({ lead }) => [lead.id, lead.formerIds])).toEqual([['300', ['101', '102']]]);
  });

  test('POST a batch read by e-mail address', async () => {
    const { crm } = await connectSmallPortal();
    hubspot()
      .post(`${CONTACTS}/batch/read`, {
        inputs: [{ id: 'ada@example.com' }],
        properties: PROPERTIES,
        idProperty: 'email',
      })
      .reply(200, { status: 'COMPLETE', results: [ADA] });
    expect((await crm.findLeads(['ada@example.com'])).map(({ lead }) => lead.id)).toEqual(['101']);
  });
});

describe('reading what HubSpot gives in part or not at all', () => {
  const inputs = (ids: string[]) => (body: { inputs: object }) =>
    JSON.stringify(body.inputs) === JSON.stringify(ids.map((id) => ({ id })));
  const invalid = { status: 'error', category: 'VALIDATION_ERROR', message: 'canary@example.com is not valid' };

  test('a row that could not be read this time is not taken for a deleted lead', async () => {
    const { crm } = await connectSmallPortal();
    const missing = { category: 'OBJECT_NOT_FOUND', message: 'gone', context: { ids: ['999'] } };
    const failed = { category: 'INTERNAL_ERROR', message: 'try again', context: { ids: ['102'] } };
    hubspot()
      .post(`${CONTACTS}/batch/read`)
      .reply(207, { status: 'COMPLETE', results: [ADA], numErrors: 2, errors: [missing, failed] });
    const error = await crm.readLeads(['101', '102', '999']).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error).toMatchObject({ message: 'HubSpot could not read all contacts this time (INTERNAL_ERROR)' });
  });

  test('a batch of addresses that is refused for one of them is halved, and that one is nobody’s', async () => {
    const { crm, calls } = await connectSmallPortal();
    const [a, b, c, bad] = ['a@x.example', 'b@x.example', 'c@x.example', 'x..y@x.example'];
    const play = (ids: string[], status: number, body: object) =>
      hubspot().post(`${CONTACTS}/batch/read`, inputs(ids)).reply(status, body);
    play([a, bad, b, c], 400, invalid);
    play([a, bad], 400, invalid);
    play([a], 200, { results: [ADA] });
    play([bad], 400, invalid);
    play([b, c], 200, { results: [{ ...ADA, id: '102' }] });
    expect((await crm.findLeads([a, bad, b, c])).map(({ lead }) => lead.id)).toEqual(['101', '102']);
    expect(calls).toHaveLength(5);
  });

  test('an id that is refused by itself is not taken for a deleted lead, and one too high is nobody’s', async () => {
    const { crm, calls } = await connectSmallPortal();
    hubspot()
      .post(`${CONTACTS}/batch/read`, inputs(['101']))
      .reply(400, invalid);
    const error = await crm.readLeads(['101', '9223372036854775808']).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error).toMatchObject({ message: 'HubSpot refused to read the record 101 (VALIDATION_ERROR)' });
    expect(calls).toHaveLength(1);
  });

  test.each([401, 403])('%i is not halved: it stops the connection', async (status) => {
    const { crm, calls } = await connectSmallPortal();
    hubspot().post(`${CONTACTS}/batch/read`).reply(status, {});
    await expect(crm.findLeads(['a@x.example', 'b@x.example'])).rejects.toBeInstanceOf(FatalError);
    expect(calls).toHaveLength(1);
  });

  test('a property that is no text costs neither the lead nor its page', async () => {
    const { crm } = await connectSmallPortal();
    const odd = {
      ...ADA,
      id: '102',
      properties: { ...ADA.properties, jobtitle: { label: 'CTO' }, leadgauge_score: 64 },
    };
    hubspot()
      .get(CONTACTS)
      .query(true)
      .reply(200, { results: [ADA, odd] });
    const { records } = await crm.listLeads(undefined);
    expect(records.map(({ lead, outputs }) => [lead.id, lead.fields.job_title, outputs.platform?.score])).toEqual([
      ['101', 'VP Engineering', 64],
      ['102', undefined, 64],
    ]);
  });
});

describe('searching what changed', () => {
  const window = { from: 1_763_000_000_000, to: 1_763_000_060_000 };
  const searchFrom = (lastId: string) => ({
    filterGroups: [
      {
        filters: [
          { propertyName: 'lastmodifieddate', operator: 'GTE', value: '1763000000000' },
          { propertyName: 'lastmodifieddate', operator: 'LT', value: '1763000060000' },
          { propertyName: 'hs_object_id', operator: 'GT', value: lastId },
        ],
      },
    ],
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
    properties: ['lastmodifieddate', ...INPUTS],
    limit: 200,
  });
  const found = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: String(from + index),
      properties: { lastmodifieddate: '1763000000500' },
    }));

  async function all(pages: AsyncIterable<ChangedLead[]>): Promise<ChangedLead[]> {
    return (await Array.fromAsync(pages)).flat();
  }

  test('12,000 leads of one time: every page goes on above the last id, so that no search nears its 10,000 results', async () => {
    const { crm, calls } = await connectSmallPortal();
    for (let page = 0; page < 60; page++) {
      const next = page < 59 ? { paging: { next: { after: '200' } } } : {};
      hubspot()
        .post(`${CONTACTS}/search`, searchFrom(page === 0 ? '0' : String(1_000 + page * 200 - 1)))
        .reply(200, { total: 12_000 - page * 200, results: found(1_000 + page * 200, 200), ...next });
    }
    const changed = await all(crm.changedLeads(window));
    expect(new Set(changed.map(({ id }) => id)).size).toBe(12_000);
    expect(changed[0]).toEqual({ id: '1000', changedAt: 1_763_000_000_500, fingerprint: expect.any(String) });
    expect(calls).toHaveLength(60);
  });

  test('the index tells the same fingerprint as the record itself', async () => {
    const { crm } = await connectSmallPortal();
    hubspot()
      .post(`${CONTACTS}/search`)
      .reply(200, { total: 1, results: [ADA] });
    hubspot()
      .post(`${CONTACTS}/batch/read`)
      .reply(200, { results: [ADA] });
    const [changed] = await all(crm.changedLeads(window));
    const [record] = await crm.readLeads(['101']);
    expect(changed?.fingerprint).toBe(record?.fingerprint);
  });

  test('a search whose body would pass 3,000 characters asks for the time alone', async () => {
    const fields = Array.from(
      { length: 120 },
      (_, index) => `field_${index}: a_property_with_a_long_name_${index}`,
    ).join(', ');
    const { crm } = await connectSmallPortal(`fields: { email: email, ${fields} }\nstreams: { page_views: off }\n`);
    hubspot()
      .post(`${CONTACTS}/search`, { ...searchFrom('0'), properties: ['lastmodifieddate'] })
      .reply(200, { total: 1, results: found(1, 1) });
    expect((await all(crm.changedLeads(window)))[0]?.fingerprint).toBeUndefined();
  });

  test('results that are not in the order of their ids stop the stream rather than lose leads', async () => {
    const { crm } = await connectSmallPortal();
    hubspot()
      .post(`${CONTACTS}/search`)
      .reply(200, { total: 2, results: [...found(9, 1), ...found(10, 1), ...found(2, 1)] });
    await expect(all(crm.changedLeads(window))).rejects.toBeInstanceOf(FatalError);
  });
});

describe('writing', () => {
  const OUTPUT: Partial<Outputs> = {
    score: 64,
    flags: ['student', 'personal-email'],
    mql: true,
    scoredAt: Date.UTC(2026, 10, 15, 11),
    grade: '',
  };
  const written = {
    leadgauge_score: '64',
    leadgauge_grade: '',
    leadgauge_flags: 'personal-email;student',
    leadgauge_mql: 'true',
    leadgauge_scored_at: '2026-11-15T11:00:00.000Z',
  };
  const input = (id: string, properties: Record<string, string> = written) => ({
    id,
    properties,
    objectWriteTraceId: id,
  });
  const result = (id: string, properties: object = written) => ({
    id,
    properties,
    updatedAt: '2026-11-16T09:00:00.250Z',
  });
  const refused = {
    status: 'error',
    category: 'VALIDATION_ERROR',
    message:
      'Property values were not valid: [{"isValid":false,"message":"canary@example.com was not one of the allowed options","error":"INVALID_OPTION","name":"leadgauge_flags"}]',
  };
  const score = (id: string) => ({ id, outputs: { platform: { score: 1 } } });
  const scoreInput = (id: string) => input(id, { leadgauge_score: '1' });
  const scoreResult = (id: string) => result(id, { leadgauge_score: '1' });
  const byId = (outcomes: readonly WriteOutcome[]) =>
    Object.fromEntries(outcomes.map((outcome) => [outcome.id, outcome]));

  test('POST a batch update: 207 is settled row by row', async () => {
    const { crm, calls } = await connectSmallPortal();
    hubspot()
      .post(`${CONTACTS}/batch/update`, { inputs: [input('1'), input('2'), input('3'), input('4')] })
      .reply(207, {
        status: 'COMPLETE',
        results: [result('1')],
        numErrors: 2,
        errors: [
          {
            status: 'error',
            category: 'OBJECT_NOT_FOUND',
            message: 'gone',
            context: { ids: ['2'], objectWriteTraceId: ['2'] },
          },
          { ...refused, context: { objectWriteTraceId: ['3'] } },
        ],
      });
    const outcomes = byId(
      await crm.writeLeads(['1', '2', '3', '4'].map((id) => ({ id, outputs: { platform: OUTPUT } }))),
    );
    expect(outcomes['1']).toEqual({ id: '1', status: 'written', changedAt: Date.UTC(2026, 10, 16, 9, 0, 0, 250) });
    expect(outcomes['2']).toEqual({ id: '2', status: 'gone' });
    expect(outcomes['3']).toMatchObject({
      status: 'failed',
      error: new RecordError('HubSpot refused the value of leadgauge_flags (INVALID_OPTION, VALIDATION_ERROR)'),
    });
    // HubSpot leaves out a record that was merged meanwhile: read afresh, it comes back under its new id.
    expect(outcomes['4']).toMatchObject({ status: 'failed', error: expect.any(RetryableError) });
    expect(calls).toEqual(['write']);
  });

  test('a whole batch refused for one record is halved until that one is alone', async () => {
    const { crm, calls } = await connectSmallPortal();
    const play = (ids: string[], bad: boolean) =>
      hubspot()
        .post(`${CONTACTS}/batch/update`, { inputs: ids.map(scoreInput) })
        .reply(bad ? 400 : 200, bad ? refused : { status: 'COMPLETE', results: ids.map(scoreResult) });
    play(['1', '2', '3', '4', '5'], true);
    play(['1', '2', '3'], true);
    play(['1', '2'], false);
    play(['3'], true);
    play(['4', '5'], false);
    const outcomes = await crm.writeLeads(['1', '2', '3', '4', '5'].map(score));
    expect(outcomes.map(({ id, status }) => `${id} ${status}`).sort()).toEqual([
      '1 written',
      '2 written',
      '3 failed',
      '4 written',
      '5 written',
    ]);
    const failed = byId(outcomes)['3'];
    expect(failed).toMatchObject({ error: expect.any(RecordError) });
    expect(JSON.stringify(outcomes)).not.toContain('canary');
    expect(calls).toHaveLength(5);
  });

  test('an error in a 207 that does not say whose it is blames only the record it belongs to', async () => {
    const { crm } = await connectSmallPortal();
    hubspot()
      .post(`${CONTACTS}/batch/update`, { inputs: ['1', '2', '3'].map(scoreInput) })
      .reply(207, { status: 'COMPLETE', results: [scoreResult('1')], numErrors: 1, errors: [refused] });
    hubspot()
      .post(`${CONTACTS}/batch/update`, { inputs: ['2', '3'].map(scoreInput) })
      .reply(207, { status: 'COMPLETE', results: [scoreResult('2')], numErrors: 1, errors: [refused] });
    hubspot()
      .post(`${CONTACTS}/batch/update`, { inputs: [scoreInput('3')] })
      .reply(207, { status: 'COMPLETE', results: [], numErrors: 1, errors: [refused] });
    const outcomes = await crm.writeLeads(['1', '2', '3'].map(score));
    expect(outcomes.map(({ id, status }) => `${id} ${status}`)).toEqual(['1 written', '2 written', '3 failed']);
  });

  test('an output property that somebody deleted stops the writing with one message, not a hundred dead letters', async () => {
    const { crm, calls } = await connectSmallPortal();
    const message =
      'Property values were not valid: [{"isValid":false,"error":"PROPERTY_DOESNT_EXIST","name":"leadgauge_score"}]';
    hubspot()
      .post(`${CONTACTS}/batch/update`)
      .reply(400, { ...refused, message });
    const writing = crm.writeLeads(Array.from({ length: 100 }, (_, index) => score(String(index + 1))));
    await expect(writing).rejects.toThrow(
      'the portal no longer has the property leadgauge_score: run "leadgauge setup"',
    );
    expect(calls).toHaveLength(1);
  });

  test('a 404 that speaks of no record does not make every lead gone', async () => {
    const { crm } = await connectSmallPortal();
    hubspot().post(`${CONTACTS}/batch/update`).reply(404, '<html>Not found</html>');
    await expect(crm.writeLeads([score('1')])).rejects.toBeInstanceOf(FatalError);
  });

  test('150 leads are two calls; what the second cannot do comes back as failed, what the first did as written', async () => {
    const { crm } = await connectSmallPortal();
    const ids = Array.from({ length: 150 }, (_, index) => String(index + 1));
    hubspot()
      .post(`${CONTACTS}/batch/update`, { inputs: ids.slice(0, 100).map(scoreInput) })
      .reply(200, { results: ids.slice(0, 100).map(scoreResult) });
    hubspot()
      .post(`${CONTACTS}/batch/update`, { inputs: ids.slice(100).map(scoreInput) })
      .times(3)
      .reply(503);
    const outcomes = await crm.writeLeads(ids.map(score));
    expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(100);
    const failed = outcomes.filter((outcome) => outcome.status === 'failed');
    expect(failed).toHaveLength(50);
    expect(failed.every(({ error }) => error instanceof RetryableError)).toBe(true);
  });

  test('a promotion counts where the record says so, and not where HubSpot kept the stage without a word', async () => {
    const { crm } = await connectSmallPortal(WITH_LIFECYCLE);
    const stage = { lifecyclestage: 'marketingqualifiedlead' };
    hubspot()
      .post(`${CONTACTS}/batch/update`, { inputs: ['1', '2', '3'].map((id) => input(id, stage)) })
      .reply(200, { results: [result('1', stage), result('2', { lifecyclestage: 'customer' }), result('3', {})] });
    hubspot()
      .post(`${CONTACTS}/batch/read`, { inputs: [{ id: '3' }], properties: ['lifecyclestage'] })
      .reply(200, { results: [{ id: '3', properties: { lifecyclestage: 'marketingqualifiedlead' } }] });
    const outcomes = byId(await crm.writeLeads(['1', '2', '3'].map((id) => ({ id, outputs: {}, promote: true }))));
    expect(outcomes).toMatchObject({ 1: { moved: true }, 2: { moved: false }, 3: { moved: true } });
  });

  describe('a demotion', () => {
    const update = (properties: Record<string, string>, reply: Record<string, string>) =>
      hubspot()
        .post(`${CONTACTS}/batch/update`, { inputs: [input('1', properties)] })
        .reply(200, { results: [result('1', reply)] });

    const stands = (stage: string | null) =>
      hubspot()
        .post(`${CONTACTS}/batch/read`, { inputs: [{ id: '1' }], properties: ['lifecyclestage'] })
        .reply(200, { results: [{ id: '1', properties: { lifecyclestage: stage } }] });
    const demotion = { id: '1', outputs: {}, demote: true };

    test('reads the stage, empties it and sets the one before MQL, and says whether it stands there', async () => {
      const { crm } = await connectSmallPortal(WITH_LIFECYCLE);
      stands('marketingqualifiedlead');
      update({ lifecyclestage: '' }, { lifecyclestage: '' });
      update({ lifecyclestage: 'lead' }, { lifecyclestage: 'lead' });
      expect(await crm.writeLeads([demotion])).toMatchObject([{ id: '1', status: 'written', moved: true }]);
    });

    test('of somebody who became a customer meanwhile does nothing, and says so', async () => {
      const { crm } = await connectSmallPortal(WITH_LIFECYCLE);
      stands('customer');
      expect(await crm.writeLeads([demotion])).toMatchObject([{ id: '1', status: 'written', moved: false }]);
    });

    test('that stops half way comes back as failed, and is finished when it is asked for again', async () => {
      const { crm } = await connectSmallPortal(WITH_LIFECYCLE);
      stands('marketingqualifiedlead');
      update({ lifecyclestage: '' }, { lifecyclestage: '' });
      hubspot().post(`${CONTACTS}/batch/update`).times(3).reply(503);
      await expect(crm.writeLeads([demotion])).rejects.toBeInstanceOf(RetryableError);
      stands(null);
      update({ lifecyclestage: '' }, { lifecyclestage: '' });
      update({ lifecyclestage: 'lead' }, { lifecyclestage: 'lead' });
      expect(await crm.writeLeads([demotion])).toMatchObject([{ moved: true }]);
    });
  });

  describe('a demotion beside which something is written', () => {
    const outputs = { platform: { stageReason: 'Recycled: sales say not now' } };
    const both = { leadgauge_stage_reason: 'Recycled: sales say not now' };

    test('says so while the stage is empty, so that what stops half way is known by it', async () => {
      const { crm } = await connectSmallPortal(WITH_LIFECYCLE);
      const reads = hubspot().post(`${CONTACTS}/batch/read`);
      reads.reply(200, { results: [{ id: '1', properties: { lifecyclestage: 'marketingqualifiedlead' } }] });
      const update = (properties: Record<string, string>) =>
        hubspot()
          .post(`${CONTACTS}/batch/update`, { inputs: [input('1', properties)] })
          .reply(200, { results: [result('1', properties)] });
      update({ ...both, lifecyclestage: '' });
      update({ lifecyclestage: 'lead' });
      expect(await crm.writeLeads([{ id: '1', outputs, demote: true }])).toMatchObject([{ moved: true }]);
    });

    test('moves nobody whose stage could not be emptied, and goes on with the others', async () => {
      const { crm } = await connectSmallPortal(WITH_LIFECYCLE);
      const stood = (id: string) => ({ id, properties: { lifecyclestage: 'marketingqualifiedlead' } });
      hubspot()
        .post(`${CONTACTS}/batch/read`)
        .reply(200, { results: [stood('1'), stood('2')] });
      const emptied = { ...both, lifecyclestage: '' };
      const lead = { lifecyclestage: 'lead' };
      hubspot()
        .post(`${CONTACTS}/batch/update`, { inputs: [input('1', emptied), input('2', emptied)] })
        .reply(200, { results: [result('1', emptied)] });
      hubspot()
        .post(`${CONTACTS}/batch/update`, { inputs: [input('1', lead)] })
        .reply(200, { results: [result('1', lead)] });
      const outcomes = byId(await crm.writeLeads(['1', '2'].map((id) => ({ id, outputs, demote: true }))));
      expect(outcomes).toMatchObject({ 1: { moved: true }, 2: { status: 'failed' } });
    });
  });

  describe('somebody who becomes a lead', () => {
    const stages = 'lifecycle: { lead: lead, mql: marketingqualifiedlead }';
    const yaml = `fields: { email: email }\nstreams: { page_views: off }\n${stages}\n`;

    test.each([
      ['subscriber', true],
      [null, true],
      ['lead', false],
      ['customer', false],
      ['a stage of old', false],
    ])('and stands at %s is moved: %s', async (stage, moved) => {
      const { crm } = await connectSmallPortal(yaml);
      hubspot()
        .post(`${CONTACTS}/batch/read`, { inputs: [{ id: '1' }], properties: ['lifecyclestage'] })
        .reply(200, { results: [{ id: '1', properties: { lifecyclestage: stage } }] });
      const lead = { lifecyclestage: 'lead' };
      if (moved)
        hubspot()
          .post(`${CONTACTS}/batch/update`, { inputs: [input('1', lead)] })
          .reply(200, { results: [result('1', lead)] });
      expect(await crm.writeLeads([{ id: '1', outputs: {}, toLead: true }])).toMatchObject([{ moved }]);
    });

    test('is left alone where config names no stage of a lead', async () => {
      const { crm, calls } = await connectSmallPortal(WITH_LIFECYCLE);
      expect(await crm.writeLeads([{ id: '1', outputs: {}, toLead: true }])).toMatchObject([{ status: 'written' }]);
      expect(calls).toEqual([]);
    });
  });

  describe('a new owner', () => {
    test('is written with the rest, and left out where HubSpot refuses them', async () => {
      const { crm, calls } = await connectSmallPortal();
      hubspot()
        .post(`${CONTACTS}/batch/update`, { inputs: [input('1', { leadgauge_score: '1', hubspot_owner_id: '55' })] })
        .reply(400, { category: 'VALIDATION_ERROR' });
      hubspot()
        .post(`${CONTACTS}/batch/update`, { inputs: [scoreInput('1')] })
        .reply(200, { results: [scoreResult('1')] });
      const outcomes = await crm.writeLeads([{ ...score('1'), ownerId: '55' }]);
      expect(outcomes).toMatchObject([{ id: '1', status: 'written' }]);
      expect(calls).toEqual(['write', 'write']);
    });
  });

  test('a batch that HubSpot refuses whole, and says for whose sake, is written without them in one more call', async () => {
    const { crm, calls } = await connectSmallPortal();
    const ids = ['1', '2', '3', '4'];
    hubspot()
      .post(`${CONTACTS}/batch/update`, { inputs: ids.map(scoreInput) })
      .reply(400, {
        category: 'VALIDATION_ERROR',
        errors: [{ message: 'required', code: 'REQUIRED_FIELD', context: { ids: ['2'] } }],
      });
    hubspot()
      .post(`${CONTACTS}/batch/update`, { inputs: ['1', '3', '4'].map(scoreInput) })
      .reply(200, { results: ['1', '3', '4'].map(scoreResult) });
    const outcomes = byId(await crm.writeLeads(ids.map(score)));
    expect(outcomes).toMatchObject({ 1: { status: 'written' }, 2: { status: 'failed' }, 4: { status: 'written' } });
    expect(calls).toEqual(['write', 'write']);
  });
});

describe('a follow-up task', () => {
  const TASK = {
    leadId: '101',
    ownerId: '55',
    subject: 'Demo request',
    body: 'Asked for <a demo>.\nCall now.',
    dueAt: Date.UTC(2026, 10, 16, 9, 5),
    reference: 'demo-1',
  };

  test('POST creates it for the owner, tied to the contact, with its reference in the text', async () => {
    const { crm, budget } = await connectSmallPortal();
    hubspot().get('/account-info/2026-09/details').reply(200, { portalId: 4711, uiDomain: 'app-eu1.hubspot.com' });
    hubspot()
      .post('/crm/objects/2026-09/tasks', {
        properties: {
          hs_timestamp: '2026-11-16T09:05:00.000Z',
          hs_task_subject: 'Demo request',
          hs_task_body:
            'Asked for &lt;a demo&gt;.<br>Call now.<br><br><a href="https://app-eu1.hubspot.com/contacts/4711/record/0-1/101">Open the contact</a><br><br>[leadgauge demo-1]',
          hs_task_status: 'NOT_STARTED',
          hs_task_priority: 'HIGH',
          hs_task_type: 'CALL',
          hubspot_owner_id: '55',
        },
        associations: [
          { to: { id: '101' }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 204 }] },
        ],
      })
      .reply(201, { id: '9001' });
    await expect(crm.createTask(TASK, { urgent: true })).resolves.toBe('9001');
    expect(budget.taken.at(-1)).toMatchObject({ urgent: true });
  });

  test('after a lost answer it is not created again, but found', async () => {
    const { crm } = await connectSmallPortal();
    hubspot().post('/crm/objects/2026-09/tasks').replyWithError('socket hang up');
    hubspot()
      .post('/crm/associations/2026-09/contacts/tasks/batch/read', { inputs: [{ id: '101' }] })
      .reply(200, {
        results: [
          { from: { id: '101' }, to: [{ toObjectId: 9000 }, { toObjectId: 9001 }], paging: { next: { after: '2' } } },
        ],
      });
    hubspot()
      .post('/crm/associations/2026-09/contacts/tasks/batch/read', { inputs: [{ id: '101', after: '2' }] })
      .reply(200, { results: [{ from: { id: '101' }, to: [{ toObjectId: 9002 }] }] });
    hubspot()
      .post('/crm/objects/2026-09/tasks/batch/read', {
        inputs: [{ id: '9000' }, { id: '9001' }, { id: '9002' }],
        properties: ['hs_task_body'],
      })
      .reply(200, {
        results: [
          { id: '9000', properties: { hs_task_body: 'x [leadgauge demo-12]' } },
          { id: '9001', properties: { hs_task_body: null } },
          { id: '9002', properties: { hs_task_body: 'Call now.<br><br>[leadgauge demo-1]' } },
        ],
      });
    await expect(crm.createTask(TASK)).rejects.toBeInstanceOf(RetryableError);
    await expect(crm.findTask('101', 'demo-1')).resolves.toBe('9002');
  });

  test('goes to the fallback owner, else to nobody, where HubSpot refuses the lead’s owner', async () => {
    const portal = 'fields: { email: email }\nstreams: { page_views: off }\ntasks: { fallback_owner: "77" }\n';
    hubspot().get('/crm/owners/2026-09/77').reply(200, { id: '77' });
    const { crm, calls } = await connectSmallPortal(portal);
    const answer = (owner: string | undefined, status: number, body: object) =>
      hubspot()
        .post(
          '/crm/objects/2026-09/tasks',
          ({ properties }: { properties: Record<string, string> }) => properties.hubspot_owner_id === owner,
        )
        .reply(status, body);
    answer('55', 400, { category: 'VALIDATION_ERROR' });
    answer('77', 201, { id: '9001' });
    await expect(crm.createTask(TASK)).resolves.toBe('9001');
    answer('55', 400, { category: 'VALIDATION_ERROR' });
    answer('77', 400, { category: 'VALIDATION_ERROR' });
    answer(undefined, 201, { id: '9002' });
    await expect(crm.createTask(TASK)).resolves.toBe('9002');
    expect(calls.filter((kind) => kind === 'write')).toHaveLength(5);
  });

  test('that HubSpot refuses for nobody, too, concerns this lead alone', async () => {
    const { crm, calls } = await connectSmallPortal();
    hubspot().post('/crm/objects/2026-09/tasks').twice().reply(400, { category: 'VALIDATION_ERROR' });
    await expect(crm.createTask(TASK)).rejects.toBeInstanceOf(RecordError);
    expect(calls.filter((kind) => kind === 'write')).toHaveLength(2);
  });

  test('is not taken for missing where HubSpot could not read the tasks this time', async () => {
    const { crm } = await connectSmallPortal();
    const failed = { results: [], numErrors: 1, errors: [{ category: 'INTERNAL_ERROR', message: 'try again' }] };
    const associations = () => hubspot().post('/crm/associations/2026-09/contacts/tasks/batch/read');
    associations().reply(207, failed);
    await expect(crm.findTask('101', 'demo-1')).rejects.toBeInstanceOf(RetryableError);
    associations().reply(200, { results: [{ from: { id: '101' }, to: [{ toObjectId: 9000 }] }] });
    hubspot().post('/crm/objects/2026-09/tasks/batch/read').reply(207, failed);
    await expect(crm.findTask('101', 'demo-1')).rejects.toBeInstanceOf(RetryableError);
  });

  test('a contact without tasks (207) has none', async () => {
    const { crm } = await connectSmallPortal();
    hubspot()
      .post('/crm/associations/2026-09/contacts/tasks/batch/read')
      .reply(207, { results: [], numErrors: 1, errors: [{ category: 'OBJECT_NOT_FOUND', message: 'none' }] });
    await expect(crm.findTask('101', 'demo-1')).resolves.toBeUndefined();
  });
});
