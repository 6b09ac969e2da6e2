import { describe, expect, test } from 'vitest';
import { FatalError, RetryableError } from '../../src/base/errors.ts';
import { silentLog } from '../../src/base/log.ts';
import type { Observation } from '../../src/crm/crm.ts';
import { formSubmissions } from '../../src/crm/hubspot/streams/form-submissions.ts';
import { pageViews } from '../../src/crm/hubspot/streams/page-views.ts';
import { createTransport } from '../../src/crm/hubspot/transport.ts';
import { createBench, hubspot, playTranscripts } from '../support/hubspot-transcript.ts';

playTranscripts();

const FORM = { key: 'demo-request', id: '6f0f9b5c-0000-4000-a000-000000000001' };
const SUBMISSIONS = `/form-integrations/v1/submissions/forms/${FORM.id}`;
const WINDOW = { from: 2_000, to: 5_000 };

async function pull(pages: AsyncIterable<Observation[]>): Promise<Observation[]> {
  return (await Array.fromAsync(pages)).flat();
}

const submission = (conversionId: string, submittedAt: number, email?: string) => ({
  conversionId,
  submittedAt,
  values: [
    { name: 'firstname', value: 'Ada', objectTypeId: '0-1' },
    ...(email === undefined ? [] : [{ name: 'email', value: email, objectTypeId: '0-1' }]),
  ],
  pageUrl: 'https://acme.example/demo',
});

describe('submissions of a form', () => {
  test('come newest first, and reading stops at the first that is older than the window', async () => {
    const { transport, calls } = createBench();
    hubspot()
      .get(SUBMISSIONS)
      .query({ limit: '50' })
      .reply(200, {
        results: [submission('c6', 5_000, 'late@x.example'), submission('c5', 4_999, ' Ada@X.example')],
        paging: { next: { after: 'two' } },
      });
    hubspot()
      .get(SUBMISSIONS)
      .query({ limit: '50', after: 'two' })
      .reply(200, {
        results: [submission('c2', 2_000, 'bob@x.example'), submission('c1', 1_999, 'old@x.example')],
        paging: { next: { after: 'three' } },
      });
    await expect(pull(formSubmissions(transport, FORM).pull(WINDOW))).resolves.toEqual([
      {
        person: { email: 'ada@x.example' },
        activity: {
          id: 'c5',
          type: 'form-submission',
          at: 4_999,
          name: 'demo-request',
          url: 'https://acme.example/demo',
        },
      },
      {
        person: { email: 'bob@x.example' },
        activity: {
          id: 'c2',
          type: 'form-submission',
          at: 2_000,
          name: 'demo-request',
          url: 'https://acme.example/demo',
        },
      },
    ]);
    expect(calls).toEqual(['activity', 'activity']);
  });

  test('one without an e-mail address, or with a nonsense one, is nobody’s', async () => {
    const { transport } = createBench();
    const results = [
      submission('c3', 4_000),
      submission('c2', 3_000, 'no address'),
      { conversionId: 'c1', submittedAt: 2_500 },
    ];
    hubspot().get(SUBMISSIONS).query(true).reply(200, { results });
    await expect(pull(formSubmissions(transport, FORM).pull(WINDOW))).resolves.toEqual([]);
  });
});

describe('a form that HubSpot answers oddly', () => {
  test('was deleted: its own stream fails with its key, and nothing else stops', async () => {
    const { transport } = createBench();
    hubspot().get(SUBMISSIONS).query(true).reply(404, { status: 'error', message: 'form not found' });
    const error = await pull(formSubmissions(transport, FORM).pull(WINDOW)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toContain('the submissions of the form demo-request could not be read');
  });

  test('must not be read: a person has to act', async () => {
    const { transport } = createBench();
    hubspot().get(SUBMISSIONS).query(true).reply(403, {});
    await expect(pull(formSubmissions(transport, FORM).pull(WINDOW))).rejects.toBeInstanceOf(FatalError);
  });

  test('has a submission without an id or one without a time: the others come all the same, with one warning', async () => {
    const warnings: unknown[] = [];
    const log = { ...silentLog, warn: (...said: unknown[]) => void warnings.push(said) };
    const { parts } = createBench();
    const stream = formSubmissions(createTransport({ ...parts, log }), FORM);
    const { conversionId: _, ...nameless } = submission('', 4_000, 'ada@x.example');
    const timeless = { ...submission('c2', 3_000, 'bob@x.example'), submittedAt: 'yesterday' };
    const results = [nameless, timeless, submission('c1', 2_500, 'cid@x.example')];
    hubspot().get(SUBMISSIONS).twice().query(true).reply(200, { results });
    const found = await pull(stream.pull(WINDOW));
    expect(found.map(({ activity }) => activity.id)).toEqual([expect.stringMatching(/^[\w-]{22}$/), 'c1']);
    expect(await pull(stream.pull(WINDOW))).toEqual(found);
    expect(warnings).toEqual([[expect.any(String), { stream: 'form-submission:demo-request', rows: 1 }]]);
  });

  test('has changed its format altogether: reading stops rather than lose everything', async () => {
    const { transport } = createBench();
    const results = [{ at: 4_000 }, { at: 3_000 }];
    hubspot().get(SUBMISSIONS).times(3).query(true).reply(200, { results });
    await expect(pull(formSubmissions(transport, FORM).pull(WINDOW))).rejects.toThrow('another shape than documented');
  });
});

test('page views come one by one, oldest first, and only those of the window count', async () => {
  const { transport } = createBench();
  const visit = (id: string, at: number) => ({
    id,
    objectId: '101',
    objectType: 'CONTACT',
    eventType: 'e_visited_page',
    occurredAt: new Date(at).toISOString(),
    properties: { hs_url: 'https://acme.example/careers' },
  });
  const query = {
    objectType: 'contact',
    eventType: 'e_visited_page',
    occurredAfter: '1970-01-01T00:00:01.999Z',
    occurredBefore: '1970-01-01T00:00:05.000Z',
    sort: 'occurredAt',
    limit: '100',
  };
  hubspot()
    .get('/events/event-occurrences/2026-09')
    .query(query)
    .reply(200, { results: [visit('v1', 1_999), visit('v2', 2_000)], paging: { next: { after: 'x' } } });
  hubspot()
    .get('/events/event-occurrences/2026-09')
    .query({ ...query, after: 'x' })
    .reply(200, { results: [visit('v3', 4_999), visit('v4', 5_000)] });
  await expect(pull(pageViews(transport).pull(WINDOW))).resolves.toEqual([
    {
      person: { leadId: '101' },
      activity: { id: 'v2', type: 'page-view', at: 2_000, url: 'https://acme.example/careers' },
    },
    {
      person: { leadId: '101' },
      activity: { id: 'v3', type: 'page-view', at: 4_999, url: 'https://acme.example/careers' },
    },
  ]);
});
