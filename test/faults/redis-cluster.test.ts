import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { readCursor } from '../../src/ledger/progress.ts';
import { createRedis } from '../../src/queue/create-redis.ts';
import { findRedisServer } from '../../src/queue/redis-server.ts';
import { freePort } from '../support/free-port.ts';
import { keepSending } from '../support/keep-sending.ts';
import { openProcessPortal } from '../support/process-portal.ts';
import { createReceiverBench, event } from '../support/receiver-bench.ts';
import { type ClusterOptions, startRedisCluster, type TestNode } from '../support/redis-cluster.ts';
import { copyConfig } from '../support/run-cli.ts';

const binary = findRedisServer(process.env.PATH);
const LEADS = 600;

describe.skipIf(binary === undefined)('a master of a Redis Cluster', { timeout: 300_000 }, () => {
  it.each(['hubspot', 'queues'])(
    'that has {%s}, killed in the middle of a backfill and started again on its append-only file: the CRM is as it must be',
    async (tag) => {
      const cluster = await openCluster({ nodeTimeout: 1_500 });
      // The sixth attempt comes after eight seconds, when all others have said that the cluster is down, and workers have given up
      // waiting for a job on the connections that they had.
      await backfillWhile(cluster.url, await cluster.masterOf(tag), {
        attempts: 6,
        replace: (master) => master.restart(),
      });
    },
  );

  it.each(['hubspot', 'queues'])(
    'that has {%s}, killed for good in the middle of a backfill, and its replica takes over: the CRM is as it must be',
    async (tag) => {
      const cluster = await openCluster({ nodeTimeout: 1_500, replicas: 3 });
      await backfillWhile(cluster.url, await cluster.masterOf(tag), { attempts: 1, replace: async () => {} });
    },
  );

  it.each(['hubspot', 'queues'])(
    'that has {%s}, killed under load and started again on its append-only file, has all that was acknowledged',
    async (tag) => {
      const cluster = await openCluster({ nodeTimeout: 1_500 });
      const bench = await createReceiverBench({ url: cluster.url, kind: 'url' });
      const sending = keepSending({
        send: async (lead, attemptNumber = 0) => (await bench.send([event(lead, { attemptNumber })])).status,
        taken: 204,
      });
      const { acknowledged, refused, until } = sending;
      await until(() => acknowledged.size > 200);
      const master = await cluster.masterOf(tag);
      await master.kill();
      const before = acknowledged.size;
      await until(() => refused.size > 5);
      await master.restart();
      await until(() => acknowledged.size > before + 100);
      await sending.stop();

      const held = new Set((await bench.dirty()).map(Number));
      expect([...acknowledged].filter((id) => !held.has(id))).toEqual([]);
      expect(await bench.waiting('score')).toBe(1);
      await sending.sendRefused();
      expect((await bench.dirty()).length).toBe(acknowledged.size + refused.size);
    },
  );
});

async function openCluster(options: ClusterOptions) {
  const cluster = await startRedisCluster(binary ?? '', options);
  onTestFinished(() => cluster.close());
  return cluster;
}

interface Away {
  /** How often the receiver refuses one delivery before the master is replaced: its sender comes again. */
  readonly attempts: number;
  replace(master: TestNode): Promise<void>;
}

/** Demo requests come before, while and after the master is away. */
async function backfillWhile(url: string, master: TestNode, { attempts, replace }: Away) {
  const port = await freePort();
  const webhooks = { url: `http://127.0.0.1:${port}/webhooks/hubspot`, secret: 'a-client-secret' };
  const portal = await openProcessPortal({ url, client: () => clientOf(url) }, { leads: LEADS, webhooks });
  const { people, webhooks: sender, portal: hubspot } = portal.sandbox;
  const ask = (name: string) =>
    people.submitForm('demo', { email: `${name}@acme-${name}.example`, jobtitle: 'CEO' }).contact;
  const isRefused = () => sender?.deliveries.some(({ status, attempt }) => status === 503 && attempt + 1 >= attempts);

  const brisk = { LEADGAUGE_CONFIG: copyConfig() };
  writeFileSync(join(brisk.LEADGAUGE_CONFIG, 'schedules.yaml'), 'pull_activities: { every: 5s }\n');
  const processes = ['receiver', 'worker'].map((what) => portal.runWith(brisk, 'start', what));
  await portal.written(1);
  const asked = [ask('ada')];
  expect(hubspot.contacts.all.filter((one) => hubspot.numberOf(one, 'leadgauge_scored_at') === undefined)).not.toEqual(
    [],
  );
  await master.kill();
  asked.push(ask('ben'));
  await portal.until(() => isRefused() === true);
  await replace(master);
  asked.push(ask('cleo'));
  await portal.until(() =>
    asked.every((contact) => hubspot.numberOf(contact, 'leadgauge_fast_track_at') !== undefined),
  );
  // Each request was a visit as well, which counts from the next poll on.
  const last = systemClock.now();
  await portal.until(async () => ((await readCursor(portal.space, 'page-view', systemClock.now())) ?? 0) > last);
  await portal.settled();
  await sender?.settled();
  for (const { child } of processes) child.kill('SIGTERM');
  for (const { code, output } of processes) expect(await code, output()).toBe(0);

  expect(asked.map((contact) => hubspot.tasks.ofContact(contact).length)).toEqual([1, 1, 1]);
  await portal.expectWhole();
}

function clientOf(url: string) {
  const client = createRedis(url, 'patient');
  client.on('error', () => {});
  onTestFinished(() => client.disconnect());
  return client;
}
