import type { z } from 'zod';
import type { Crm } from '../../src/crm/crm.ts';
import type { SalesNeeds } from '../../src/crm/sales-needs.ts';
import { type salesforceConfigSchema as Schema, salesforceConfigSchema } from '../../src/crm/salesforce/config.ts';
import { createSalesforce } from '../../src/crm/salesforce/salesforce.ts';
import { createSignIn } from '../../src/crm/salesforce/sign-in/sign-in.ts';
import {
  createOrg,
  DEMO_CLIENT,
  type NewOrg,
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import { createUnlimitedBudget, type UnlimitedBudget } from './unlimited-budget.ts';

const WORDS = {
  flags: ['careers-visitor', 'personal-email'],
  personas: ['buyer', 'engineer'],
  activityTypes: ['page-view' as const, 'form-submission' as const],
};
export const TWO_MODELS = [
  { id: 'platform', name: 'Platform', ...WORDS, account: {} },
  { id: 'services', name: 'Services', ...WORDS },
];

export type SalesforceSettings = z.input<typeof Schema>;

/** What a test asks about, by fields that every org has. */
export const FIELDS: SalesforceSettings['fields'] = {
  email: 'Email',
  job_title: 'Title',
  country: { lead: 'Country', contact: 'MailingCountry' },
  employees: { lead: 'NumberOfEmployees', contact: 'Account.NumberOfEmployees' },
  notes: 'Description',
};

export interface SalesforceWorld {
  readonly crm: Crm;
  readonly sandbox: SalesforceSandbox;
  readonly clock: TestClock;
  /** Of all connections to it. */
  readonly budget: UnlimitedBudget;
  /** Another connection to the same org, as of a process that began anew. */
  anew(): Promise<Crm>;
  /** How many calls the API counted while this was done. */
  callsOf(work: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

/** An org of its own with a connection to it: set up and connected, unless told otherwise. */
export async function salesforceWorld(
  settings: {
    readonly config?: SalesforceSettings;
    readonly org?: NewOrg;
    readonly isSetUp?: boolean;
    readonly engagement?: boolean;
    /** What routing and follow-up need; nothing unless told. */
    readonly needs?: SalesNeeds;
  } = {},
): Promise<SalesforceWorld> {
  const { config = { fields: FIELDS }, isSetUp = true } = settings;
  const clock = createTestClock();
  const sandbox = await startSalesforceSandbox({ org: createOrg({ ...settings.org, clock }) });
  const budget = createUnlimitedBudget(clock);
  let calls = 0;
  const connection = () =>
    createSalesforce({
      config: salesforceConfigSchema.parse(config),
      signIn: createSignIn({
        credentials: { flow: 'client-credentials', ...DEMO_CLIENT },
        loginUrl: sandbox.url,
        clock,
        random: () => 0.5,
      }),
      engagementUrl: sandbox.url,
      budget,
      clock,
      random: () => 0.5,
      onCall: () => {
        calls += 1;
      },
      models: TWO_MODELS,
      ...settings.needs,
    });
  const crm = connection();
  if (isSetUp) {
    await crm.applySetup(await crm.planSetup());
    await crm.connect();
  }
  return {
    crm,
    sandbox,
    clock,
    budget,
    async anew() {
      const another = connection();
      await another.connect();
      return another;
    },
    async callsOf(work) {
      const before = calls;
      await work();
      return calls - before;
    },
    close: () => sandbox.close(),
  };
}
