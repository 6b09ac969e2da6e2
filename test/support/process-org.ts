import { expect, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { outputModels } from '../../src/crm/outputs/output-models.ts';
import { createSalesforce } from '../../src/crm/salesforce/salesforce.ts';
import { createSignIn } from '../../src/crm/salesforce/sign-in/sign-in.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { createSpace } from '../../src/ledger/space.ts';
import type { SalesforceRecord } from '../../src/sandbox/salesforce/org/record.ts';
import {
  createOrg,
  DEMO_CLIENT,
  type NewOrg,
  type OutboundOptions,
  type SalesforceSandboxOptions,
  startSalesforceSandbox,
} from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { salesNeeds } from '../../src/sync/sales-needs.ts';
import { verifyPortal } from '../../src/sync/verify-portal.ts';
import { salesforceConfig } from './cli-org.ts';
import { endLeases } from './end-leases.ts';
import { tempFolder } from './run-cli.ts';
import { runProcess, until } from './run-process.ts';
import { salesforceOf } from './shipped-config.ts';
import type { TestRedis } from './test-redis.ts';
import { createUnlimitedBudget } from './unlimited-budget.ts';

/** Where collections of records are written, with what is read after them. */
export const COMPOSITE = '/services/data/{version}/composite';

export interface OrgOptions extends Pick<NewOrg, 'now'> {
  readonly leads: number;
  readonly outbound?: OutboundOptions;
  /** How its sandbox is not as any other. */
  readonly sandbox?: Pick<SalesforceSandboxOptions, 'clock' | 'record'>;
}

/** A Salesforce org in this process, and leadgauge in others. */
export async function openProcessOrg(
  redis: Pick<TestRedis, 'client' | 'url'>,
  { leads, now, outbound, sandbox: own }: OrgOptions,
) {
  const sandbox = await startSalesforceSandbox({
    org: createOrg({ leads, now }),
    ...(outbound && { outbound }),
    ...own,
  });
  onTestFinished(() => sandbox.close());
  const { org } = sandbox;
  const folder = salesforceConfig();
  const config = loadConfig(folder);
  const { value, mainModel } = salesforceOf(config);
  for (const { campaign } of Object.values(value.campaigns))
    if (org.type('Campaign').where('Name', campaign).length === 0) sandbox.people.createCampaign(campaign);
  const space = createSpace(redis.client(), 'leadgauge', 'salesforce');
  const credentials = { flow: 'client-credentials', ...DEMO_CLIENT } as const;
  const random = () => 0.5;
  const crm = createSalesforce({
    config: value,
    signIn: createSignIn({ credentials, loginUrl: sandbox.url, clock: systemClock, random }),
    engagementUrl: sandbox.url,
    budget: createUnlimitedBudget(systemClock),
    clock: systemClock,
    random,
    models: outputModels(config.models, value),
    ...salesNeeds(config.sales, config.models),
  });
  await crm.applySetup(await crm.planSetup());
  await crm.connect();
  const everyone = (): SalesforceRecord[] => [
    ...org
      .type('Lead')
      .live()
      .filter((lead) => !lead.flag('IsConverted')),
    ...org.type('Contact').live(),
  ];
  const stages = () => new Map(everyone().map((person) => [person.id, person.text('Leadgauge_Stage__c')]));
  const before = stages();
  const env = {
    PATH: process.env.PATH,
    SALESFORCE_LOGIN_URL: sandbox.url,
    SALESFORCE_CLIENT_ID: DEMO_CLIENT.clientId,
    SALESFORCE_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
    LEADGAUGE_CONFIG: folder,
    LEADGAUGE_DATA: tempFolder(),
    REDIS_URL: redis.url,
    LOG_LEVEL: 'warn',
  };
  const isScored = () => everyone().every((person) => person.get('Leadgauge_Scored_At__c') !== null);

  return {
    sandbox,
    space,
    /** Leads that are not converted, and contacts. */
    everyone,
    isScored,
    run: (...args: string[]) => runProcess(env, args),
    runWith: (more: Record<string, string>, ...args: string[]) => runProcess({ ...env, ...more }, args),
    until,
    /** Until everybody is scored and nobody waits. */
    settled: () => until(async () => isScored() && (await countDirty(space)) === 0),
    endLeases: () => endLeases(space),
    /** Everybody holds what scoring them afresh gives; nobody was promoted who was there before. */
    async expectWhole() {
      const { models, sales } = config;
      const about = { crm, models, mainModel, sales, channels: [], space };
      const connection = { ...about, clock: systemClock, log: silentLog, wake: async () => {} };
      expect(await verifyPortal(connection)).toMatchObject({ checked: everyone().length, wrong: [] });
      const now = stages();
      expect([...before].filter(([id, stage]) => now.get(id) !== stage)).toEqual([]);
    },
  };
}
