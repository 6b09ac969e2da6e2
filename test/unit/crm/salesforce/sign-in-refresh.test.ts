import { setImmediate } from 'node:timers/promises';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../../src/base/clock.ts';
import { FatalError, RetryableError } from '../../../../src/base/errors.ts';
import { createSignIn } from '../../../../src/crm/salesforce/sign-in/sign-in.ts';
import type { TokenLease, TokenStore } from '../../../../src/crm/salesforce/sign-in/token-store.ts';
import { createSpace } from '../../../../src/ledger/space.ts';
import { createTokenStore } from '../../../../src/queue/token-store.ts';
import { emptyRedis, keysLike } from '../../../support/redis-keys.ts';
import {
  createBench,
  failure,
  grant,
  ORG,
  org,
  playTranscripts,
  problem,
  SECRET,
} from '../../../support/salesforce-transcript.ts';
import { MONDAY } from '../../../support/test-clock.ts';
import { startTestRedis } from '../../../support/test-redis.ts';

playTranscripts();
const redis = await startTestRedis();
const TOKEN_PATH = '/services/oauth2/token';

/** Time stands still: whoever waits for its turn looks again until it comes. */
const clock: Clock = { now: () => MONDAY, sleep: () => setImmediate() };

function createStore(): TokenStore {
  return createTokenStore(createSpace(redis.client(), 'test', 'salesforce'), { secret: SECRET, clock });
}

/** A process of its own, but for its memory. */
function createProcess({ refreshToken = 'refresh0', store = createStore() } = {}) {
  return createSignIn({
    loginUrl: ORG,
    credentials: { flow: 'refresh-token', clientId: 'canary-client', clientSecret: SECRET, refreshToken },
    store,
    clock,
    random: () => 0.5,
  });
}

/** The org's next refresh: only this refresh token is good, and the next one comes with the answer. */
function refreshes(refreshToken: string, accessToken: string, next?: string) {
  return nock(ORG)
    .post(TOKEN_PATH, {
      grant_type: 'refresh_token',
      client_id: 'canary-client',
      client_secret: SECRET,
      refresh_token: refreshToken,
    })
    .reply(200, { ...grant(accessToken), ...(next === undefined ? {} : { refresh_token: next }) });
}

