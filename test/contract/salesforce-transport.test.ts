import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { FatalError, RateLimitedError, RetryableError } from '../../src/base/errors.ts';
import { type ApiCall, dataPath } from '../../src/crm/salesforce/api/api.ts';
import { SalesforceRefusal } from '../../src/crm/salesforce/api/error-table.ts';
import { queryPages } from '../../src/crm/salesforce/api/query.ts';
import type { SignIn } from '../../src/crm/salesforce/sign-in/sign-in.ts';
import {
  createBench,
  failure,
  ORG,
  org,
  playTranscripts,
  problem,
  SECRET,
  signsIn,
  startOrg,
  TOKENS,
} from '../support/salesforce-transcript.ts';

playTranscripts();

const LIMITS = dataPath('/limits');
const READ: ApiCall = { kind: 'setup', method: 'GET', path: LIMITS };
const UPDATE: ApiCall = {
  kind: 'write',
  method: 'PATCH',
  path: dataPath('/composite/sobjects'),
  body: { allOrNone: false, records: [] },
};
const TASK: ApiCall = { kind: 'write', method: 'POST', path: dataPath('/sobjects/Task'), body: { Subject: 'Call' } };
const DONE = { DailyApiRequests: { Max: 15_000, Remaining: 14_998 } };

describe('a call that works', () => {
  test('carries the session, is counted once, and tells the budget what Sforce-Limit-Info said', async () => {
    const { api, budget, calls } = createBench();
    signsIn(TOKENS[0]);
    org().get(LIMITS).reply(200, DONE, { 'Sforce-Limit-Info': 'api-usage=10018/100000; api-bursts=1/750' });
    const answer = await api.call({ ...READ, urgent: true });
    expect(answer).toMatchObject({ status: 200, body: DONE });
    expect(answer.header('SFORCE-LIMIT-INFO')).toBe('api-usage=10018/100000; api-bursts=1/750');
    expect(answer.header('Sforce-Locator')).toBeUndefined();
    expect(calls).toEqual(['setup']);
    expect(budget.taken).toEqual([{ urgent: true, signal: undefined }]);
    expect(budget.settled).toEqual([{ daily: 100_000, dailyRemaining: 89_982 }]);
  });

  test.each([
    ['urgent, whatever it is counted as', { urgent: true }],
    ['one that only looks', { urgent: true, looks: true }],
    ['patient', { patient: true }],
  ])('is %s, as whoever makes it says, and so are the further pages of a query', async (_, options) => {
    const { api, budget } = createBench();
    signsIn(TOKENS[0]);
    const nextRecordsUrl = dataPath('/query/01gRO0000016PIAYA2-1');
    org()
      .get(dataPath('/query'))
      .query(true)
      .reply(200, { done: false, records: [{ Id: '1' }], nextRecordsUrl });
    org()
      .get(nextRecordsUrl)
      .reply(200, { done: true, records: [{ Id: '2' }] });
    const row = z.object({ Id: z.string() });
    const pages = queryPages(api, 'SELECT Id FROM Lead', row, { ...options, kind: 'activity' });
    expect(await Array.fromAsync(pages)).toEqual([[{ Id: '1' }], [{ Id: '2' }]]);
    expect(budget.taken).toEqual([options, options]);
  });

  test('signs in once for many', async () => {
    const { api } = createBench();
    signsIn(TOKENS[0]);
    org().get(LIMITS).times(3).reply(200, DONE);
    await Promise.all([api.call(READ), api.call(READ)]);
    await api.call(READ);
  });

  test('without a body is one all the same', async () => {
    const { api } = createBench();
    signsIn(TOKENS[0]);
    org().patch(UPDATE.path).reply(204);
    await expect(api.call(UPDATE)).resolves.toMatchObject({ status: 204, body: undefined });
  });

  test('sends and gets CSV as text', async () => {
    const { api } = createBench();
    signsIn(TOKENS[0]);
    const path = dataPath('/jobs/ingest/7505e00000AbCdEAAV/batches');
    nock(ORG, { reqheaders: { 'content-type': 'text/csv; charset=UTF-8' } })
      .put(path, '"Id"\n"00Q5e00000AbCdEAAV"\n')
      .reply(201, 'Id\n00Q5e00000AbCdEAAV\n', { 'Content-Type': 'text/csv; charset=UTF-8' });
    const answer = await api.call({ kind: 'write', method: 'PUT', path, csv: '"Id"\n"00Q5e00000AbCdEAAV"\n' });
    expect(answer.body).toBe('Id\n00Q5e00000AbCdEAAV\n');
  });

  test('may go to Account Engagement, whose limits are its own', async () => {
    const { api, budget } = createBench();
    signsIn(TOKENS[0]);
    const call: ApiCall = { ...READ, path: '/api/v5/objects/prospects?fields=id', host: 'https://pi.pardot.com' };
    const pardot = nock('https://pi.pardot.com', { reqheaders: { authorization: `Bearer ${TOKENS[0]}` } });
    pardot.get(call.path).reply(429, { code: 66, message: 'concurrent' });
    pardot.get(call.path).reply(200, { values: [] });
    await expect(api.call(call)).resolves.toMatchObject({ body: { values: [] } });
    expect(budget.pauses).toEqual([]);
    pardot.get(call.path).reply(401, { code: 184, message: 'access_token is invalid, unknown, or malformed' });
    signsIn(TOKENS[1]);
    nock('https://pi.pardot.com').get(call.path).reply(401, { code: 184, message: 'access_token is invalid' });
    expect((await failure(api.call(call))).message).toContain('"pardot_api"');
    expect(await failure(api.call({ ...call, host: 'https://pi.pardot.com.example' }))).toMatchObject({
      message: expect.stringContaining('may only be https://pi.pardot.com'),
    });
  });
});

