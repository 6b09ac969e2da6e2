import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createHubspot } from '../../src/crm/hubspot/hubspot.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { createSpace } from '../../src/ledger/space.ts';
import {
  createPortal,
  DEMO_TOKEN,
  type NewPortal,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../src/sandbox/sandbox.ts';
import { hubspotOf, loadConfig } from '../../src/settings/config.ts';
import { verifyPortal } from '../../src/sync/verify-portal.ts';
import { endLeases } from './end-leases.ts';
import { runProcess, until } from './run-process.ts';
import type { TestRedis } from './test-redis.ts';
import { createUnlimitedBudget } from './unlimited-budget.ts';

export const UPDATE = '/crm/objects/{version}/contacts/batch/update';

export interface PortalOptions extends Pick<NewPortal, 'buyers' | 'now'> {
  readonly leads: number;
  readonly webhooks?: { readonly url: string; readonly secret: string };
  /** How its sandbox is not as any other. */
  readonly sandbox?: Pick<SandboxOptions, 'clock' | 'limits' | 'record'>;
}

/** A portal in this process, and leadgauge in others. */
export async function openProcessPortal(
  redis: Pick<TestRedis, 'client' | 'url'>,
  { leads, buyers, now, webhooks, sandbox: own }: PortalOptions,
) {
  const sandbox = await startSandbox({ portal: createPortal({ leads, buyers, now }), webhooks, ...own });
  onTestFinished(() => sandbox.close());
  const config = loadConfig('config');
  const space = createSpace(redis.client(), 'leadgauge', 'hubspot');
  const crm = createHubspot({
    config: hubspotOf(config).value,
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
    space,
    /** The folder of what leadgauge keeps. */
    data,
    run: (...args: string[]) => runProcess(env, args),
    runWith: (more: Record<string, string>, ...args: string[]) => runProcess({ ...env, ...more }, args),
    until,
    /** Until the portal has carried out so many writes. */
    written: (count: number) => until(() => written() >= count),
    /** Until every lead is scored and none waits. */
    settled: () => until(async () => isScored() && (await countDirty(space)) === 0),
    endLeases: () => endLeases(space),
    /** Every lead holds what scoring it afresh gives; nobody was promoted or alerted who was there before. */
    async expectWhole() {
      const { models, mainModel, sales } = config;
      const own = { sales, channels: [], space, clock: systemClock, log: silentLog, wake: async () => {} };
      const connection = { crm, models, mainModel, ...own };
      expect(await verifyPortal(connection)).toEqual({ checked: sandbox.portal.contacts.all.length, wrong: [] });
      expect(stagesOf(sandbox).slice(0, leads)).toEqual(stages);
    },
  };
}

function stagesOf({ portal }: Sandbox): (string | undefined)[] {
  return portal.contacts.all.map((contact) => portal.textOf(contact, 'lifecyclestage'));
}
