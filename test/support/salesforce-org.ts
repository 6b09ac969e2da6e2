import { onTestFinished } from 'vitest';
import type { OutputModel } from '../../src/crm/outputs/output-model.ts';
import type { SalesforceApi } from '../../src/crm/salesforce/api/api.ts';
import { createSalesforceApi } from '../../src/crm/salesforce/api/salesforce-api.ts';
import { type SalesforceConfig, salesforceConfigSchema } from '../../src/crm/salesforce/config.ts';
import { modelOutputs } from '../../src/crm/salesforce/model-outputs.ts';
import { organization } from '../../src/crm/salesforce/organization.ts';
import { applySetup, planSetup } from '../../src/crm/salesforce/setup.ts';
import type { WriteContext } from '../../src/crm/salesforce/write.ts';
import { createOrg, type NewOrg, startSalesforceSandbox } from '../../src/sandbox/salesforce/salesforce-sandbox.ts';
import { createTestClock } from './test-clock.ts';
import { createUnlimitedBudget } from './unlimited-budget.ts';

export const PLATFORM: OutputModel = {
  id: 'platform',
  name: 'Platform',
  flags: ['student', 'careers'],
  personas: ['cto'],
  activityTypes: [],
  account: {},
};

/** A sandbox org, what speaks with it, and what set-up and writing need. */
export async function openSalesforceOrg(
  given: object = {},
  { models = [PLATFORM], ...settings }: NewOrg & { models?: readonly OutputModel[] } = {},
) {
  const clock = createTestClock();
  const org = createOrg({ clock, now: clock.now(), ...settings });
  const sandbox = await startSalesforceSandbox({ org });
  onTestFinished(() => sandbox.close());
  const apiAs = (user?: string): SalesforceApi => {
    const session = { accessToken: sandbox.accessToken(user), instanceUrl: sandbox.url };
    return createSalesforceApi({
      signIn: { token: async () => session, renew: async () => session },
      budget: createUnlimitedBudget(clock),
      clock,
      random: () => 0.5,
    });
  };
  const api = apiAs();
  const setupWith = (more: object) => {
    const config: SalesforceConfig = salesforceConfigSchema.parse({ fields: { email: 'Email' }, ...given, ...more });
    return { api, config, models: modelOutputs(config, models), locate: undefined };
  };
  const setup = setupWith({});
  const writing: WriteContext = {
    ...setup,
    clock,
    random: () => 0.5,
    dayOf: organization(api).dayOf,
    personAccounts: org.settings.personAccounts,
    leadStatuses: ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
  };
  return {
    clock,
    org,
    sandbox,
    people: sandbox.people,
    api,
    /** Signed in as somebody else. */
    apiAs,
    /** The same org, seen with another config. */
    setupWith,
    setup,
    writing,
    async setUp() {
      await applySetup(setup, await planSetup(setup));
    },
    /** How many calls of the org's limit an act takes. */
    async callsOf(act: () => Promise<unknown>): Promise<number> {
      const before = sandbox.requests.count();
      await act();
      return sandbox.requests.count() - before;
    },
  };
}

export type OpenOrg = Awaited<ReturnType<typeof openSalesforceOrg>>;
