import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Client } from '../../../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { asking, DATA, NOW, openSalesforce } from './open-salesforce.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const SECOND_NOW = NOW / 1_000;
const USERNAME = 'robot@gaugeworks.example';
const CLIENT: Client = { clientId: 'scorer', clientSecret: 'hush', certificate: publicKey, runAs: USERNAME };

const granted = z.object({
  access_token: z.string(),
  instance_url: z.string(),
  id: z.string(),
  token_type: z.literal('Bearer'),
  scope: z.string(),
  refresh_token: z.string().optional(),
});

async function openForSignIn(client: Partial<Client> = {}) {
  const integrationUser = { lastName: 'Robot', email: USERNAME };
  const opened = await openSalesforce({ integrationUser }, { clients: [{ ...CLIENT, ...client }] });
  const { url } = opened.sandbox;
  const token = async (form: Record<string, string>, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers,
    });
    const body: unknown = await answer.json();
    return { status: answer.status, body };
  };
  /** Signs in, and gives what was granted. */
  const grant = async (form: Record<string, string>) => granted.parse((await token(form)).body);
  return { ...opened, url, token, grant };
}

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SECRET = { client_id: 'scorer', client_secret: 'hush' };

function assertion(claims: Record<string, unknown> = {}, { alg = 'RS256', key = privateKey } = {}): string {
  const all = {
    iss: 'scorer',
    sub: USERNAME,
    aud: 'https://login.salesforce.com',
    exp: SECOND_NOW + 170,
    ...claims,
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg })}.${part(all)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}

const refused = (error: string, error_description: string) => ({ status: 400, body: { error, error_description } });

describe('a client signs in', () => {
  it('with its id and secret, as the user that it runs as', async () => {
    const { sandbox, url, grant } = await openForSignIn();
    const answer = await grant({ grant_type: 'client_credentials', ...SECRET });
    const { organizationId } = sandbox.org.settings;
    expect(answer).toMatchObject({
      instance_url: url,
      id: `${url}/id/${organizationId}/${sandbox.org.integrationUserId}`,
      scope: 'id api refresh_token pardot_api',
    });
    expect(answer.refresh_token).toBeUndefined();
    const ask = asking(url, answer.access_token);
    expect((await ask('GET', '/limits')).status).toBe(200);
  });

  it('with the secret in the header in place of the form', async () => {
    const { token } = await openForSignIn();
    const basic = Buffer.from('scorer:hush').toString('base64');
    const { status } = await token({ grant_type: 'client_credentials' }, { Authorization: `Basic ${basic}` });
    expect(status).toBe(200);
  });

  it('with an assertion that its key signed', async () => {
    const { url, grant } = await openForSignIn();
    for (const aud of ['https://login.salesforce.com', 'https://test.salesforce.com', url]) {
      const { access_token } = await grant({ grant_type: GRANT, assertion: assertion({ aud }) });
      expect((await asking(url, access_token)('GET', '/limits')).status).toBe(200);
    }
  });

  it('and is told what is wrong with its id, secret or grant', async () => {
    const { token } = await openForSignIn();
    const credentials = { grant_type: 'client_credentials', ...SECRET };
    expect(await token({ ...credentials, client_id: 'other' })).toEqual(
      refused('invalid_client_id', 'client identifier invalid'),
    );
    expect(await token({ ...credentials, client_secret: 'loud' })).toEqual(
      refused('invalid_client', 'invalid client credentials'),
    );
    expect(await token({ ...credentials, grant_type: 'password' })).toEqual(
      refused('unsupported_grant_type', 'grant type not supported'),
    );
    const without = await openForSignIn({ runAs: undefined });
    expect(await without.token(credentials)).toEqual(refused('invalid_grant', 'no client credentials user enabled'));
  });

  const strange = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  it.each([
    ['from an unknown client', assertion({ iss: 'other' }), 'invalid_client_id', 'client identifier invalid'],
    ['for an unknown user', assertion({ sub: 'who@x.example' }), 'invalid_grant', "user hasn't approved this consumer"],
    ['for another host', assertion({ aud: 'https://example.com' }), 'invalid_grant', 'audience is invalid'],
    ['that is over', assertion({ exp: SECOND_NOW }), 'invalid_grant', 'expired authorization code'],
    ['that is good for too long', assertion({ exp: SECOND_NOW + 3_600 }), 'invalid_grant', 'invalid assertion'],
    ['signed by another key', assertion({}, { key: String(strange) }), 'invalid_grant', 'invalid assertion'],
    ['signed in another way', assertion({}, { alg: 'none' }), 'invalid_grant', 'invalid assertion'],
    ['that is nonsense', 'x.y', 'invalid_grant', 'invalid assertion'],
  ])('and is refused with an assertion %s', async (_, text, error, description) => {
    const { token } = await openForSignIn();
    expect(await token({ grant_type: GRANT, assertion: text })).toEqual(refused(error, description));
  });

  it('and is refused where no certificate is registered, or the user is not approved', async () => {
    const bare = await openForSignIn({ certificate: undefined });
    const unsigned = await bare.token({ grant_type: GRANT, assertion: assertion() });
    expect(unsigned).toEqual(refused('invalid_grant', 'certificate not found for this client'));
    const strict = await openForSignIn({ approved: ['boss@gaugeworks.example'] });
    const unapproved = await strict.token({ grant_type: GRANT, assertion: assertion() });
    expect(unapproved).toEqual(refused('invalid_grant', "user hasn't approved this consumer"));
  });
});

