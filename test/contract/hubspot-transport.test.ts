import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { FatalError, RateLimitedError, RetryableError } from '../../src/base/errors.ts';
import type { HubspotCall } from '../../src/crm/hubspot/hubspot-call.ts';
import { createBench, hubspot, playTranscripts, TOKEN } from '../support/hubspot-transcript.ts';

playTranscripts();

const OWNERS: HubspotCall<{ results: unknown[] }> = {
  kind: 'setup',
  method: 'GET',
  path: '/crm/owners/2026-09',
  schema: z.object({ results: z.array(z.unknown()) }),
};
const SEARCH = {
  ...OWNERS,
  kind: 'search',
  method: 'POST',
  path: '/crm/objects/2026-09/contacts/search',
  body: { limit: 200 },
} as const;
const TASK = {
  ...OWNERS,
  kind: 'write',
  method: 'POST',
  path: '/crm/objects/2026-09/tasks',
  body: { properties: {} },
  once: true,
} as const;
const DONE = { results: [] };

const limited = (policyName?: string) => ({
  status: 'error',
  message: 'You have reached your limit.',
  errorType: 'RATE_LIMIT',
  correlationId: '0b1f0000-0000-4000-a000-000000000000',
  ...(policyName === undefined ? {} : { policyName }),
});

async function failure(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

describe('a call that works', () => {
  test('carries the token, is counted once, and tells the budget what the headers said', async () => {
    const { transport, budget, calls } = createBench();
    hubspot().get('/crm/owners/2026-09').query({ limit: '1' }).reply(200, DONE, {
      'X-HubSpot-RateLimit-Max': '190',
      'X-HubSpot-RateLimit-Interval-Milliseconds': '10000',
      'X-HubSpot-RateLimit-Daily': '625000',
      'X-HubSpot-RateLimit-Daily-Remaining': '624999',
    });
    await expect(transport.call({ ...OWNERS, query: { limit: '1' } }, { urgent: true })).resolves.toEqual(DONE);
    expect(calls).toEqual(['setup']);
    expect(budget.taken).toEqual([{ search: false, urgent: true, signal: undefined }]);
    expect(budget.settled).toEqual([{ burst: 190, interval: 10_000, daily: 625_000, dailyRemaining: 624_999 }]);
  });

  test.each([
    ['urgent, whatever it is counted as', { urgent: true }],
    ['one that only looks', { urgent: true, looks: true }],
    ['patient', { patient: true }],
  ])('is %s, as whoever makes it says', async (_, options) => {
    const { transport, budget } = createBench();
    hubspot().get('/crm/owners/2026-09').reply(200, DONE);
    await transport.call({ ...OWNERS, kind: 'activity' }, options);
    expect(budget.taken).toEqual([{ search: false, ...options }]);
  });
});

describe('rate limits use up no attempts', () => {
  test.each([
    { policy: 'TEN_SECONDLY_ROLLING', call: OWNERS, after: undefined, pause: { scope: 'all', ms: 10_000 } },
    {
      policy: 'TEN_SECONDLY_ROLLING',
      call: OWNERS,
      after: '4',
      pause: { scope: 'all', ms: 4_000 },
    },
    { policy: 'SECONDLY', call: OWNERS, after: undefined, pause: { scope: 'all', ms: 1_000 } },
    { policy: 'SECONDLY', call: SEARCH, after: undefined, pause: { scope: 'search', ms: 1_000 } },
    { policy: undefined, call: OWNERS, after: undefined, pause: { scope: 'all', ms: 10_000 } },
  ] as const)(
    '429 $policy on $call.method $call.path pauses $pause.scope for $pause.ms ms',
    async ({ policy, call, after, pause }) => {
      const { transport, budget, clock } = createBench();
      for (let answer = 0; answer < 4; answer++) {
        hubspot()
          .intercept(call.path, call.method)
          .reply(429, limited(policy), after === undefined ? {} : { 'Retry-After': after });
      }
      hubspot().intercept(call.path, call.method).reply(200, DONE);
      const start = clock.now();
      await expect(transport.call(call)).resolves.toEqual(DONE);
      expect(budget.pauses).toEqual([pause, pause, pause, pause]);
      expect(clock.now() - start).toBe(4 * pause.ms);
    },
  );

  test('429 DAILY pauses everyone and is handed back at once, as no call should hold a worker until midnight', async () => {
    const { transport, budget, calls } = createBench();
    hubspot().get(OWNERS.path).reply(429, limited('DAILY'), { 'Retry-After': '3600' });
    const error = await failure(transport.call(OWNERS));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAfter: 3_600_000 });
    expect(budget.pauses).toEqual([{ scope: 'all', ms: 3_600_000 }]);
    expect(calls).toHaveLength(1);
  });

  test('a portal that answers 429 for ever is handed back after a minute of waiting', async () => {
    const { transport, calls } = createBench();
    hubspot().get(OWNERS.path).times(7).reply(429, limited('TEN_SECONDLY_ROLLING'));
    expect(await failure(transport.call(OWNERS))).toBeInstanceOf(RateLimitedError);
    expect(calls).toHaveLength(7);
  });

  test('477, an account on the move: a short wait is waited, a long one handed back', async () => {
    const { transport, budget } = createBench();
    hubspot().get(OWNERS.path).reply(477, '', { 'Retry-After': '30' });
    hubspot().get(OWNERS.path).reply(477, '', { 'Retry-After': '86400' });
    expect(await failure(transport.call(OWNERS))).toMatchObject({ retryAfter: 86_400_000 });
    expect(budget.pauses).toEqual([
      { scope: 'all', ms: 30_000 },
      { scope: 'all', ms: 86_400_000 },
    ]);
  });
});

