import { loadConfig } from '../../../src/settings/config.ts';
import { startOrg } from '../processes/org.ts';
import type { Stage } from '../processes/stage.ts';
import type { CrmUnderTest } from './crm-under-test.ts';
import { leastOfSalesforce } from './least-calls.ts';
import { salesforceAlone } from './salesforce-config.ts';

/** A Salesforce org, with the config that is shipped but for the roles. */
export async function startSalesforceUnderTest(stage: Stage, leads: number): Promise<CrmUnderTest> {
  const config = await salesforceAlone('config', await stage.folder());
  const named = Object.values(loadConfig(config).salesforce?.value.campaigns ?? {});
  const campaigns = named.map(({ campaign }) => campaign);
  const org = await startOrg(stage, leads);
  return {
    ...org,
    variables: { ...org.variables, LEADGAUGE_CONFIG: config },
    async leastCalls({ since, written, calls }) {
      return leastOfSalesforce({ writes: written, ...(await org.did(since, campaigns)) }, calls);
    },
  };
}