describe('a refresh token', () => {
  test('is used once: the next refresh sends the one that the last brought', async () => {
    const signIn = createProcess();
    refreshes('refresh0', 'access1', 'refresh1');
    refreshes('refresh1', 'access2', 'refresh2');
    refreshes('refresh2', 'access3', 'refresh3');
    const { accessToken } = await signIn.token();
    expect(accessToken).toBe('access1');
    await signIn.renew('access1');
    await expect(signIn.renew('access2')).resolves.toMatchObject({ accessToken: 'access3', instanceUrl: ORG });
  });

  test('outlives the process', async () => {
    refreshes('refresh0', 'access1', 'refresh1');
    await createProcess().token();
    const later = createProcess();
    await expect(later.token()).resolves.toMatchObject({ accessToken: 'access1' });
    refreshes('refresh1', 'access2', 'refresh2');
    await expect(later.renew('access1')).resolves.toMatchObject({ accessToken: 'access2' });
  });

  test('that the org does not rotate is kept', async () => {
    const signIn = createProcess();
    refreshes('refresh0', 'access1');
    refreshes('refresh0', 'access2');
    await signIn.token();
    await signIn.renew('access1');
  });

  test('is sent by one process where several find the session gone at once', async () => {
    refreshes('refresh0', 'access1', 'refresh1');
    const processes = [createProcess(), createProcess(), createProcess(), createProcess()];
    const sessions = await Promise.all(processes.map((signIn) => signIn.token()));
    expect(sessions.map(({ accessToken }) => accessToken)).toEqual(Array(4).fill('access1'));
    refreshes('refresh1', 'access2', 'refresh2');
    const renewed = await Promise.all(processes.map((signIn) => signIn.renew('access1')));
    expect(renewed.map(({ accessToken }) => accessToken)).toEqual(Array(4).fill('access2'));
  });

  test('is used where the session that another process saved is over as well', async () => {
    refreshes('refresh0', 'access1', 'refresh1');
    const [idle, other] = [createProcess(), createProcess()];
    await idle.token();
    refreshes('refresh1', 'access2', 'refresh2');
    await other.renew('access1');
    const { api } = createBench({ signIn: idle });
    const limits = '/services/data/v68.0/limits';
    org('access1').get(limits).reply(401, problem('INVALID_SESSION_ID'));
    org('access2').get(limits).reply(401, problem('INVALID_SESSION_ID'));
    refreshes('refresh2', 'access3', 'refresh3');
    org('access3').get(limits).reply(200, {});
    await expect(api.call({ kind: 'setup', method: 'GET', path: limits })).resolves.toMatchObject({ status: 200 });
  });

  test('that a person put in anew counts more than what came of the former one', async () => {
    refreshes('refresh0', 'access1', 'refresh1');
    await createProcess().token();
    refreshes('anew', 'access9', 'anew1');
    await expect(createProcess({ refreshToken: 'anew' }).token()).resolves.toMatchObject({ accessToken: 'access9' });
  });

  test('that was used up is told as such', async () => {
    const signIn = createProcess();
    nock(ORG)
      .post(TOKEN_PATH)
      .reply(400, { error: 'invalid_grant', error_description: 'expired access/refresh token' });
    const error = await failure(signIn.token());
    expect(error).toBeInstanceOf(FatalError);
    expect(error.message).toContain('SALESFORCE_REFRESH_TOKEN');
  });

  test('that Redis lost is known to the process that had it last', async () => {
    const signIn = createProcess();
    refreshes('refresh0', 'access1', 'refresh1');
    await signIn.token();
    refreshes('refresh1', 'access2', 'refresh2');
    await signIn.renew('access1');
    await emptyRedis(redis.client());
    refreshes('refresh2', 'access3', 'refresh3');
    await expect(signIn.renew('access2')).resolves.toMatchObject({ accessToken: 'access3' });
    refreshes('refresh3', 'access4', 'refresh4');
    await expect(createProcess().renew('access3')).resolves.toMatchObject({ accessToken: 'access4' });
  });

  test('of which Redis lost the last second is not taken for an older one', async () => {
    const signIn = createProcess();
    refreshes('refresh0', 'access1', 'refresh1');
    await signIn.token();
    const client = redis.client();
    const keys = await keysLike(client, '*');
    const before = await Promise.all(keys.map(async (key) => [key, await client.hgetall(key)] as const));
    refreshes('refresh1', 'access2', 'refresh2');
    await signIn.renew('access1');
    await emptyRedis(client);
    for (const [key, fields] of before) await client.hset(key, fields);
    refreshes('refresh2', 'access3', 'refresh3');
    await expect(signIn.renew('access2')).resolves.toMatchObject({ accessToken: 'access3' });
  });

  test('that another process had last counts more than what this one remembers', async () => {
    const [idle, other] = [createProcess(), createProcess()];
    refreshes('refresh0', 'access1', 'refresh1');
    await idle.token();
    refreshes('refresh1', 'access2', 'refresh2');
    await other.renew('access1');
    refreshes('refresh2', 'access3', 'refresh3');
    await idle.renew('access1');
    await expect(idle.renew('access2')).resolves.toMatchObject({ accessToken: 'access3' });
  });

  test('is not lost to the process where it could not be saved', async () => {
    const store = createStore();
    let away = true;
    const save = (lease: TokenLease): TokenLease['save'] => {
      return away ? () => Promise.reject(new RetryableError('Redis is away')) : lease.save;
    };
    const sometimesAway: TokenStore = {
      read: store.read,
      alone: (work) => store.alone((lease) => work({ save: save(lease) })),
    };
    const signIn = createProcess({ store: sometimesAway });
    refreshes('refresh0', 'access1', 'refresh1');
    expect(await failure(signIn.token())).toBeInstanceOf(RetryableError);
    away = false;
    await expect(signIn.token()).resolves.toMatchObject({ accessToken: 'access1' });
    await expect(createProcess().token()).resolves.toMatchObject({ accessToken: 'access1' });
    refreshes('refresh1', 'access2', 'refresh2');
    await expect(createProcess().renew('access1')).resolves.toMatchObject({ accessToken: 'access2' });
  });
});