describe('what passes by itself is tried three times, ever later', () => {
  test.each([500, 502, 503, 504, 521, 523, 524])('%i, then an answer', async (status) => {
    const { transport, clock, calls } = createBench();
    hubspot().get(OWNERS.path).reply(status, '<html>Bad gateway</html>');
    hubspot().get(OWNERS.path).reply(200, DONE);
    await expect(transport.call(OWNERS)).resolves.toEqual(DONE);
    expect(clock.slept).toEqual([375]);
    expect(calls).toHaveLength(2);
  });

  test('502 without a content type, for ever: three calls, then a message without the body', async () => {
    const { transport, clock, calls, budget } = createBench();
    hubspot().get(OWNERS.path).times(3).reply(502, 'upstream of ada@example.com', { 'Content-Type': '' });
    const error = await failure(transport.call(OWNERS));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toBe('HubSpot answered 502 on GET /crm/owners/2026-09, 3 of 3 attempts');
    expect(calls).toHaveLength(3);
    expect(budget.settled).toHaveLength(3);
    expect(clock.slept).toEqual([375, 750]);
  });

  test('423, a locked record: at least two seconds', async () => {
    const { transport, clock } = createBench();
    hubspot().get(OWNERS.path).reply(423, { message: 'locked' });
    hubspot().get(OWNERS.path).reply(200, DONE);
    await transport.call(OWNERS);
    expect(clock.slept).toEqual([2_000]);
  });

  test('a connection that breaks', async () => {
    const { transport } = createBench();
    hubspot()
      .get(OWNERS.path)
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    hubspot().get(OWNERS.path).reply(200, DONE);
    await expect(transport.call(OWNERS)).resolves.toEqual(DONE);
  });

  test('half a body, and a body of another shape', async () => {
    const { transport, calls } = createBench();
    hubspot().get(OWNERS.path).reply(200, '{"results":[{"id":"1"');
    hubspot().get(OWNERS.path).reply(200, { result: [] });
    hubspot().get(OWNERS.path).reply(200, DONE);
    await expect(transport.call(OWNERS)).resolves.toEqual(DONE);
    expect(calls).toHaveLength(3);
  });

  test('an answer that never comes', async () => {
    const { transport } = createBench(30);
    hubspot().get(OWNERS.path).delay(500).reply(200, DONE);
    hubspot().get(OWNERS.path).reply(200, DONE);
    await expect(transport.call(OWNERS)).resolves.toEqual(DONE);
    nock.abortPendingRequests();
  });
});

