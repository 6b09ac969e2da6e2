import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createHubspot } from '../../src/crm/hubspot/hubspot.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { createSpace } from '../../src/ledger/space.ts';
import { createPortal, DEMO_TOKEN, type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { verifyPortal } from '../../src/sync/verify-portal.ts';
import { startTestRedis } from '../support/test-redis.ts';
import { createUnlimitedBudget } from '../support/unlimited-budget.ts';

const redis = await startTestRedis();
const LEADS = 320;
const UPDATE = '/crm/objects/{version}/contacts/batch/update';

describe('leadgauge as processes', { timeout: 60_000 }, () => {
  it('SIGTERM in the middle of a backfill, then again: everything is as if it had never been stopped', async () => {
    const portal = await openPortal();
    const first = portal.run('backfill', '--json');
    await portal.written(1);
    first.child.kill('SIGTERM');
    expect(await first.code).toBe(1);
    expect(first.output()).toContain('stopped');
    const second = portal.run('backfill', '--json');
    expect(await second.code).toBe(0);
    await portal.expectWhole();
  });

  it('SIGTERM in the middle of start, then again: exit 0, and everything is as if it had never been stopped', async () => {
    const portal = await openPortal();
    const first = portal.run('start', 'worker');
    await portal.written(1);
    first.child.kill('SIGTERM');
    expect(await first.code).toBe(0);
    const second = portal.run('start', 'worker');
    await portal.settled();
    second.child.kill('SIGTERM');
    expect(await second.code).toBe(0);
    await portal.expectWhole();
  });

  it.each([1, 2, 3])('SIGKILL after write %i of a backfill, then again: no lead is missed', async (writes) => {
    const portal = await openPortal();
    const first = portal.run('backfill', '--json');
    await portal.written(writes);
    first.child.kill('SIGKILL');
    await first.code;
    await portal.endLeases();
    const second = portal.run('backfill', '--json');
    expect(await second.code).toBe(0);
    expect(JSON.parse(second.output())).toMatchObject({ leads: LEADS, failed: 0 });
    await portal.expectWhole();
  });

  it('two workers on one Redis end in the same state, with one task for a demo request', async () => {
    const portal = await openPortal();
    const workers = [portal.run('start', 'worker'), portal.run('start', 'worker')];
    await portal.settled();
    await portal.expectWhole();
    const { contact } = portal.sandbox.people.submitForm('demo', { email: 'ada@acme-ada.example', jobtitle: 'CEO' });
    await portal.until(() => portal.sandbox.portal.numberOf(contact, 'leadgauge_fast_track_at') !== undefined);
    for (const { child } of workers) child.kill('SIGTERM');
    expect(await Promise.all(workers.map(({ code }) => code))).toEqual([0, 0]);
    expect(portal.sandbox.portal.tasks.ofContact(contact)).toHaveLength(1);
  });

  it('a receiver of its own takes in what the portal sends, and a worker puts the demo request before sales', async () => {
    const port = await freePort();
    const secret = 'a-client-secret';
    const webhooks = { url: `http://127.0.0.1:${port}/webhooks/hubspot`, secret };
    const portal = await openPortal({ leads: 20, webhooks });
    const receiver = portal.run('start', 'receiver');
    const worker = portal.run('start', 'worker');
    await portal.settled();
    const { contact } = portal.sandbox.people.submitForm('demo', { email: 'ada@acme-ada.example', jobtitle: 'CEO' });
    await portal.until(() => portal.sandbox.portal.numberOf(contact, 'leadgauge_fast_track_at') !== undefined);
    await portal.sandbox.webhooks?.settled();
    expect(portal.sandbox.webhooks?.deliveries.some(({ status }) => status === 204)).toBe(true);
    expect(portal.sandbox.portal.tasks.ofContact(contact)).toHaveLength(1);
    for (const { child } of [receiver, worker]) child.kill('SIGTERM');
    expect(await Promise.all([receiver.code, worker.code])).toEqual([0, 0]);
  });

  it('a wrong token: one message that says what to do, and nothing is written', async () => {
    const portal = await openPortal({ leads: 5 });
    for (const command of [['backfill'], ['start', 'worker']]) {
      const { code, output } = portal.runWith({ HUBSPOT_TOKEN: 'pat-na1-wrong-token' }, ...command);
      expect(await code).not.toBe(0);
      expect(output().match(/HUBSPOT_TOKEN/g)).toHaveLength(1);
      expect(output()).not.toContain('wrong-token');
    }
    expect(portal.sandbox.requests.count({ path: UPDATE })).toBe(0);
  });
});

interface PortalOptions {
  readonly leads?: number;
  readonly webhooks?: { readonly url: string; readonly secret: string };
}

/** A portal in this process, and leadgauge in others. */
async function openPortal({ leads = LEADS, webhooks }: PortalOptions = {}) {
  const sandbox = await startSandbox({ portal: createPortal({ leads }), webhooks });
  onTestFinished(() => sandbox.close());
  const config = loadConfig('config');
  const space = createSpace(redis.client(), 'leadgauge', 'hubspot');
  const crm = createHubspot({
    config: config.hubspot.value,
    token: DEMO_TOKEN,
    baseUrl: sandbox.url,
    budget: createUnlimitedBudget(systemClock),
    clock: systemClock,
    random: () => 0.5,
    models: config.models.models,
  });
  await crm.applySetup(await crm.planSetup());
  await crm.connect();
  const stages = stagesOf(sandbox);
  const data = await mkdtemp(join(tmpdir(), 'leadgauge-test-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const env = {
    PATH: process.env.PATH,
    HUBSPOT_TOKEN: DEMO_TOKEN,
    HUBSPOT_BASE_URL: sandbox.url,
    LEADGAUGE_DATA: data,
    REDIS_URL: redis.url,
    LOG_LEVEL: 'warn',
    ...(webhooks && { HUBSPOT_WEBHOOK_SECRETS: webhooks.secret, PORT: new URL(webhooks.url).port }),
  };
  const written = () => sandbox.requests.count({ path: UPDATE, status: 200 });
  const isScored = () =>
    sandbox.portal.contacts.all.every((one) => sandbox.portal.numberOf(one, 'leadgauge_scored_at') !== undefined);

  return {
    sandbox,
    run: (...args: string[]) => runCli(env, args),
    runWith: (more: Record<string, string>, ...args: string[]) => runCli({ ...env, ...more }, args),
    until,
    /** Until the portal has carried out so many writes. */
    written: (count: number) => until(() => written() >= count),
    /** Until every lead is scored and none waits. */
    settled: () => until(async () => isScored() && (await countDirty(space)) === 0),
    /** As if the minute had passed after which a dead process's leads are free again. */
    async endLeases() {
      const key = space.key('dirty');
      for (const id of await space.redis.zrange(key, '0', '-1')) await space.redis.zadd(key, 0, id);
    },
    /** Every lead holds what scoring it afresh gives; nobody was promoted or alerted who was there before. */
    async expectWhole() {
      const { models, mainModel } = config;
      const own = { space, clock: systemClock, log: silentLog, wake: async () => {} };
      const connection = { crm, models, mainModel, ...own };
      expect(await verifyPortal(connection)).toEqual({ checked: sandbox.portal.contacts.all.length, wrong: [] });
      expect(stagesOf(sandbox).slice(0, leads)).toEqual(stages);
    },
  };
}

function runCli(env: Readonly<Record<string, string | undefined>>, args: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, ['src/cli/main.ts', ...args], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)));
  onTestFinished(() => void child.kill('SIGKILL'));
  const code = once(child, 'close').then(([status]): unknown => status);
  return { child, code, output: () => text };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(holds, { timeout: 40_000, interval: 20 }).toBe(true);
}

function stagesOf({ portal }: Sandbox): (string | undefined)[] {
  return portal.contacts.all.map((contact) => portal.textOf(contact, 'lifecyclestage'));
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
