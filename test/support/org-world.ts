import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import { type Log, silentLog } from '../../src/base/log.ts';
import type { CallKind } from '../../src/crm/api-budget.ts';
import { outputModels } from '../../src/crm/outputs/output-models.ts';
import { createSalesforce } from '../../src/crm/salesforce/salesforce.ts';
import { type Credentials, createSignIn } from '../../src/crm/salesforce/sign-in/sign-in.ts';
import { createSpace, type Space } from '../../src/ledger/space.ts';
import { createBudget, SALESFORCE_LIMITS } from '../../src/queue/budget.ts';
import { createTokenStore } from '../../src/queue/token-store.ts';
import type { SalesforceRecord } from '../../src/sandbox/salesforce/org/record.ts';
import {
  createOrg,
  DEMO_CLIENT,
  type NewOrg,
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import type { Config } from '../../src/settings/config.ts';
import type { Connection, Neighbour } from '../../src/sync/connection.ts';
import { salesNeeds } from '../../src/sync/sales-needs.ts';
import { createReceiver } from '../../src/webhooks/receiver.ts';
import { type ConnectionJobs, jobsOf } from './connection-jobs.ts';
import { salesforceOf, shippedConfig } from './shipped-config.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import type { TestRedis } from './test-redis.ts';

/** A Salesforce org and leadgauge, both by one clock that the test moves. Jobs run when the test says so. */
export interface OrgWorld extends ConnectionJobs {
  readonly sandbox: SalesforceSandbox;
  readonly connection: Connection;
  readonly clock: TestClock;
  readonly calls: Readonly<Record<CallKind, number>>;
  /** A lead or contact by its id. */
  person(id: string): SalesforceRecord;
  /** What a field of it holds. */
  text(id: string, field: string): string | undefined;
  number(id: string, field: string): number | undefined;
  /** The tasks that leadgauge made for it. */
  tasks(id: string): SalesforceRecord[];
  /** Requests to write leads, counted by the sandbox. */
  writes(): number;
}

export interface OrgWorldOptions extends NewOrg {
  readonly namespace?: string;
  /** One of the test's own; else it starts on a Monday. */
  readonly clock?: TestClock;
  readonly config?: Config;
  readonly log?: Log;
  /** How it signs in; by the secret of the demo client unless told. */
  readonly credentials?: Credentials;
  /** By how much the CRM's clock is ahead of ours, in milliseconds. */
  readonly skew?: number;
  /** Joins this org instead of making one, as another process would. */
  readonly joins?: Pick<OrgWorld, 'sandbox' | 'clock'>;
  /** Sends the org's outbound messages to a receiver on this machine. */
  readonly webhooks?: boolean;
  readonly role?: Neighbour['role'];
  readonly beside?: readonly Neighbour[];
  /** The connections of `beside`, for verifying; they may be made later. */
  readonly others?: () => readonly Connection[];
}

export async function openOrgWorld(redis: TestRedis, options: OrgWorldOptions = {}): Promise<OrgWorld> {
  const clock = options.joins?.clock ?? options.clock ?? createTestClock();
  const config = options.config ?? shippedConfig();
  const { role = 'both', beside, others, log = silentLog } = options;
  const { credentials = { flow: 'client-credentials', ...DEMO_CLIENT } as const } = options;
  const space = createSpace(redis.client(), options.namespace ?? 'test', 'salesforce');
  const sandbox = options.joins?.sandbox ?? (await openSandbox(options, { config, clock, space }));
  const calls: Record<CallKind, number> = { read: 0, search: 0, write: 0, activity: 0, related: 0, setup: 0 };
  const crm = createSalesforce({
    config: salesforceOf(config).value,
    signIn: createSignIn({
      credentials,
      loginUrl: sandbox.url,
      store: createTokenStore(space, { secret: DEMO_CLIENT.clientSecret, clock }),
      clock,
      random: () => 0.5,
    }),
    engagementUrl: sandbox.url,
    budget: createBudget(space, SALESFORCE_LIMITS, clock, log),
    clock,
    random: () => 0.5,
    onCall: (kind) => {
      calls[kind] += 1;
    },
    models: outputModels(config.models, salesforceOf(config).value),
    ...salesNeeds(config.sales, config.models),
  });
  if (role !== 'source') await crm.applySetup(await crm.planSetup());
  await crm.connect({ readOnly: role === 'source' });
  const connection: Connection = {
    crm,
    models: config.models,
    mainModel: salesforceOf(config).mainModel,
    sales: config.sales,
    channels: [],
    space,
    clock,
    log,
    wake: async () => {},
    role,
    ...(beside && { beside }),
  };
  const { org } = sandbox;
  return {
    sandbox,
    connection,
    clock,
    calls,
    ...jobsOf(connection, clock, { beside: others }),
    person: (id) => org.get(id),
    text: (id, field) => org.get(id).text(field),
    number: (id, field) => org.get(id).number(field),
    tasks: (id) =>
      org
        .type('Task')
        .where('WhoId', id)
        .filter((task) => task.text('CreatedById') === org.integrationUserId),
    writes: () => sandbox.requests.all().filter(({ kind }) => kind === 'write').length,
  };
}

async function openSandbox(
  options: OrgWorldOptions,
  { config, clock, space }: { readonly config: Config; readonly clock: TestClock; readonly space: Space },
): Promise<SalesforceSandbox> {
  // A test may put a sleep of its own in the clock's place later.
  const { skew = 0 } = options;
  const orgClock: Clock = { now: () => clock.now() + skew, sleep: (ms, signal) => clock.sleep(ms, signal) };
  const org = createOrg({ ...options, clock: orgClock });
  const url = options.webhooks ? await openReceiver(clock, space, org.settings.organizationId) : undefined;
  const messages = TOLD.map((object) => ({
    name: `Leadgauge_${object}`,
    object,
    url: url ?? '',
    fields: fieldsOf(object),
  }));
  const sandbox = await startSalesforceSandbox({ org, ...(url !== undefined && { outbound: { messages } }) });
  onTestFinished(() => sandbox.close());
  // Without one of them no connection would open.
  for (const { campaign } of Object.values(salesforceOf(config).value.campaigns))
    if (org.type('Campaign').where('Name', campaign).length === 0) sandbox.people.createCampaign(campaign);
  return sandbox;
}

const TOLD = ['Lead', 'Contact', 'CampaignMember'] as const;

const fieldsOf = (object: string) => (object === 'CampaignMember' ? ['LeadId', 'ContactId'] : []);

const SECRET = 'ca9a17'.padEnd(64, '0123456789abcdef');

/** Returns where outbound messages are to be sent. */
async function openReceiver(clock: TestClock, space: Space, organizationId: string): Promise<string> {
  const receiving = { space, clock, log: silentLog, wake: async () => {} };
  const app = createReceiver({
    hubspot: { ...receiving, secrets: ['of-another-crm'] },
    salesforce: { ...receiving, secrets: [SECRET], organizationIds: [organizationId] },
    publicUrl: undefined,
    notReady: async () => undefined,
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  return `http://127.0.0.1:${address.port}/webhooks/salesforce/${SECRET}`;
}
