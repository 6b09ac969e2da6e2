import { generateKeyPairSync } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../../../src/base/clock.ts';
import type { Credentials } from '../../../../src/crm/salesforce/sign-in/credentials.ts';
import { createSignIn } from '../../../../src/crm/salesforce/sign-in/sign-in.ts';
import { createSpace } from '../../../../src/ledger/space.ts';
import { createTokenStore } from '../../../../src/queue/token-store.ts';
import {
  type Client,
  createOrg,
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '../../../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { createBench, failure } from '../../../support/salesforce-transcript.ts';
import { MONDAY } from '../../../support/test-clock.ts';
import { startTestRedis } from '../../../support/test-redis.ts';

const redis = await startTestRedis();
/** Time stands still: whoever waits for its turn looks again until it comes. */
const clock: Clock = { now: () => MONDAY, sleep: () => setImmediate() };
const LIMITS = { kind: 'setup', method: 'GET', path: '/services/data/v68.0/limits' } as const;

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const CLIENT = { clientId: 'canary-client', clientSecret: 'canary-secret' };
const USER = 'robot@acme.example';

async function startSandbox(client: Client): Promise<SalesforceSandbox> {
  const integrationUser = { firstName: 'Robot', lastName: 'Acme', email: USER, username: USER };
  const sandbox = await startSalesforceSandbox({ org: createOrg({ clock, integrationUser }), clients: [client] });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A process of its own, but for its memory. */
function createProcess({ url }: SalesforceSandbox, credentials: Credentials) {
  const store = createTokenStore(createSpace(redis.client(), 'test', 'salesforce'), { secret: 'canary', clock });
  const signIn = createSignIn({ loginUrl: url, credentials, store, clock, random: () => 0.5 });
  return { ...createBench({ signIn }), signIn };
}

test('a signed assertion, and a secret, open a session of the sandbox', async () => {
  const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const sandbox = await startSandbox({ ...CLIENT, certificate, runAs: USER });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const { clientId } = CLIENT;
  for (const credentials of [
    { flow: 'jwt-bearer', clientId, username: USER, privateKey: pem },
    { flow: 'client-credentials', ...CLIENT },
  ] as const) {
    const { api } = createProcess(sandbox, credentials);
    await expect(api.call(LIMITS)).resolves.toMatchObject({ status: 200 });
    sandbox.expireSessions();
    await expect(api.call(LIMITS)).resolves.toMatchObject({ status: 200 });
  }
});

test('processes that share a rotated refresh token never send one twice, however often sessions end', async () => {
  const sandbox = await startSandbox(CLIENT);
  const refreshToken = sandbox.signIn.approve(CLIENT.clientId, USER);
  const credentials: Credentials = { flow: 'refresh-token', ...CLIENT, refreshToken };
  const processes = Array.from({ length: 4 }, () => createProcess(sandbox, credentials));
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(processes.flatMap(({ api }) => [api.call(LIMITS), api.call(LIMITS)]));
    sandbox.expireSessions();
  }
  const late = createProcess(sandbox, credentials);
  await expect(late.api.call(LIMITS)).resolves.toMatchObject({ status: 200 });
});

test('a refresh token that somebody else used is told as such, and asked for no more than five times', async () => {
  const sandbox = await startSandbox(CLIENT);
  const refreshToken = sandbox.signIn.approve(CLIENT.clientId, USER);
  const { signIn } = createProcess(sandbox, { flow: 'refresh-token', ...CLIENT, refreshToken });
  sandbox.signIn.revoke(refreshToken);
  for (let turn = 0; turn < 8; turn += 1) {
    const error = await failure(signIn.token());
    expect(error.message).toMatch(/SALESFORCE_REFRESH_TOKEN|login history/);
  }
});