describe('a call that must not be made twice', () => {
  test.each([
    { lost: 'reset', play: () => hubspot().post(TASK.path).replyWithError('socket hang up') },
    { lost: '504', play: () => hubspot().post(TASK.path).reply(504) },
    { lost: 'half a body', play: () => hubspot().post(TASK.path).reply(201, '{"id":') },
  ])('is not tried again once its answer is lost ($lost)', async ({ play }) => {
    const { transport, calls } = createBench();
    play();
    const error = await failure(transport.call(TASK));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toMatch(/may or may not have been done: look before trying again$/);
    expect(calls).toEqual(['write']);
  });

  test.each([
    { status: 423, body: {}, after: '59', error: RetryableError, retryAfter: 59_000 },
    { status: 503, body: {}, after: '59', error: RetryableError, retryAfter: 59_000 },
    { status: 429, body: limited('TEN_SECONDLY_ROLLING'), after: '4', error: RateLimitedError, retryAfter: 4_000 },
  ])('is never waited for ($status), as another process may make it meanwhile', async (play) => {
    const { transport, calls, clock } = createBench();
    hubspot().post(TASK.path).reply(play.status, play.body, { 'Retry-After': play.after });
    const error = await failure(transport.call(TASK));
    expect(error).toBeInstanceOf(play.error);
    expect(error).toMatchObject({ retryAfter: play.retryAfter });
    expect(calls).toEqual(['write']);
    expect(clock.slept).toEqual([]);
  });

  test('is not made after a long wait for its turn, but a short one', async () => {
    const { transport, budget, calls } = createBench();
    await budget.pause('all', 16_000);
    const error = await failure(transport.call(TASK));
    expect(error.message).toMatch(/waited too long for its turn: look before trying again$/);
    expect(calls).toEqual([]);
    expect(budget.settled).toHaveLength(1);
    await budget.pause('all', 10_000);
    hubspot().post(TASK.path).reply(201, DONE);
    await expect(transport.call(TASK)).resolves.toEqual(DONE);
  });
});

test('what an address elsewhere answers after a redirect is not used, and the token does not go there', async () => {
  const { transport, calls } = createBench();
  hubspot().get(OWNERS.path).reply(307, '', { Location: 'https://elsewhere.example/owners' });
  nock('https://elsewhere.example', { badheaders: ['authorization'] })
    .get('/owners')
    .reply(200, DONE);
  const error = await failure(transport.call(OWNERS));
  expect(error).toBeInstanceOf(FatalError);
  expect(error.message).toContain('whose answer is not used');
  expect(calls).toHaveLength(1);
});

describe('what only a person can mend is said once, in plain words', () => {
  test('401', async () => {
    const { transport } = createBench();
    hubspot()
      .get(OWNERS.path)
      .reply(401, { status: 'error', message: `bad ${TOKEN}`, category: 'INVALID_AUTHENTICATION' });
    const error = await failure(transport.call(OWNERS));
    expect(error).toBeInstanceOf(FatalError);
    expect(error.message).toMatch(/^HubSpot refused the token: .*HUBSPOT_TOKEN$/);
    expect(error.message).not.toContain(TOKEN);
  });

  test('403 names the scopes that are missing', async () => {
    const { transport } = createBench();
    hubspot()
      .get(OWNERS.path)
      .reply(403, {
        status: 'error',
        message: "This app hasn't been granted all required scopes to make this call.",
        category: 'MISSING_SCOPES',
        errors: [
          {
            message: 'One or more of the following scopes are required.',
            context: { requiredGranularScopes: ['crm.objects.owners.read'] },
          },
        ],
      });
    const error = await failure(transport.call(OWNERS));
    expect(error).toBeInstanceOf(FatalError);
    expect(error.message).toBe(
      'HubSpot does not allow GET /crm/owners/2026-09: give the credential the scope crm.objects.owners.read',
    );
  });

  test('400 tells the kind of the problem and nothing that a record holds', async () => {
    const { transport } = createBench();
    hubspot()
      .get(OWNERS.path)
      .reply(400, { status: 'error', category: 'VALIDATION_ERROR', message: 'ada@example.com is not valid' });
    const error = await failure(transport.call(OWNERS));
    expect(error).toMatchObject({
      status: 400,
      message: 'HubSpot refused GET /crm/owners/2026-09 with 400 (VALIDATION_ERROR): run "leadgauge check"',
    });
  });
});

test('an aborted call ends at once with the reason of the abort', async () => {
  const { transport } = createBench();
  hubspot().get(OWNERS.path).delay(500).reply(200, DONE);
  const stop = new AbortController();
  const call = transport.call(OWNERS, { signal: stop.signal });
  stop.abort(new Error('shutting down'));
  await expect(call).rejects.toThrow('shutting down');
  nock.cleanAll();
  nock.abortPendingRequests();
});