describe('a session that is no longer known', () => {
  test('is renewed once, and the call made again', async () => {
    const { api, calls } = createBench();
    signsIn(TOKENS[0], TOKENS[1]);
    org().get(LIMITS).reply(401, problem('INVALID_SESSION_ID', 'Session expired or invalid'));
    org(TOKENS[1]).get(LIMITS).reply(200, DONE);
    await expect(api.call(READ)).resolves.toMatchObject({ body: DONE });
    expect(calls).toHaveLength(2);
  });

  test('is renewed once for all who find it so at the same time', async () => {
    const { api } = createBench();
    signsIn(TOKENS[0], TOKENS[1]);
    org().get(LIMITS).times(5).reply(401, problem('INVALID_SESSION_ID', 'Session expired or invalid'));
    org(TOKENS[1]).get(LIMITS).times(5).reply(200, DONE);
    await Promise.all(Array.from({ length: 5 }, () => api.call(READ)));
  });

  test('is renewed for a call that must not be made twice, too: nothing was done', async () => {
    const { api } = createBench();
    signsIn(TOKENS[0], TOKENS[1]);
    org().post(TASK.path).reply(401, problem('INVALID_SESSION_ID', 'Session expired or invalid'));
    org(TOKENS[1]).post(TASK.path).reply(201, { id: '00T5e00000AbCdEAAV', success: true, errors: [] });
    await expect(api.call(TASK)).resolves.toMatchObject({ status: 201 });
  });

  test('that stays so is given up after the second answer, and no process signs in for ever', async () => {
    const { api, calls, clock } = createBench();
    signsIn(...Array.from({ length: 6 }, (_, turn) => `00D!token${turn}`));
    nock(ORG).get(LIMITS).times(12).reply(401, problem('INVALID_SESSION_ID', 'Session expired or invalid'));
    const errors: Error[] = [];
    for (let turn = 0; turn < 6; turn += 1) errors.push(await failure(api.call(READ)));
    expect(errors.every((error) => error instanceof FatalError)).toBe(true);
    expect(errors[0]?.message).toMatch(/^Salesforce refused the session that it had just given: .*"API Enabled"/);
    expect(errors[5]?.message).toMatch(/^Salesforce ended the session again and again/);
    expect(calls).toHaveLength(11);
    nock.cleanAll();
    await clock.advance(11 * 60_000);
    signsIn(TOKENS[1]);
    nock(ORG).get(LIMITS).reply(401, problem('INVALID_SESSION_ID'));
    org(TOKENS[1]).get(LIMITS).reply(200, DONE);
    await expect(api.call(READ)).resolves.toMatchObject({ body: DONE });
  });
});

