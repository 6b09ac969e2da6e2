/** An access token of an app. */
export interface Token {
  readonly token: string;
  readonly scopes: readonly string[];
  /** Apps have a burst limit each; the token itself names the app unless told. */
  readonly app?: string;
}

/** Every scope that any call of the sandbox asks for. */
export const ALL_SCOPES = [
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
  'crm.objects.companies.read',
  'crm.objects.companies.write',
  'crm.schemas.companies.read',
  'crm.schemas.companies.write',
  'crm.objects.deals.read',
  'crm.objects.deals.write',
  'crm.schemas.deals.read',
  'crm.schemas.deals.write',
  'sales-email-read',
  'crm.objects.owners.read',
  'crm.objects.users.read',
  'forms',
  'crm.lists.read',
  'crm.lists.write',
  'crm.objects.marketing_events.read',
  'content',
  'business-intelligence',
] as const;

export type Scope = (typeof ALL_SCOPES)[number];

/** Opens every sandbox that is given no tokens of its own. */
export const DEMO_TOKEN = 'pat-sandbox-00000000-0000-4000-a000-000000000000';
