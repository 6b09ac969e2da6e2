import { describe, expect, it } from 'vitest';
import { DEMO_TOKEN } from '../../../src/sandbox/sandbox.ts';
import { CONTACTS, openSandbox, stillClock } from './open-sandbox.ts';

const SEARCH = `${CONTACTS}/search`;
const scopes = ['crm.objects.contacts.read'];

describe('tokens', () => {
  it('that are wrong open nothing', async () => {
    const { ask } = await openSandbox();
    expect(await ask('GET', CONTACTS, undefined, 'wrong')).toMatchObject({
      status: 401,
      body: { status: 'error', category: 'INVALID_AUTHENTICATION', correlationId: expect.any(String) },
    });
  });

  it('open what their scopes say, and name the scope that is missing', async () => {
    const { ask } = await openSandbox({}, { tokens: [{ token: 'reader', scopes }] });
    expect((await ask('GET', CONTACTS, undefined, 'reader')).status).toBe(200);
    const { status, body } = await ask('POST', CONTACTS, { properties: {} }, 'reader');
    expect([status, body.category]).toEqual([403, 'MISSING_SCOPES']);
    expect(body.errors?.[0]?.context.requiredGranularScopes).toEqual(['crm.objects.contacts.write']);
  });
});

describe('the burst limit', () => {
  it('rolls: a call is free again ten seconds after it was made, not at the next full ten', async () => {
    const clock = stillClock();
    const { ask } = await openSandbox({ clock }, { limits: { burst: 3 } });
    const statuses = async (calls: number) => {
      const all = [];
      for (let n = 0; n < calls; n++) all.push((await ask('GET', CONTACTS)).status);
      return all;
    };
    expect(await statuses(1)).toEqual([200]);
    await clock.advance(6_000);
    expect(await statuses(3)).toEqual([200, 200, 429]);
    await clock.advance(3_999);
    expect(await statuses(1)).toEqual([429]);
    await clock.advance(1);
    expect(await statuses(2)).toEqual([200, 429]);
    await clock.advance(6_000);
    expect(await statuses(3)).toEqual([200, 200, 429]);
  });

  it('is told with every answer', async () => {
    const { ask } = await openSandbox({ tier: 'professional', clock: stillClock() });
    await ask('GET', CONTACTS);
    const { headers } = await ask('GET', CONTACTS);
    expect(Object.fromEntries([...headers].filter(([name]) => name.startsWith('x-hubspot-ratelimit')))).toEqual({
      'x-hubspot-ratelimit-max': '190',
      'x-hubspot-ratelimit-remaining': '188',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily': '625000',
      'x-hubspot-ratelimit-daily-remaining': '624998',
    });
  });

  it('is each app’s own', async () => {
    const tokens = [
      { token: 'one', scopes, app: 'a' },
      { token: 'two', scopes, app: 'a' },
      { token: 'three', scopes },
    ];
    const { ask } = await openSandbox({ clock: stillClock() }, { limits: { burst: 1 }, tokens });
    const statuses = [];
    for (const { token } of tokens) statuses.push((await ask('GET', CONTACTS, undefined, token)).status);
    expect(statuses).toEqual([200, 429, 200]);
  });

  it('says which policy it was', async () => {
    const { ask } = await openSandbox({ clock: stillClock() }, { limits: { burst: 0 } });
    const { body } = await ask('GET', CONTACTS);
    expect(body).toEqual({
      status: 'error',
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
      correlationId: expect.any(String),
    });
  });
});

describe('the search limit', () => {
  it('is five in a second for the whole account, apart from the burst, and told in no header', async () => {
    const clock = stillClock();
    const tokens = ['one', 'two'].map((token) => ({ token, scopes }));
    const { ask } = await openSandbox({ clock }, { limits: { burst: 1 }, tokens });
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push(await ask('POST', SEARCH, {}, n % 2 === 0 ? 'one' : 'two'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[5]?.body.policyName).toBe('SECONDLY');
    for (const { headers } of answers) expect(headers.get('x-hubspot-ratelimit-max')).toBeNull();
    expect((await ask('GET', CONTACTS, undefined, 'one')).status).toBe(200);
    await clock.advance(1_000);
    expect((await ask('POST', SEARCH, {}, 'one')).status).toBe(200);
  });
});

describe('the daily limit', () => {
  it('ends at midnight of the account', async () => {
    const clock = stillClock(); // noon in UTC
    const { ask } = await openSandbox({ clock, timeZone: 'America/New_York' }, { limits: { daily: 2 } });
    const call = async () => (await ask('GET', CONTACTS)).status;
    expect([await call(), await call(), await call()]).toEqual([200, 200, 429]);
    expect((await ask('GET', CONTACTS)).body.policyName).toBe('DAILY');
    await clock.advance(13 * 3_600_000);
    expect(await call()).toBe(429);
    await clock.advance(4 * 3_600_000);
    expect(await call()).toBe(200);
  });
});

describe('the record of requests', () => {
  it('keeps the last ones whole and counts them all', async () => {
    const { sandbox, ask } = await openSandbox({ leads: 3 }, { record: { keep: 5 } });
    for (let n = 0; n < 40; n++) await ask('GET', `${CONTACTS}?limit=1`);
    await ask('POST', `${CONTACTS}/batch/read`, { inputs: [{ id: '1' }] });
    expect(sandbox.requests.all()).toHaveLength(5);
    expect(sandbox.requests.count({ method: 'GET' })).toBe(40);
    expect(sandbox.requests.count({ kind: 'read' })).toBe(41);
    expect(sandbox.requests.count({ status: 207 })).toBe(1);
    expect(sandbox.requests.all({ path: /batch\/read$/ })[0]).toMatchObject({
      method: 'POST',
      status: 207,
      kind: 'read',
      template: '/crm/objects/{version}/contacts/batch/read',
      body: { inputs: [{ id: '1' }] },
    });
    expect(sandbox.requests.counts()['GET /crm/objects/{version}/contacts']).toEqual({ 200: 40 });
    sandbox.requests.clear();
    expect(sandbox.requests.count()).toBe(0);
  });

  it('keeps no token', async () => {
    const { sandbox, ask } = await openSandbox();
    await ask('GET', CONTACTS);
    expect(JSON.stringify(sandbox.requests.all())).not.toContain(DEMO_TOKEN);
  });
});
