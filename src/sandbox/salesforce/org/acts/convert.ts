import { DAY } from '../../../../base/clock.ts';
import { dayIn } from '../days.ts';
import type { FieldValue } from '../field.ts';
import type { Org, Writing } from '../org.ts';
import type { SalesforceRecord } from '../record.ts';
import { insertBy, updateBy } from './done.ts';
import { repoint } from './repoint.ts';

export interface Conversion {
  /** Into this account; a new one of the lead's company unless told. */
  readonly accountId?: string;
  /** Into this contact, whose values win; a new one unless told. */
  readonly contactId?: string;
  /** The name of the opportunity that comes of it; none unless told. */
  readonly opportunity?: string;
  /** One of the converted statuses. */
  readonly status?: string;
}

export interface Converted {
  readonly contact: SalesforceRecord;
  readonly account: SalesforceRecord;
  readonly opportunity: SalesforceRecord | undefined;
}

/** Standard fields of a lead, and where they go on the contact. */
const TO_CONTACT: Readonly<Record<string, string>> = {
  FirstName: 'FirstName',
  LastName: 'LastName',
  Salutation: 'Salutation',
  Title: 'Title',
  Email: 'Email',
  Phone: 'Phone',
  MobilePhone: 'MobilePhone',
  LeadSource: 'LeadSource',
  HasOptedOutOfEmail: 'HasOptedOutOfEmail',
  DoNotCall: 'DoNotCall',
  Street: 'MailingStreet',
  City: 'MailingCity',
  State: 'MailingState',
  PostalCode: 'MailingPostalCode',
  Country: 'MailingCountry',
  OwnerId: 'OwnerId',
};

const TO_ACCOUNT: Readonly<Record<string, string>> = {
  Company: 'Name',
  Website: 'Website',
  Industry: 'Industry',
  AnnualRevenue: 'AnnualRevenue',
  NumberOfEmployees: 'NumberOfEmployees',
  Street: 'BillingStreet',
  City: 'BillingCity',
  State: 'BillingState',
  PostalCode: 'BillingPostalCode',
  Country: 'BillingCountry',
  OwnerId: 'OwnerId',
};

/**
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_convertlead.htm
 * What the lead did goes with it: its activities to the contact, and its campaign members name the contact beside the lead.
 */
export function convertLead(org: Org, leadId: string, conversion: Conversion, how: Writing): Converted {
  const lead = org.get(leadId);
  if (lead.type.name !== 'Lead' || lead.flag('IsConverted')) throw new Error(`${leadId} is no lead to convert`);
  const given = conversion.contactId === undefined ? undefined : org.get(conversion.contactId);
  const accountId = conversion.accountId ?? given?.text('AccountId');
  const account =
    accountId === undefined ? insertBy(org, 'Account', valuesFor(lead, TO_ACCOUNT), how) : org.get(accountId);
  const contact = given ?? insertBy(org, 'Contact', { ...contactValues(org, lead), AccountId: account.id }, how);
  if (given !== undefined) fillIn(org, given, { ...contactValues(org, lead), AccountId: account.id }, how);
  const opportunity =
    conversion.opportunity === undefined ? undefined : open(org, conversion.opportunity, contact, account, how);
  updateBy(
    org,
    lead.id,
    {
      Status: conversion.status ?? 'Closed - Converted',
      IsConverted: true,
      ConvertedDate: dayIn(org.settings.timeZone, org.now()),
      ConvertedContactId: contact.id,
      ConvertedAccountId: account.id,
      ConvertedOpportunityId: opportunity?.id ?? null,
    },
    how,
  );
  for (const member of org.type('CampaignMember').where('LeadId', lead.id)) {
    updateBy(org, member.id, { ContactId: contact.id }, how);
  }
  repoint(org, lead.id, contact.id, ['Task.WhoId', 'Event.WhoId', 'EmailMessageRelation.RelationId'], how);
  org.prospects.move(lead.id, { contactId: contact.id });
  return { contact, account, opportunity };
}

/** With the custom fields that an administrator has mapped. */
function contactValues(org: Org, lead: SalesforceRecord): Record<string, FieldValue> {
  return { ...valuesFor(lead, TO_CONTACT), ...valuesFor(lead, org.leadMapping) };
}

/** What the lead has, under the other object's names. A queue owns no contact. */
function valuesFor(lead: SalesforceRecord, names: Readonly<Record<string, string>>): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const [from, to] of Object.entries(names)) {
    const value = lead.get(from);
    if (value !== null && !(from === 'OwnerId' && String(value).startsWith('00G'))) values[to] = value;
  }
  return values;
}

function fillIn(org: Org, contact: SalesforceRecord, values: Record<string, FieldValue>, how: Writing): void {
  updateBy(
    org,
    contact.id,
    Object.fromEntries(Object.entries(values).filter(([name]) => contact.get(name) === null)),
    how,
  );
}

function open(
  org: Org,
  name: string,
  contact: SalesforceRecord,
  account: SalesforceRecord,
  how: Writing,
): SalesforceRecord {
  const closeDate = dayIn(org.settings.timeZone, org.now() + 60 * DAY);
  const values = { Name: name, AccountId: account.id, StageName: 'Prospecting', CloseDate: closeDate };
  const opportunity = insertBy(org, 'Opportunity', values, how);
  insertBy(
    org,
    'OpportunityContactRole',
    { OpportunityId: opportunity.id, ContactId: contact.id, IsPrimary: true },
    how,
  );
  return opportunity;
}
