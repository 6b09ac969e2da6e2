import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RedisClient } from '../../src/ledger/redis-client.ts';
import { createRedis } from '../../src/queue/create-redis.ts';
import { findRedisServer } from '../../src/queue/redis-server.ts';
import { startRedisCluster, type TestCluster } from '../support/redis-cluster.ts';
import { emptyRedis, keysLike } from '../support/redis-keys.ts';
import { openCliPortal, runCli } from '../support/run-cli.ts';

const binary = findRedisServer(process.env.PATH);

describe.skipIf(binary === undefined)(
  'the command line, with a Redis Cluster at REDIS_URL',
  { timeout: 120_000 },
  () => {
    let cluster: TestCluster;

    beforeAll(async () => {
      cluster = await startRedisCluster(binary ?? '');
    });
    beforeEach(() => emptyRedis(open()));
    afterAll(() => cluster.close());

    function open(): RedisClient {
      const client = createRedis(cluster.url, 'patient');
      client.on('error', () => {});
      onTestFinished(() => client.disconnect());
      return client;
    }

    async function openPortal() {
      const { env, ...portal } = await openCliPortal({ leads: 60 });
      const own = { ...env, REDIS_URL: cluster.url };
      return { ...portal, own, run: (...args: string[]) => runCli(args, own) };
    }

    test('checks, scores, explains, plans and forgets as with any other', async () => {
      const { run, sandbox } = await openPortal();
      const client = open();
      await client.set('somebody:else', '1');
      expect(await run('setup', '--yes')).toMatchObject({ code: 0 });
      const { code, out } = await run('check');
      expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('the Redis at REDIS_URL answers') });

      const scored = await run('backfill', '--json');
      expect(JSON.parse(scored.out)).toMatchObject({ leads: 60, failed: 0 });
      expect(JSON.parse((await run('backfill', '--json')).out)).toMatchObject({ written: 0, unchanged: 60, failed: 0 });
      const [contact] = sandbox.portal.contacts.all;
      if (contact === undefined) throw new Error('the portal is empty');
      const explained = await run('explain', contact.id, '--json');
      const score = sandbox.portal.numberOf(contact, 'leadgauge_score');
      expect(JSON.parse(explained.out)).toMatchObject({ score });
      expect(explained.err).not.toContain('has seen no backfill');

      const before = (await keysLike(client, '*')).sort();
      expect(JSON.parse((await run('plan', '--json')).out)).toMatchObject({ leads: 60 });
      expect((await keysLike(client, '*')).sort()).toEqual(before);
      expect(JSON.parse((await run('status', '--json')).out).connections.hubspot.scored.state).toBe('done');

      expect(await run('remove', 'hubspot', '--redis', '--yes')).toMatchObject({ code: 0 });
      expect(await keysLike(client, '*')).toEqual(['somebody:else']);
    });

    test('plays the demo, and takes away what it kept', async () => {
      const { code, out } = await runCli(['demo', '--once', '--json', '--verify', '--leads', '60'], {
        REDIS_URL: cluster.url,
      });
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ redis: 'url', verified: { wrong: 0 } });
      expect(await keysLike(open(), '*')).toEqual([]);
    });

    test('names what is wrong with the address', async () => {
      const alone = `redis://127.0.0.1:${cluster.nodes[0]?.port}`;
      const { own } = await openPortal();
      const { code, err } = await runCli(['check'], { ...own, REDIS_URL: alone });
      expect(code).toBe(2);
      expect(err).toContain('REDIS_URL names one node of a Redis Cluster as if it were all');
    });
  },
);
