import { dayIn } from '../days.ts';
import type { Org, Writing } from '../org.ts';
import type { SalesforceRecord } from '../record.ts';
import { insertBy } from './done.ts';

export interface Won {
  readonly amount?: number;
  readonly name?: string;
  /** `Closed Won` unless told. */
  readonly stage?: string;
}

/** Gives the opportunity, closed today. */
export function winOpportunity(org: Org, contactId: string, details: Won, how: Writing): SalesforceRecord {
  const { amount = 12_000, name = 'New business', stage = 'Closed Won' } = details;
  const contact = org.get(contactId);
  const closed = { StageName: stage, CloseDate: dayIn(org.settings.timeZone, org.now()) };
  const values = { Name: name, AccountId: contact.get('AccountId'), Amount: amount, ...closed };
  const opportunity = insertBy(org, 'Opportunity', values, how);
  const role = { OpportunityId: opportunity.id, ContactId: contact.id, Role: 'Decision Maker', IsPrimary: true };
  insertBy(org, 'OpportunityContactRole', role, how);
  return opportunity;
}