describe('limits use up no attempts', () => {
  test('too many long calls at once: everybody pauses for ten seconds', async () => {
    const { api, budget, clock } = createBench();
    signsIn(TOKENS[0]);
    const start = clock.now();
    org().get(LIMITS).times(4).reply(403, problem('REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.'));
    org().get(LIMITS).reply(200, DONE);
    await expect(api.call(READ)).resolves.toMatchObject({ body: DONE });
    expect(budget.pauses).toEqual(Array.from({ length: 4 }, () => ({ scope: 'all', ms: 10_000 })));
    expect(clock.now() - start).toBe(40_000);
  });

  test('an org that says so for ever is handed back after a minute of waiting', async () => {
    const { api, calls } = createBench();
    signsIn(TOKENS[0]);
    org().get(LIMITS).times(7).reply(403, problem('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit exceeded.'));
    expect(await failure(api.call(READ))).toBeInstanceOf(RateLimitedError);
    expect(calls).toHaveLength(7);
  });

  test("the day's calls pause everyone and are handed back at once", async () => {
    const { api, budget, calls } = createBench();
    signsIn(TOKENS[0]);
    org().get(LIMITS).reply(403, problem('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'), {
      'Sforce-Limit-Info': 'api-usage=15003/15000',
    });
    const error = await failure(api.call(READ));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAfter: 900_000 });
    expect(budget.pauses).toEqual([{ scope: 'all', ms: 900_000 }]);
    expect(budget.settled).toEqual([{ daily: 15_000, dailyRemaining: 0 }]);
    expect(calls).toHaveLength(1);
  });
});

describe('what passes by itself is tried three times, ever later', () => {
  test.each([
    { status: 500, body: problem('UNKNOWN_EXCEPTION') },
    { status: 503, body: problem('SERVER_UNAVAILABLE') },
    { status: 502, body: '<html>Bad gateway</html>' },
    { status: 503, body: '<html>We are down for maintenance</html>' },
    { status: 420, body: '' },
    { status: 400, body: problem('UNKNOWN_EXCEPTION') },
  ])('$status, then an answer', async ({ status, body }) => {
    const { api, clock, calls } = createBench();
    signsIn(TOKENS[0]);
    org().patch(UPDATE.path).reply(status, body);
    org().patch(UPDATE.path).reply(200, []);
    await expect(api.call(UPDATE)).resolves.toMatchObject({ body: [] });
    expect(clock.slept).toEqual([375]);
    expect(calls).toHaveLength(2);
  });

  test('for ever: three calls, then a message without the query or the body', async () => {
    const { api, clock, budget } = createBench();
    signsIn(TOKENS[0]);
    const path = `${dataPath('/query')}?q=${encodeURIComponent("SELECT Id FROM Lead WHERE Email = 'ada@example.com'")}`;
    org().get(path).times(3).reply(503, problem('SERVER_UNAVAILABLE'));
    const error = await failure(api.call({ ...READ, path }));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toBe(
      'Salesforce answered 503 (SERVER_UNAVAILABLE) on GET /services/data/v68.0/query, 3 of 3 attempts',
    );
    expect(budget.settled).toHaveLength(3);
    expect(clock.slept).toEqual([375, 750]);
  });

  test('a locked row: more than two seconds, as somebody else is writing', async () => {
    const { api, clock } = createBench();
    signsIn(TOKENS[0]);
    org().patch(UPDATE.path).reply(400, problem('UNABLE_TO_LOCK_ROW'));
    org().patch(UPDATE.path).reply(200, []);
    await api.call(UPDATE);
    expect(clock.slept).toEqual([2_375]);
  });

  test('a Retry-After is kept to', async () => {
    const { api, clock } = createBench();
    signsIn(TOKENS[0]);
    org().get(LIMITS).reply(503, '', { 'Retry-After': '20' });
    org().get(LIMITS).reply(200, DONE);
    await api.call(READ);
    expect(clock.slept).toEqual([20_375]);
  });

  test('a connection that breaks', async () => {
    const { api } = createBench();
    signsIn(TOKENS[0]);
    org()
      .get(LIMITS)
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    org().get(LIMITS).reply(200, DONE);
    await expect(api.call(READ)).resolves.toMatchObject({ body: DONE });
  });

  test('half a body, and a page of HTML that says that all is well', async () => {
    const { api, calls } = createBench();
    signsIn(TOKENS[0]);
    org().get(LIMITS).reply(200, '{"DailyApiRequests":{"Max"', { 'Content-Type': 'application/json' });
    org().get(LIMITS).reply(200, '<html>Log in</html>', { 'Content-Type': 'text/html; charset=UTF-8' });
    org().get(LIMITS).reply(200, DONE);
    await expect(api.call(READ)).resolves.toMatchObject({ body: DONE });
    expect(calls).toHaveLength(3);
  });

  test('an answer that never comes', async () => {
    let asked = 0;
    const signIn = await startOrg((_, response) => {
      asked += 1;
      if (asked === 2) response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(DONE));
    });
    const { api, calls } = createBench({ signIn, timeout: 100 });
    await expect(api.call(READ)).resolves.toMatchObject({ body: DONE });
    expect(calls).toHaveLength(2);
  });

  test('an answer whose second half never comes, or whose connection breaks in the middle', async () => {
    let asked = 0;
    const signIn = await startOrg((_, response) => {
      asked += 1;
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
      response.write('{"half":', () => asked > 1 && response.destroy());
    });
    const { api, calls } = createBench({ signIn, timeout: 100 });
    expect((await failure(api.call(READ))).message).toMatch(
      /^the connection to 127\.0\.0\.1:\d+ broke on GET \/services\/data\/v68\.0\/limits, 3 of 3 attempts$/,
    );
    expect(calls).toHaveLength(3);
  });
});

