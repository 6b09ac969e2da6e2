import { type RemainingStep, step } from './project-steps.ts';

/** What to know before anything is deleted. */
export function beforeRemoval(name: string): readonly string[] {
  return name === 'salesforce' ? SALESFORCE_BEFORE : HUBSPOT_BEFORE;
}

const HUBSPOT_BEFORE = [
  'HubSpot keeps deleted properties for 90 days: until then they can be restored, with their values, under Settings, Properties, Archived.',
];
const SALESFORCE_BEFORE = [
  'Salesforce deletes no field that takes part in the conversion of leads: take them out under Setup, Object Manager, Lead, Fields & Relationships, "Map Lead Fields" first, and delete the flows whose names begin with leadgauge, if there are any.',
  'It keeps deleted fields for 15 days: until then they can be restored, with their values, under Fields & Relationships, "Deleted Fields". Permission sets are gone at once.',
];

/** What no command takes away. */
export function remainingByHand(name: string, erased: boolean): RemainingStep[] {
  const { credential, variables, folder } = name === 'salesforce' ? SALESFORCE : HUBSPOT;
  return [
    // First, as it needs the credential.
    ...(erased
      ? []
      : [step('What leadgauge keeps in Redis, while the credential is there:', `leadgauge remove ${name} --redis`)]),
    step(credential),
    step('Take these out of .env:', ...variables),
    step(`The folder data/, and ${folder}/ if you had one.`),
  ];
}

/** How sales are told, of whichever CRM. */
const WITHOUT_CRM = 'SLACK_WEBHOOK_URL, SMTP_URL, NOTIFY_URL and NOTIFY_SECRET, if no other CRM is left';

const HUBSPOT = {
  credential:
    'The credential: in HubSpot, delete the project under Development, Projects (its tab Settings), or the service key under Development, Keys. The tasks that leadgauge made and the stages it set stay.',
  variables: ['HUBSPOT_TOKEN', 'HUBSPOT_WEBHOOK_SECRETS', 'FORM_WEBHOOK_SECRETS', 'PUBLIC_URL', WITHOUT_CRM],
  folder: 'hubspot-app',
};
const SALESFORCE = {
  credential:
    'The credential: in Salesforce, delete the app under Setup, External Client App Manager, and take the outbound messages whose names begin with leadgauge out under Setup, Outbound Messages. The tasks that leadgauge made stay, and so do Lead Status and Rating as they are.',
  variables: [
    'SALESFORCE_LOGIN_URL',
    'SALESFORCE_CLIENT_ID',
    'SALESFORCE_CLIENT_SECRET',
    'SALESFORCE_USERNAME',
    'SALESFORCE_PRIVATE_KEY or SALESFORCE_PRIVATE_KEY_FILE, and the key itself',
    'SALESFORCE_REFRESH_TOKEN',
    'SALESFORCE_WEBHOOK_SECRETS',
    'SALESFORCE_ORGANIZATION_IDS',
    WITHOUT_CRM,
  ],
  folder: 'salesforce-app',
};
