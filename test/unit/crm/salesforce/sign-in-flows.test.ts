import { generateKeyPairSync, verify } from 'node:crypto';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { ConfigError, FatalError, RetryableError } from '../../../../src/base/errors.ts';
import { type Credentials, createSignIn } from '../../../../src/crm/salesforce/sign-in/sign-in.ts';
import { failure, grant, ORG, playTranscripts, SECRET, TOKENS } from '../../../support/salesforce-transcript.ts';
import { createTestClock, MONDAY } from '../../../support/test-clock.ts';

playTranscripts();

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const TOKEN_PATH = '/services/oauth2/token';

const JWT: Credentials = {
  flow: 'jwt-bearer',
  clientId: 'canary-client',
  username: 'integration@acme.example',
  privateKey: PEM,
};
const SECRETS: Credentials = { flow: 'client-credentials', clientId: 'canary-client', clientSecret: SECRET };

function createBench(credentials: Credentials = SECRETS, loginUrl = ORG) {
  const clock = createTestClock();
  return { clock, signIn: createSignIn({ loginUrl, credentials, clock, random: () => 0.5 }) };
}

describe('by a signed assertion', () => {
  test.each([
    ['https://login.salesforce.com', 'https://login.salesforce.com'],
    ['https://test.salesforce.com', 'https://test.salesforce.com'],
    ['https://acme.my.salesforce.com', 'https://login.salesforce.com'],
    ['https://acme--uat.sandbox.my.salesforce.com', 'https://test.salesforce.com'],
    ['https://acme.develop.my.salesforce.com', 'https://login.salesforce.com'],
  ])('at %s, which is for %s', async (loginUrl, aud) => {
    const { signIn } = createBench(JWT, loginUrl);
    let form = new URLSearchParams();
    nock(loginUrl)
      .post(TOKEN_PATH, (body) => {
        form = new URLSearchParams(body);
        return true;
      })
      .reply(200, grant(TOKENS[0]));
    await expect(signIn.token()).resolves.toMatchObject({ accessToken: TOKENS[0], instanceUrl: ORG });
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [head = '', claims = '', signature = ''] = form.get('assertion')?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'RS256' });
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'canary-client',
      sub: 'integration@acme.example',
      aud,
      exp: MONDAY / 1_000 + 120,
    });
    const signed = Buffer.from(`${head}.${claims}`);
    expect(verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  test('with a key that came through a variable of one line', async () => {
    const { signIn } = createBench({ ...JWT, privateKey: PEM.replaceAll('\n', '\\n') });
    nock(ORG).post(TOKEN_PATH).reply(200, grant(TOKENS[0]));
    await expect(signIn.token()).resolves.toMatchObject({ accessToken: TOKENS[0] });
  });

  test.each([
    ['nothing', ''],
    ['the certificate', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['half a key', PEM.slice(0, 500)],
    [
      'another kind of key',
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ],
  ])('not with %s in place of the key', (_, key) => {
    expect(() => createBench({ ...JWT, privateKey: key })).toThrow(ConfigError);
  });
});

test('by client credentials', async () => {
  const { signIn } = createBench();
  nock(ORG)
    .post(TOKEN_PATH, { grant_type: 'client_credentials', client_id: 'canary-client', client_secret: SECRET })
    .reply(200, grant(TOKENS[0]));
  await expect(signIn.token()).resolves.toMatchObject({ accessToken: TOKENS[0], instanceUrl: ORG });
});

test('only where secrets may go', () => {
  expect(() => createBench(SECRETS, 'https://salesforce.example')).toThrow(ConfigError);
});

describe('a session', () => {
  test('is opened once for all who want one, and renewed once for all whom it failed', async () => {
    const { signIn } = createBench();
    for (const token of TOKENS.slice(0, 2)) nock(ORG).post(TOKEN_PATH).reply(200, grant(token));
    const [first] = await Promise.all([signIn.token(), signIn.token()]);
    const renewed = await Promise.all([signIn.renew(first.accessToken), signIn.renew(first.accessToken)]);
    expect(renewed.map(({ accessToken }) => accessToken)).toEqual([TOKENS[1], TOKENS[1]]);
    await expect(signIn.renew(first.accessToken)).resolves.toMatchObject({ accessToken: TOKENS[1] });
    await expect(signIn.token()).resolves.toMatchObject({ accessToken: TOKENS[1] });
  });

  test('is not renewed more than five times in ten minutes', async () => {
    const { signIn, clock } = createBench();
    for (let turn = 0; turn < 7; turn += 1)
      nock(ORG)
        .post(TOKEN_PATH)
        .reply(200, grant(`token${turn}`));
    let { accessToken } = await signIn.token();
    for (let turn = 0; turn < 5; turn += 1) ({ accessToken } = await signIn.renew(accessToken));
    const error = await failure(signIn.renew(accessToken));
    expect(error).toBeInstanceOf(FatalError);
    expect(error.message).toContain('login history');
    await clock.advance(10 * 60_000);
    await expect(signIn.renew(accessToken)).resolves.toMatchObject({ accessToken: 'token6' });
  });

  test.each(['https://acme.example', 'http://127.0.0.1:4000', 'https://acme.my.salesforce.com.example'])(
    'is not taken to %s',
    async (url) => {
      const { signIn } = createBench();
      nock(ORG)
        .post(TOKEN_PATH)
        .reply(200, { ...grant(TOKENS[0]), instance_url: url });
      const error = await failure(signIn.token());
      expect(error).toBeInstanceOf(FatalError);
      expect(error.message).toContain('not its own');
    },
  );
});

