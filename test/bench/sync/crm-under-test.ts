import type { CrmName, CrmProcess, SentCall } from '../processes/crm-process.ts';
import type { Stage } from '../processes/stage.ts';
import { startHubspotUnderTest } from './hubspot-under-test.ts';
import type { LeastCalls } from './least-calls.ts';
import { startSalesforceUnderTest } from './salesforce-under-test.ts';

/** A portal that leadgauge is to sync, and what it takes at the least. */
export interface CrmUnderTest extends CrmProcess {
  /** As few calls as its API allows for this backfill. */
  leastCalls(backfill: Backfill): Promise<LeastCalls>;
}

/** A backfill that was done. */
export interface Backfill {
  /** When what people did begins to count, in milliseconds since 1970. */
  readonly since: number;
  readonly leads: number;
  /** Leads that got something written. */
  readonly written: number;
  readonly calls: readonly SentCall[];
}

/** With so many leads, and without limits worth speaking of. */
export const START: Readonly<Record<CrmName, (stage: Stage, leads: number) => Promise<CrmUnderTest>>> = {
  hubspot: startHubspotUnderTest,
  salesforce: startSalesforceUnderTest,
};
