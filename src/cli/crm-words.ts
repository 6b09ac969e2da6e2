import type { SetupStep } from '../crm/crm.ts';

/** What a CRM calls its own things, for messages about what is set up in it. */
export interface CrmWords {
  /** `HubSpot`, as people write it. */
  readonly crm: string;
  /** All of one customer: `the portal`. */
  readonly whole: string;
  /** One of each kind, and several. */
  readonly kinds: Readonly<Record<SetupStep['kind'], readonly [one: string, several: string]>>;
  /** Whether a name says by itself what it is on: `Account.Leadgauge_Account_Score__c`. */
  readonly namesObjects: boolean;
}

const HUBSPOT: CrmWords = {
  crm: 'HubSpot',
  whole: 'the portal',
  kinds: {
    property: ['property', 'properties'],
    group: ['group', 'groups'],
    permission: ['permission', 'permissions'],
  },
  namesObjects: false,
};

const SALESFORCE: CrmWords = {
  crm: 'Salesforce',
  whole: 'the org',
  kinds: {
    property: ['field', 'fields'],
    group: ['group', 'groups'],
    permission: ['permission set', 'permission sets'],
  },
  namesObjects: true,
};

/** The words of the CRM of this name. */
export function wordsOfCrm(name: string): CrmWords {
  return name === 'salesforce' ? SALESFORCE : HUBSPOT;
}

/** `1 property`, `16 properties`. */
export function countedKind({ kinds }: CrmWords, kind: SetupStep['kind'], count: number): string {
  const [one, several] = kinds[kind];
  return `${count} ${count === 1 ? one : several}`;
}