describe('a refresh token', () => {
  const renewal = (refresh_token: string) => ({ grant_type: 'refresh_token', refresh_token, ...SECRET });
  const expired = refused('invalid_grant', 'expired access/refresh token');

  it('is replaced each time, and the one before is dead', async () => {
    const { sandbox, url, grant, token } = await openForSignIn();
    const first = sandbox.signIn.approve('scorer', USERNAME);
    const { refresh_token: second = '', access_token } = await grant(renewal(first));
    expect(second).not.toBe(first);
    expect((await asking(url, access_token)('GET', '/limits')).status).toBe(200);
    const third = await grant(renewal(second));
    expect(third.refresh_token).not.toBe(second);
    expect(await token(renewal(first))).toEqual(expired);
  });

  it('that was replaced, sent again, ends everything that came of the approval', async () => {
    const { sandbox, url, grant, token } = await openForSignIn();
    const first = sandbox.signIn.approve('scorer', USERNAME);
    const { refresh_token: second = '', access_token } = await grant(renewal(first));
    expect(await token(renewal(first))).toEqual(expired);
    expect((await asking(url, access_token)('GET', '/limits')).status).toBe(401);
    expect(await token(renewal(second))).toEqual(expired);
    // Another approval knows nothing of it.
    expect((await token(renewal(sandbox.signIn.approve('scorer', USERNAME)))).status).toBe(200);
  });

  it('stays as it is where the client does not rotate', async () => {
    const { sandbox, grant } = await openForSignIn({ rotates: false });
    const first = sandbox.signIn.approve('scorer', USERNAME);
    expect((await grant(renewal(first))).refresh_token).toBeUndefined();
    expect((await grant(renewal(first))).access_token).toBeTypeOf('string');
  });

  it('is good for the client that it was given to', async () => {
    const { sandbox, token } = await openForSignIn();
    sandbox.signIn.addClient({ clientId: 'other' });
    const own = sandbox.signIn.approve('scorer', USERNAME);
    expect(await token({ grant_type: 'refresh_token', refresh_token: own, client_id: 'other' })).toEqual(expired);
    expect((await token(renewal(own))).status).toBe(200);
  });
});

describe('a session', () => {
  it('ends when it is told to, and is refused from then on', async () => {
    const { sandbox, ask } = await openForSignIn();
    expect((await ask('GET', '/limits')).status).toBe(200);
    sandbox.expireSessions();
    const over = await ask('GET', '/limits');
    expect(over).toMatchObject({
      status: 401,
      body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    });
    expect(over.headers.has('sforce-limit-info')).toBe(false);
    expect((await ask('GET', '/limits', undefined, { token: sandbox.accessToken() })).status).toBe(200);
  });

  it('ends when it is revoked, as does all that came of a refresh token', async () => {
    const { sandbox, url, ask, grant, token } = await openForSignIn();
    const revoke = (one: string) =>
      fetch(`${url}/services/oauth2/revoke`, { method: 'POST', body: new URLSearchParams({ token: one }) });
    expect((await revoke(sandbox.accessToken())).status).toBe(200);
    expect((await ask('GET', '/limits')).status).toBe(200);
    const first = sandbox.signIn.approve('scorer', USERNAME);
    const renewal = { grant_type: 'refresh_token', ...SECRET };
    const { access_token, refresh_token = '' } = await grant({ ...renewal, refresh_token: first });
    expect((await revoke(refresh_token)).status).toBe(200);
    expect((await asking(url, access_token)('GET', '/limits')).status).toBe(401);
    expect((await token({ ...renewal, refresh_token })).status).toBe(400);
    expect((await revoke('never given')).status).toBe(400);
  });

  it('tells whose it is', async () => {
    const { sandbox, ask } = await openForSignIn();
    const { organizationId } = sandbox.org.settings;
    const userId = sandbox.org.integrationUserId;
    expect((await ask('GET', `/id/${organizationId}/${userId}`)).body).toMatchObject({
      user_id: userId,
      organization_id: organizationId,
      username: USERNAME,
      email: USERNAME,
      active: true,
    });
    expect((await ask('GET', '/services/oauth2/userinfo')).body).toMatchObject({ preferred_username: USERNAME });
    expect((await ask('GET', `/id/00D000000000000AAA/${userId}`)).body).toBe('Wrong_Org');
    expect((await ask('GET', `/id/${organizationId}/${userId}`, undefined, { token: 'x' })).status).toBe(403);
  });

  it('is all that the day counts: neither sign-in nor versions use it up', async () => {
    const { sandbox, ask, grant, url } = await openForSignIn();
    await grant({ grant_type: 'client_credentials', ...SECRET });
    expect((await fetch(`${url}/services/data`)).status).toBe(200);
    expect(sandbox.org.dailyRequests.used).toBe(0);
    await ask('GET', DATA);
    expect(sandbox.org.dailyRequests.used).toBe(1);
    expect(sandbox.requests.count({ path: '/services/oauth2' })).toBe(1);
    expect(JSON.stringify(sandbox.requests.all())).not.toContain('hush');
  });
});
