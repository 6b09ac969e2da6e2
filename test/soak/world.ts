import { randomBytes } from 'node:crypto';
import { MINUTE, systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { INDEX_DELAY } from '../../src/cli/demo/index-delay.ts';
import { type App, NAMESPACE, openApp } from '../../src/cli/open-app.ts';
import { definitionName, PERSON_ACCOUNTS, TOLD_OBJECTS } from '../../src/crm/salesforce/definitions/told-objects.ts';
import type { SalesforceRecord } from '../../src/sandbox/salesforce/org/record.ts';
import {
  createOrg,
  DEMO_CLIENT,
  type Org,
  type OutboundOptions,
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { createPortal, DEMO_TOKEN, type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import type { Stage } from '../bench/processes/stage.ts';
import { type Balancer, startBalancer } from './balance.ts';
import { soakConfig } from './config.ts';
import type { SoakOptions } from './options.ts';
import { quietPorts } from './quiet-ports.ts';
import { type SoakRedis, startSoakRedis } from './redis.ts';

/** Two CRMs on this machine, a Redis, and what leadgauge's processes are told of them. Nothing of leadgauge runs yet. */
export interface World {
  readonly portal: Sandbox;
  readonly org: SalesforceSandbox;
  readonly redis: SoakRedis;
  /** For a worker, and for any command. */
  readonly env: Readonly<Record<string, string>>;
  readonly balancer: Balancer;
  /** The ports of the receivers, before which it stands. */
  readonly ports: readonly number[];
  /** Leadgauge in this process, to look on: it is told where everything is, and reads from the CRMs once they are set up. */
  open(): Promise<App>;
}

/** More than any machine comes to within a day. */
const A_DAY = 100_000_000;

export async function openWorld(stage: Stage, { leads, seed, lose }: SoakOptions): Promise<World> {
  const folder = await stage.folder();
  const config = await soakConfig(folder);
  const redis = await startSoakRedis(stage);
  const ports = await quietPorts(2);
  const balancer = await startBalancer(stage, ports);
  const secret = randomBytes(24).toString('hex');
  const record = { keep: 100, bodies: 'none' } as const;
  const portal = await startSandbox({
    // What every property held before would take more memory by the hour.
    portal: createPortal({ leads, seed, keepsHistory: false }),
    indexDelay: INDEX_DELAY,
    webhooks: { url: `${balancer.url}/webhooks/hubspot`, secret },
    limits: { daily: A_DAY },
    record,
  });
  stage.add(() => portal.close());
  const people = createOrg({ leads, seed, dailyRequests: A_DAY });
  const org = await startSalesforceSandbox({
    org: people,
    outbound: outboundTo(people, `${balancer.url}/webhooks/salesforce/${secret}`),
    record,
  });
  stage.add(() => org.close());
  const env = {
    PATH: process.env.PATH ?? '',
    REDIS_URL: redis.url,
    LEADGAUGE_CONFIG: config,
    LEADGAUGE_DATA: folder,
    HUBSPOT_BASE_URL: portal.url,
    HUBSPOT_TOKEN: DEMO_TOKEN,
    HUBSPOT_WEBHOOK_SECRETS: secret,
    SALESFORCE_LOGIN_URL: org.url,
    SALESFORCE_CLIENT_ID: DEMO_CLIENT.clientId,
    SALESFORCE_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
    SALESFORCE_WEBHOOK_SECRETS: secret,
    SALESFORCE_ORGANIZATION_IDS: org.org.settings.organizationId,
    ...(lose !== undefined && { LEADGAUGE_SOAK_LOSE: lose }),
  };
  return {
    portal,
    org,
    redis,
    env,
    balancer,
    ports,
    async open() {
      const app = await openApp({
        settings: loadSettings({ env, dir: config, workingDir: folder }),
        clock: systemClock,
        log: silentLog,
        random: Math.random,
        path: undefined,
        namespace: NAMESPACE,
        redis: { kind: 'url', url: redis.url, close: async () => {} },
        sendsNothing: true,
      });
      stage.add(() => app.close());
      for (const { crm } of app.connections) await crm.connect();
      return app;
    },
  };
}

/** As the flows have it that `setup` writes: nobody is told of what leadgauge itself wrote. */
function outboundTo(org: Org, url: string): OutboundOptions {
  const byOthers = (record: SalesforceRecord) => record.text('LastModifiedById') !== org.integrationUserId;
  const told = TOLD_OBJECTS.map((one) => ({ ...one, name: definitionName(one), url, when: byOthers }));
  const isPerson = (record: SalesforceRecord) => record.flag('IsPersonAccount') && byOthers(record);
  const people = { ...PERSON_ACCOUNTS, name: definitionName(PERSON_ACCOUNTS), url, when: isPerson };
  // Salesforce comes again after a quarter of a minute, then after twice as long: nobody waits for that here.
  const backoffMs = (retry: number) => Math.min(MINUTE, 250 * 2 ** retry);
  return { messages: [...told, people], backoffMs };
}
