import { parse } from 'yaml';
import { type HubspotConfig, hubspotConfigSchema } from '../../src/crm/hubspot/config.ts';
import { modelOutputs } from '../../src/crm/hubspot/model-outputs.ts';
import { neededScopes } from '../../src/crm/hubspot/needed-scopes.ts';
import { STREAMS } from '../../src/crm/hubspot/streams/registry.ts';
import type { OutputModel } from '../../src/crm/outputs/output-model.ts';
import type { SalesNeeds } from '../../src/crm/sales-needs.ts';

/** Asks for everything that needs a scope. */
export const EVERYTHING: HubspotConfig = hubspotConfigSchema.parse(
  parse(`
fields: { email: email, job_title: jobtitle }
company_fields: { employees: numberofemployees }
lists: { reader: Guests of the fair }
forms: { demo-request: Request a demo }
custom_events: { trial-started: pe1_trial_started }
streams: { ${STREAMS.map(({ key }) => `${key}: on`).join(', ')} }
tasks: { owners: [ann@example.com] }
nurture: { content: { list: Series } }
`),
);

/** As do routing and follow-up. */
export const NEEDING: SalesNeeds = { accountOwners: true, knowsOwners: true };

export const ASKING: OutputModel = {
  id: 'platform',
  name: 'Platform',
  flags: ['personal-email'],
  personas: [],
  activityTypes: STREAMS.flatMap(({ delivers }) => delivers),
  account: {},
};

/** Of a credential that may do all that leadgauge can do. */
export function everyScope(): string[] {
  return neededScopes(EVERYTHING, modelOutputs(EVERYTHING, [ASKING]), NEEDING).map(({ scope }) => scope);
}
