import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../../src/base/log.ts';
import { connectRedis } from '../../../src/cli/connect-redis.ts';
import { executeSpread } from '../../../src/ledger/execute.ts';
import type { RedisClient } from '../../../src/ledger/redis-client.ts';
import { eraseKeys, scanKeys } from '../../../src/ledger/scan-keys.ts';
import { defineScript } from '../../../src/ledger/script.ts';
import { createRedis, type Patience } from '../../../src/queue/create-redis.ts';
import { notReady } from '../../../src/queue/not-ready.ts';
import { createQueues } from '../../../src/queue/queues.ts';
import { findRedisServer, startRedisServer } from '../../../src/queue/redis-server.ts';
import { startRedisCluster, type TestCluster, type TestNode } from '../../support/redis-cluster.ts';
import { emptyRedis, keysLike } from '../../support/redis-keys.ts';

const binary = findRedisServer(process.env.PATH);

describe.skipIf(binary === undefined)('a Redis Cluster', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await startRedisCluster(binary ?? '');
  });
  afterAll(() => cluster.close());
  beforeEach(() => emptyRedis(open()));

  function open(patience: Patience = 'patient', url = cluster.url): RedisClient {
    const client = createRedis(url, patience);
    client.on('error', () => {});
    onTestFinished(() => client.disconnect());
    return client;
  }

  /** One key on each master. */
  async function spreadKeys(): Promise<string[]> {
    const tags = Array.from({ length: 50 }, (_, index) => `person-${index}`);
    const masters = await Promise.all(tags.map((tag) => cluster.masterOf(tag)));
    return cluster.nodes.map((node) => `test:{${tags[masters.indexOf(node)]}}:key`);
  }

  async function putAway(node: TestNode): Promise<void> {
    await node.kill();
    onTestFinished(async () => {
      await node.restart();
      await cluster.untilWhole();
    });
  }

  test('is found from any of its nodes', async () => {
    for (const { port } of cluster.nodes) {
      const client = open('patient', `redis://127.0.0.1:${port}?cluster=true`);
      for (const key of await spreadKeys()) expect(await client.set(key, String(port))).toBe('OK');
    }
  });

  test('lets whoever has its password in to every node', async () => {
    for (const { client } of cluster.nodes) await client.config('SET', 'requirepass', 'a:word');
    onTestFinished(async () => {
      for (const { client } of cluster.nodes) await client.config('SET', 'requirepass', '');
    });
    const client = await connectRedis(cluster.url.replace('//', '//:a%3Aword@'), silentLog);
    onTestFinished(() => client.disconnect());
    for (const key of await spreadKeys()) expect(await client.set(key, '1')).toBe('OK');
    await expect(connectRedis(cluster.url, silentLog)).rejects.toThrow(/correct the addresses or the password/);
  });

  test('takes commands that go to several of its masters, and gives their replies in order', async () => {
    const client = open();
    const keys = await spreadKeys();
    await executeSpread(
      client,
      keys.map((key, index) => ['hset', key, 'is', index]),
    );
    const asked = keys.flatMap((key) => [['hgetall', key] as const, ['hlen', key] as const]);
    expect(await executeSpread(client, asked)).toEqual([{ is: '0' }, 1, { is: '1' }, 1, { is: '2' }, 1]);
    await expect(
      executeSpread(client, [
        ['hgetall', keys[0] ?? ''],
        ['get', keys[1] ?? ''],
      ]),
    ).rejects.toThrow('WRONGTYPE');
  });

  test('is looked through and erased whole, and what begins otherwise stays', async () => {
    const client = open();
    const keys = await spreadKeys();
    for (const key of [...keys, 'other:{a}:key', 'tester:{b}:key']) await client.set(key, '1');
    const found: string[] = [];
    for await (const some of scanKeys(client, 'test:')) found.push(...some);
    expect(found.sort()).toEqual(keys.toSorted());
    await eraseKeys(client, 'test:');
    expect((await keysLike(client, '*')).sort()).toEqual(['other:{a}:key', 'tester:{b}:key']);
  });

  test('runs a script on a master that does not know it, as one is that took over', async () => {
    const client = open();
    const add = defineScript("return redis.call('INCRBY', KEYS[1], ARGV[1])");
    for (const key of await spreadKeys()) {
      expect(await add(client, [key], [1])).toBe(1);
      for (const node of cluster.nodes) await node.client.script('FLUSH');
      expect(await add(client, [key], [2])).toBe(3);
    }
  });

  describe('is ready', () => {
    test('with noeviction on every master', async () => {
      expect(await notReady(open(), 'url')).toBeUndefined();
    });

    test.each([0, 1, 2])('and not where master %i may drop keys', async (index) => {
      const node = cluster.nodes[index]?.client;
      await node?.config('SET', 'maxmemory-policy', 'allkeys-lru');
      onTestFinished(() => void node?.config('SET', 'maxmemory-policy', 'noeviction'));
      expect(await notReady(open(), 'url')).toContain('maxmemory-policy is allkeys-lru');
    });

    test('and not where a master is away, and again once it is back, though nothing asked for its keys', async () => {
      const client = open();
      await client.connect();
      expect(await notReady(client, 'url')).toBeUndefined();
      const [node] = cluster.nodes;
      await node?.kill();
      expect(await notReady(client, 'url')).toMatch(/does not answer/);
      await node?.restart();
      await cluster.untilWhole();
      expect(await notReady(client, 'url')).toBeUndefined();
    });

    test('and not where one node is named as if it were all', async () => {
      const client = open('patient', `redis://127.0.0.1:${cluster.nodes[0]?.port}`);
      expect(await notReady(client, 'url')).toMatch(/one node of a Redis Cluster .* add \?cluster=true/);
    });
  });

  describe('at the start', () => {
    test('must have all its masters', async () => {
      const [, node] = cluster.nodes;
      if (node !== undefined) await putAway(node);
      await expect(connectRedis(cluster.url, silentLog)).rejects.toThrow(/not all of its masters/);
    });

    test('is no Redis by itself', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'leadgauge-redis-'));
      const alone = await startRedisServer(binary ?? '', folder);
      onTestFinished(() => alone.close().then(() => rm(folder, { recursive: true })));
      await expect(connectRedis(`${alone.url},127.0.0.1:1`, silentLog)).rejects.toThrow(
        /a Redis by itself: name that one alone/,
      );
    });
  });

  test('that is down when somebody connects is there for them once it is up', async () => {
    const other = await startRedisCluster(binary ?? '', { nodeTimeout: 1_000 });
    onTestFinished(() => other.close());
    const [lost, ...rest] = other.nodes;
    await lost?.kill();
    for (const { client } of rest)
      await expect.poll(() => client.cluster('INFO'), { timeout: 20_000 }).toContain('cluster_state:fail');
    const client = open('patient', other.url);
    await client.connect();
    const done = executeSpread(
      client,
      Array.from({ length: 20 }, (_, index) => ['incr', `{${index}}`]),
    );
    await lost?.restart();
    expect(await done).toEqual(Array.from({ length: 20 }, () => 1));
  });

  test('with a master away, a command for it fails, others are served, and all is well when it is back', async () => {
    const client = open('quick');
    await new Promise<void>((resolve) => void client.once('ready', () => resolve()));
    const queues = createQueues(client, 'test', ['score'], silentLog, { producerOnly: true });
    onTestFinished(() => queues.close());
    await queues.wake('score', 'hubspot');
    const lost = await cluster.masterOf('queues');
    const keys = await spreadKeys();
    await lost.kill();
    await expect(queues.wake('score', 'hubspot')).rejects.toThrow();
    for (const [index, key] of keys.entries())
      if (cluster.nodes[index] !== lost) expect(await client.set(key, '1')).toBe('OK');
    await lost.restart();
    await cluster.untilWhole();
    await expect
      .poll(() =>
        queues.wake('score', 'hubspot').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });
});
