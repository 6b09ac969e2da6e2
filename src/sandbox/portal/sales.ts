import type { Company } from './company.ts';
import type { Contact } from './contact.ts';
import { SALES_KINDS, type SalesKind } from './sales-properties.ts';
import { SalesRecords } from './sales-records.ts';

/** What sales keeps in a portal. */
export type Sales = Readonly<Record<SalesKind, SalesRecords>>;

export function createSales(now: number): Sales {
  return {
    calls: new SalesRecords('calls', now),
    meetings: new SalesRecords('meetings', now),
    emails: new SalesRecords('emails', now),
    tasks: new SalesRecords('tasks', now),
    deals: new SalesRecords('deals', now),
  };
}

export function allOf(sales: Sales): SalesRecords[] {
  return SALES_KINDS.map((kind) => sales[kind]);
}

/** Whether sales has had anything to do with this contact. */
export function hasDealings(sales: Sales, contact: Contact): boolean {
  return allOf(sales).some(({ contacts }) => contacts.from(contact).length > 0);
}

/** After a merge of contacts. */
export function moveContact(sales: Sales, old: Contact, next: Contact): void {
  for (const { contacts } of allOf(sales)) contacts.move(old, next);
}

/** After a merge of companies. */
export function moveCompany(sales: Sales, old: Company, next: Company): void {
  for (const { companies } of allOf(sales)) companies.move(old, next);
}
