/** An object whose changes Salesforce tells the receiver of. */
export interface ToldObject {
  /** API name. */
  readonly object: string;
  /** What one record of it is, for people. */
  readonly what: string;
  /** What a message carries: ids alone, as everything else is read afresh. By the alphabet, as Salesforce has them. */
  readonly fields: readonly string[];
  /** A formula that must hold as well. */
  readonly only?: string;
}

/** Tasks and events are left to the polls: most of them change for reasons of their own. */
export const TOLD_OBJECTS: readonly ToldObject[] = [
  { object: 'Lead', what: 'lead', fields: ['Id'] },
  { object: 'Contact', what: 'contact', fields: ['Id'] },
  { object: 'CampaignMember', what: 'campaign member', fields: ['ContactId', 'Id', 'LeadId'] },
];

/** A change of a person account runs the flows of accounts, and none of contacts. Other orgs do not have these fields. */
export const PERSON_ACCOUNTS: ToldObject = {
  object: 'Account',
  what: 'person account',
  fields: ['Id', 'PersonContactId'],
  only: '{!$Record.IsPersonAccount}',
};

/** The API name of an object's flow, and of its outbound message: `Leadgauge_Lead_Changed`. */
export const definitionName = ({ object }: ToldObject) => `Leadgauge_${object}_Changed`;

export const definitionLabel = ({ what }: ToldObject) => `leadgauge: a ${what} changed`;
