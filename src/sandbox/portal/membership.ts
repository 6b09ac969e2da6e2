import type { Company } from './company.ts';
import type { Contact } from './contact.ts';
import type { Portal } from './portal.ts';
import type { Value } from './record.ts';

/** Call once a contact has this `associatedcompanyid`: the company counts the contact from now on. */
export function joinCompany(portal: Portal, contact: Contact, companyId: Value | undefined, at: number): void {
  const company = find(portal, companyId);
  if (company === undefined || company.contacts.has(contact)) return;
  company.contacts.add(contact);
  count(portal, company, at);
}

/** Call once a contact has this `associatedcompanyid` no longer, or is no longer there. */
export function leaveCompany(portal: Portal, contact: Contact, companyId: Value | undefined, at: number): void {
  const company = find(portal, companyId);
  if (company?.contacts.delete(contact)) count(portal, company, at);
}

function find(portal: Portal, companyId: Value | undefined): Company | undefined {
  return companyId === undefined ? undefined : portal.companies.find(String(companyId));
}

function count(portal: Portal, company: Company, at: number): void {
  portal.companyTable.write(company, { num_associated_contacts: company.contacts.size }, { at });
}