describe('a call that must not be made twice', () => {
  test.each([
    { lost: 'reset', play: () => org().post(TASK.path).replyWithError('socket hang up') },
    { lost: '504', play: () => org().post(TASK.path).reply(504) },
    {
      lost: 'half a body',
      play: () => org().post(TASK.path).reply(201, '{"id":', { 'Content-Type': 'application/json' }),
    },
  ])('is not tried again once its answer is lost ($lost)', async ({ play }) => {
    const { api, calls } = createBench();
    signsIn(TOKENS[0]);
    play();
    const error = await failure(api.call(TASK));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toMatch(/may or may not have been done: look before trying again$/);
    expect(calls).toEqual(['write']);
  });

  test('is not made after a long wait for its turn', async () => {
    const { api, budget, calls } = createBench();
    signsIn(TOKENS[0]);
    await budget.pause('all', 16_000);
    expect((await failure(api.call(TASK))).message).toMatch(/waited too long for its turn: look before trying again$/);
    expect(calls).toEqual([]);
    expect(budget.settled).toHaveLength(1);
  });

  test('is every POST, unless it says otherwise', async () => {
    const { api } = createBench();
    signsIn(TOKENS[0]);
    const path = dataPath('/composite');
    org().post(path).reply(504);
    org().post(path).reply(200, {});
    await expect(api.call({ ...TASK, path, repeatable: true })).resolves.toMatchObject({ status: 200 });
  });
});

describe('a redirect', () => {
  test.each([
    { status: 302, call: READ },
    { status: 307, call: UPDATE },
    { status: 308, call: TASK },
  ])(
    'is not followed ($status on $call.method): neither the token nor the body goes elsewhere',
    async ({ status, call }) => {
      const { api, calls } = createBench();
      signsIn(TOKENS[0]);
      org().intercept(call.path, call.method).reply(status, '', { Location: 'https://elsewhere.example/' });
      const elsewhere = nock('https://elsewhere.example').intercept('/', call.method).reply(200, DONE);
      const error = await failure(api.call(call));
      expect(error).toBeInstanceOf(FatalError);
      expect(error.message).toContain(`with a redirect (${status}), which is not followed`);
      expect(calls).toHaveLength(1);
      expect(elsewhere.isDone()).toBe(false);
      nock.cleanAll();
    },
  );
});

