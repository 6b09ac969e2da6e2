import { hubspotOf, loadConfig } from '../../../src/settings/config.ts';
import { startPortal } from '../processes/portal.ts';
import type { Stage } from '../processes/stage.ts';
import type { CrmUnderTest } from './crm-under-test.ts';
import { leastOfHubspot } from './least-calls.ts';

/** A HubSpot portal, with the config that is shipped. */
export async function startHubspotUnderTest(stage: Stage, leads: number): Promise<CrmUnderTest> {
  const portal = await startPortal(stage, { leads });
  const forms = new Set(Object.values(hubspotOf(loadConfig('config')).value.forms).flat());
  return {
    ...portal,
    async leastCalls({ since, leads: listed, written, calls }) {
      const { pageViews, submissions } = await portal.did(since);
      const read = submissions.filter(({ form }) => forms.has(form)).map(({ count }) => count);
      return leastOfHubspot({ leads: listed, writes: written, pageViews, submissions: read }, calls);
    },
  };
}
