import type { SalesforceConfig } from '../crm/salesforce/config.ts';
import { DEPLOY_SECRET, DEPLOY_USERNAME } from '../crm/salesforce/definitions/definitions.ts';
import type { SourceFolder } from '../crm/salesforce/source-folder.ts';
import { type RemainingStep, shellWord, step } from './project-steps.ts';

interface Written {
  readonly config: SalesforceConfig;
  readonly source: SourceFolder;
  readonly publicUrl: string | undefined;
}

/** From the written folder to the first look at the org. */
export function salesforceSteps(folder: string, { config, source, publicUrl }: Written): RemainingStep[] {
  const { integration, sales } = config.permission_sets;
  const tells = source.tellsOf.length > 0;
  const inFolder = (command: string) => `(cd ${shellWord(folder)} && ${command})`;
  return [
    step(
      "Get Salesforce's command line, and let it into your org as an administrator. Try a sandbox of your org first.",
      'npm install -g @salesforce/cli',
      'sf org login web --set-default',
    ),
    ...(tells
      ? [
          step(
            'Give what no file holds: a secret for the address of the receiver, and the user as whom leadgauge signs in.',
            `export ${DEPLOY_SECRET}=$(openssl rand -hex 32)`,
            `export ${DEPLOY_USERNAME}=leadgauge@example.com`,
          ),
        ]
      : []),
    step('Deploy it: --dry-run at the end tries it first.', inFolder('sf project deploy start --source-dir force-app')),
    ...(tells ? [step('In Setup, Flows, see that the flows whose names begin with leadgauge are active.')] : []),
    step(
      'Give the permission sets to the user as whom leadgauge signs in, and to everybody in sales.',
      inFolder(`sf org assign permset --name ${integration} --on-behalf-of leadgauge@example.com`),
      inFolder(`sf org assign permset --name ${sales} --on-behalf-of ann@example.com`),
    ),
    appStep(config),
    step('Copy into .env:', ...variables(tells)),
    ...(tells
      ? [
          step(
            'Have this address reach the receiver of "leadgauge start" (docs/webhooks.md); its last part is the secret:',
            `${publicUrl}/webhooks/salesforce/...`,
          ),
        ]
      : []),
    step(
      'In Setup, Object Manager, Lead, Fields & Relationships, "Map Lead Fields": map each field of leadgauge to the field of the same name on Contact. Then put the fields onto the page layouts of Lead and Contact.',
    ),
    step('Try everything.', 'leadgauge check'),
    step('Do this again when config/ or a model asks for other fields: write the folder, and deploy it.'),
  ];
}

function appStep({ account_engagement: unit }: SalesforceConfig): RemainingStep {
  const engagement = unit === undefined ? '' : ', "Manage Pardot services (pardot_api)"';
  return step(
    `In Setup, External Client App Manager, make an app with OAuth and the scopes "Manage user data via APIs (api)"${engagement} and "Perform requests at any time (refresh_token, offline_access)". Enable its JWT Bearer Flow and upload the certificate; or enable its Client Credentials Flow, and name the user to run as in its policies. docs/salesforce.md has both, step by step.`,
    'openssl req -x509 -newkey rsa:2048 -nodes -days 730 -subj /CN=leadgauge -keyout salesforce.key -out salesforce.crt',
  );
}

function variables(tells: boolean): string[] {
  return [
    "SALESFORCE_LOGIN_URL=        the org's own address, https://acme.my.salesforce.com",
    'SALESFORCE_CLIENT_ID=        the consumer key of the app',
    'SALESFORCE_USERNAME=         with JWT: the user as whom leadgauge signs in',
    'SALESFORCE_PRIVATE_KEY_FILE= with JWT: salesforce.key',
    'SALESFORCE_CLIENT_SECRET=    without JWT: the consumer secret of the app',
    ...(tells
      ? [
          'SALESFORCE_WEBHOOK_SECRETS=  the secret from above',
          'SALESFORCE_ORGANIZATION_IDS= the Organization ID in Setup, Company Information',
        ]
      : []),
  ];
}
