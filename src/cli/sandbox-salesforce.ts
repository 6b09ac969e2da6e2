import { ConfigError } from '../base/errors.ts';
import {
  createOrg,
  DEMO_CLIENT,
  type Org,
  type OutboundOptions,
  startSalesforceSandbox,
} from '../sandbox/salesforce/salesforce-sandbox.ts';
import { LEADS, type RunningSandbox, type SandboxOptions } from './sandbox-options.ts';

/** Of Account Engagement. */
const BUSINESS_UNIT = '0Uv000000000001AAA';

/** A Salesforce org. @throws ConfigError for options that only a HubSpot portal has. */
export async function startSalesforceSandboxHere(options: SandboxOptions): Promise<RunningSandbox> {
  refuseHubspotOptions(options);
  const { port, seed, buyers, leads = LEADS, webhooks } = options;
  const org = createOrg({ leads, seed, buyers, businessUnitId: BUSINESS_UNIT });
  const outbound = webhooks === undefined ? undefined : { outbound: toldOf(webhooks, org) };
  const { url, close } = await startSalesforceSandbox({ org, port, ...outbound });
  const { organizationId } = org.settings;
  const { clientId, clientSecret } = DEMO_CLIENT;
  return {
    told: { url, clientId, clientSecret, organizationId, businessUnit: BUSINESS_UNIT, leads },
    welcome: [
      `A Salesforce org with ${leads.toLocaleString('en-US')} ${leads === 1 ? 'person' : 'people'} is at ${url}`,
      `Its client id is ${clientId}, the client secret ${clientSecret}`,
      `Its Organization ID is ${organizationId}, the business unit of Account Engagement ${BUSINESS_UNIT}`,
      ...(webhooks === undefined ? [] : [`It sends outbound messages to ${webhooks}`]),
      '',
      'Try it from another terminal, with "role: both" in config/salesforce.yaml, and',
      '"role: off" in config/hubspot.yaml unless you have a portal as well:',
      '',
      `  export SALESFORCE_LOGIN_URL=${url}`,
      `  export SALESFORCE_CLIENT_ID=${clientId}`,
      `  export SALESFORCE_CLIENT_SECRET=${clientSecret}`,
      `  export SALESFORCE_ACCOUNT_ENGAGEMENT_URL=${url}`,
    ],
    close,
  };
}

/** As the flows do that `setup --project` writes: of what anybody but leadgauge did, with ids alone. */
function toldOf(url: string, org: Org): OutboundOptions {
  const objects = [
    { object: 'Lead' },
    { object: 'Contact' },
    { object: 'CampaignMember', fields: ['ContactId', 'LeadId'] },
  ];
  return {
    messages: objects.map((each) => ({
      ...each,
      name: `Leadgauge_${each.object}_Changed`,
      url,
      when: (record) => record.text('LastModifiedById') !== org.integrationUserId,
    })),
  };
}

function refuseHubspotOptions(options: SandboxOptions): void {
  const { tier, leadsCsv, activitiesCsv, webhookSecret, indexDelay, withoutScope } = options;
  const given = {
    '--tier': tier,
    '--leads-csv': leadsCsv,
    '--activities-csv': activitiesCsv,
    '--webhook-secret': webhookSecret,
    '--index-delay': indexDelay,
    '--without-scope': withoutScope[0],
  };
  const [option] = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (option === '--webhook-secret')
    throw new ConfigError(
      '--webhook-secret is about HubSpot: the secret of outbound messages is the last part of the address after --webhooks',
    );
  if (option !== undefined) throw new ConfigError(`${option} is about HubSpot: leave it out with --crm salesforce`);
}