describe('a sign-in that passes by itself', () => {
  test.each([
    { status: 503, body: '<html>down</html>' },
    { status: 500, body: { error: 'server_error' } },
    { status: 400, body: { error: 'unknown_error', error_description: 'retry your request' } },
    { status: 200, body: '{"access_token":"00D' },
  ])('is tried again: $status', async ({ status, body }) => {
    const { signIn, clock } = createBench();
    nock(ORG).post(TOKEN_PATH).reply(status, body);
    nock(ORG).post(TOKEN_PATH).reply(200, grant(TOKENS[0]));
    await signIn.token();
    expect(clock.slept).toEqual([750]);
  });

  test('is left after three attempts, and counts for nothing', async () => {
    const { signIn } = createBench();
    nock(ORG).post(TOKEN_PATH).times(24).reply(503);
    for (let turn = 0; turn < 8; turn += 1) {
      const error = await failure(signIn.token());
      expect(error).toBeInstanceOf(RetryableError);
      expect(error.message).toBe('Salesforce answered 503 on signing in, 3 of 3 attempts');
    }
    nock(ORG).post(TOKEN_PATH).reply(200, grant(TOKENS[0]));
    await signIn.token();
  });

  test('waits where there were too many', async () => {
    const { signIn } = createBench();
    nock(ORG).post(TOKEN_PATH).reply(400, { error: 'invalid_grant', error_description: 'login rate exceeded' });
    await expect(signIn.token()).rejects.toMatchObject({ retryAfter: 900_000 });
  });
});

describe('a refusal says what a person must do', () => {
  test.each([
    ['invalid_grant', 'expired access/refresh token', 'Approve the app anew'],
    ['invalid_grant', 'audience is invalid', 'https://test.salesforce.com for a sandbox'],
    ['invalid_grant', "user hasn't approved this consumer", 'let an administrator approve the app'],
    ['invalid_app_access', 'user is not admin approved to access this app', 'let an administrator approve the app'],
    ['invalid_grant', 'expired authorization code', 'set the clock of this machine'],
    ['invalid_grant', 'invalid assertion', 'the private key does not belong'],
    ['invalid_grant', 'request not supported on this domain', "the org's own address"],
    ['invalid_grant', 'no client credentials user enabled', 'choose a user for the app'],
    ['inactive_user', 'user is inactive', 'not active'],
    ['invalid_grant', 'ip restricted', 'login IP ranges'],
    ['invalid_grant', 'authentication failure', 'login history'],
    ['invalid_client_id', 'client identifier invalid', 'the client id or the client secret'],
    ['invalid_client', 'invalid client credentials', 'the client id or the client secret'],
    ['unsupported_grant_type', 'grant type not supported', 'this way of signing in'],
    ['ada@example.com', 'something new', 'check the login address'],
  ])('%s: %s', async (error, description, advice) => {
    const { signIn } = createBench();
    nock(ORG).post(TOKEN_PATH).reply(400, { error, error_description: description });
    const refused = await failure(signIn.token());
    expect(refused).toBeInstanceOf(FatalError);
    expect(refused.message).toContain(advice);
    expect(refused.message).toMatch(/^Salesforce refused the sign-in \(400/);
    expect(refused.message).not.toMatch(/ada@|canary/);
  });

  test('is not asked for again and again', async () => {
    const { signIn } = createBench();
    nock(ORG).post(TOKEN_PATH).times(6).reply(400, { error: 'invalid_client', error_description: 'no' });
    for (let turn = 0; turn < 8; turn += 1) expect(await failure(signIn.token())).toBeInstanceOf(FatalError);
  });

  test('a redirect is not followed with the secret', async () => {
    const { signIn } = createBench();
    nock(ORG).post(TOKEN_PATH).reply(307, '', { Location: 'https://elsewhere.example/' });
    expect((await failure(signIn.token())).message).toContain('not followed');
  });
});