describe('what Salesforce refuses', () => {
  test.each([
    {
      code: 'INVALID_FIELD',
      message:
        "\nSELECT Leadgauge_Score__c FROM Lead\nERROR at Row:1:Column:8\nNo such column 'Leadgauge_Score__c' on entity 'Lead'.",
      fields: ['Leadgauge_Score__c'],
    },
    { code: 'INVALID_FIELD', message: "Didn't understand relationship 'Account' in field path.", fields: ['Account'] },
    { code: 'INVALID_TYPE', message: "sObject type 'Leads' is not supported.", fields: [] },
    { code: 'MALFORMED_QUERY', message: "unexpected token: 'ada@example.com'", fields: [] },
    { code: 'QUERY_TIMEOUT', message: 'Your query request was running for too long.', fields: [] },
    { code: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator', fields: [] },
    { code: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] },
    { code: 'NOT_FOUND', message: 'Provided external ID field does not exist or is not accessible', fields: [] },
    { code: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] },
    { code: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'insufficient access rights on object id', fields: [] },
    { code: 'CANNOT_UPDATE_CONVERTED_LEAD', message: 'cannot reference converted lead', fields: [] },
    { code: 'DUPLICATES_DETECTED', message: 'Use one of these records?', fields: [] },
    { code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Call ada@example.com first', fields: [] },
  ])('is told by its code: $code', async ({ code, message, fields }) => {
    const { api, calls } = createBench();
    signsIn(TOKENS[0]);
    org().patch(UPDATE.path).reply(400, problem(code, message));
    const error = await failure(api.call(UPDATE));
    expect(error).toBeInstanceOf(SalesforceRefusal);
    expect(error).toBeInstanceOf(FatalError);
    expect(error).toMatchObject({ status: 400, codes: [code], fields });
    expect(error.message).not.toContain('ada@');
    expect(calls).toHaveLength(1);
  });

  test('names the fields, and nothing else of the text', async () => {
    const { api } = createBench();
    signsIn(TOKENS[0]);
    org()
      .patch(UPDATE.path)
      .reply(
        400,
        problem('INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create/update fields', ['Rating', 'ada@example.com']),
      );
    expect((await failure(api.call(UPDATE))).message).toBe(
      `Salesforce refused PATCH ${UPDATE.path} with 400 (INVALID_FIELD_FOR_INSERT_UPDATE: Rating): run "leadgauge check"`,
    );
  });

  test.each([
    { code: 'API_DISABLED_FOR_ORG', says: '"API Enabled"' },
    { code: 'API_CURRENTLY_DISABLED', says: 'ask Salesforce' },
    { code: 'STORAGE_LIMIT_EXCEEDED', says: 'the data storage of the org is full' },
  ])('says what a person must do about $code', async ({ code, says }) => {
    const { api } = createBench();
    signsIn(TOKENS[0]);
    org().get(LIMITS).reply(403, problem(code));
    const error = await failure(api.call(READ));
    expect(error).toBeInstanceOf(FatalError);
    expect(error).not.toBeInstanceOf(SalesforceRefusal);
    expect(error.message).toContain(says);
  });

  test('without a code is still refused', async () => {
    const { api } = createBench();
    signsIn(TOKENS[0]);
    org().get(LIMITS).reply(404, '<html>URL No Longer Exists</html>', { 'Content-Type': 'text/html' });
    expect(await failure(api.call(READ))).toMatchObject({
      status: 404,
      codes: [],
      message: `Salesforce refused GET ${LIMITS} with 404: run "leadgauge check"`,
    });
  });
});

describe('an aborted call', () => {
  test('ends at once with the reason of the abort', async () => {
    const stop = new AbortController();
    const signIn = await startOrg(() => stop.abort(new Error('shutting down')));
    const { api, calls, budget } = createBench({ signIn });
    await expect(api.call({ ...READ, signal: stop.signal })).rejects.toThrow('shutting down');
    await expect(api.call({ ...READ, signal: stop.signal })).rejects.toThrow('shutting down');
    expect(calls).toHaveLength(1);
    expect(budget.settled).toEqual([undefined]);
  });

  test('does not wait for a sign-in that others wait for', async () => {
    const stop = new AbortController();
    const signIn: SignIn = { token: () => new Promise(() => {}), renew: () => new Promise(() => {}) };
    const { api, calls } = createBench({ signIn });
    const call = api.call({ ...READ, signal: stop.signal });
    stop.abort(new Error('shutting down'));
    await expect(call).rejects.toThrow('shutting down');
    expect(calls).toEqual([]);
  });
});

test('no message tells a token or a secret', async () => {
  const { api } = createBench();
  nock(ORG)
    .post('/services/oauth2/token')
    .reply(400, { error: 'invalid_client', error_description: `invalid client credentials ${SECRET}` });
  const error = await failure(api.call(READ));
  expect(error).toBeInstanceOf(FatalError);
  expect(error.message).not.toContain(SECRET);
});
