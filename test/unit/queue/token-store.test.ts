import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../../src/base/clock.ts';
import { FatalError, RetryableError } from '../../../src/base/errors.ts';
import type { SavedTokens, TokenLease } from '../../../src/crm/salesforce/sign-in/token-store.ts';
import { createSpace } from '../../../src/ledger/space.ts';
import { createTokenStore } from '../../../src/queue/token-store.ts';
import { keysLike } from '../../support/redis-keys.ts';
import { createTestClock } from '../../support/test-clock.ts';
import { startTestRedis } from '../../support/test-redis.ts';

const redis = await startTestRedis();
const client = redis.client();

/** Time stands still: whoever waits for a turn looks again until it comes. */
const standing = { ...createTestClock(), sleep: () => setImmediate() };

function createBench({ secret = 'canary-secret', connection = 'salesforce', clock = createTestClock() } = {}) {
  return { clock, store: createTokenStore(createSpace(client, 'test', connection), { secret, clock }) };
}

function tokens(turn: number): SavedTokens {
  return {
    accessToken: `canary-access-${turn}`,
    instanceUrl: 'https://acme.my.salesforce.com',
    refreshToken: `canary-refresh-${turn}`,
    refreshes: turn,
  };
}

describe('tokens', () => {
  test('come back as they were saved, in every process', async () => {
    const { store } = createBench();
    await expect(store.read('approval')).resolves.toBeUndefined();
    await expect(store.alone((lease) => lease.save('approval', tokens(1)))).resolves.toBe(true);
    await store.alone((lease) => lease.save('approval', tokens(2)));
    await expect(createBench().store.read('approval')).resolves.toEqual(tokens(2));
  });

  test('stand in Redis so that nobody can read them there', async () => {
    const { store } = createBench();
    await store.alone((lease) => lease.save('approval', tokens(1)));
    const keys = await keysLike(client, '*');
    const dump = JSON.stringify(await Promise.all(keys.map((key) => client.hgetall(key))));
    expect(keys.length).toBeGreaterThan(0);
    expect(dump).not.toMatch(/canary|acme/);
    expect(keys.join()).not.toMatch(/canary|acme/);
  });

  test('of another approval are not returned', async () => {
    const { store } = createBench();
    await store.alone((lease) => lease.save('approval', tokens(1)));
    await expect(store.read('another')).resolves.toBeUndefined();
  });

  test('cannot be opened by another secret, moved to another connection, or changed', async () => {
    const { store } = createBench();
    await store.alone((lease) => lease.save('approval', tokens(1)));
    const other = createBench({ secret: 'another secret' }).store;
    await expect(other.read('approval')).rejects.toThrow(FatalError);
    await expect(other.read('approval')).rejects.toThrow(/^(?!.*canary).*SALESFORCE_REFRESH_TOKEN$/);
    const [key = ''] = await keysLike(client, '*tokens');
    const sealed = (await client.hget(key, 'sealed')) ?? '';
    await client.hset('test:{elsewhere}:sign-in:tokens', { approval: 'approval', sealed });
    await expect(createBench({ connection: 'elsewhere' }).store.read('approval')).rejects.toThrow(FatalError);
    const changed = Buffer.from(sealed, 'base64');
    changed[40] = (changed[40] ?? 0) ^ 1;
    await client.hset(key, 'sealed', changed.toString('base64'));
    await expect(store.read('approval')).rejects.toThrow(FatalError);
  });
});

describe('a turn', () => {
  test('is had by one at a time', async () => {
    const log: string[] = [];
    const turns = ['a', 'b', 'c'].map((name) =>
      createBench({ clock: standing }).store.alone(async () => {
        log.push(`${name} begins`);
        await client.ping();
        log.push(`${name} ends`);
      }),
    );
    await Promise.all(turns);
    expect(log.filter((_, place) => place % 2 === 0).map((line) => line.replace('begins', 'ends'))).toEqual(
      log.filter((_, place) => place % 2 === 1),
    );
  });

  test('ends with what it was taken for, if that fails too', async () => {
    const { store, clock } = createBench();
    await expect(store.alone(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await store.alone(async () => {});
    expect(clock.slept).toEqual([]);
  });

  test('of a process that died is over after two minutes', async () => {
    const { store, clock } = createBench();
    const never = new Promise<void>(() => {});
    void store.alone(() => never);
    const start = clock.now();
    await createBench({ clock }).store.alone(async () => {});
    expect(clock.now() - start).toBe(2 * MINUTE);
  });

  test('that others have over and over is not waited for for ever', async () => {
    const clock = createTestClock();
    const taken = () =>
      client.hset('test:{salesforce}:sign-in:turns', { holder: 'another', ends: clock.now() + MINUTE });
    const busy = {
      now: clock.now,
      async sleep(ms: number) {
        await clock.sleep(ms);
        await taken();
      },
    };
    await taken();
    const store = createTokenStore(createSpace(client, 'test', 'salesforce'), { secret: 'canary-secret', clock: busy });
    await expect(store.alone(async () => {})).rejects.toThrow(RetryableError);
  });

  test('that a wrong clock took for years counts for nothing', async () => {
    const { store, clock } = createBench();
    await client.hset('test:{salesforce}:sign-in:turns', { holder: 'another', ends: clock.now() + 1e12 });
    await store.alone(async () => {});
    expect(clock.slept).toEqual([]);
  });

  test('that was slept through saves nothing over what came later', async () => {
    const { store, clock } = createBench();
    let slept: TokenLease | undefined;
    void store.alone((lease) => {
      slept = lease;
      return new Promise<void>(() => {});
    });
    const other = createBench({ clock }).store;
    await other.alone((lease) => lease.save('approval', tokens(2)));
    await expect(slept?.save('approval', tokens(1))).resolves.toBe(false);
    await expect(other.read('approval')).resolves.toEqual(tokens(2));
  });

  test('goes on counting where only a part of Redis was lost', async () => {
    const { store } = createBench();
    for (const turn of [1, 2, 3]) await store.alone((lease) => lease.save('approval', tokens(turn)));
    await client.del('test:{salesforce}:sign-in:turns');
    await expect(store.alone((lease) => lease.save('approval', tokens(4)))).resolves.toBe(true);
  });
});
