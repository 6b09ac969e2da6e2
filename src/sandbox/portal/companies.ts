import type { Company } from './company.ts';
import type { Portal } from './portal.ts';
import type { Values } from './record.ts';

/** Adds a company that was there before the portal began, or that comes of a merge. Times are milliseconds since 1970. */
export function seedCompany(portal: Portal, values: Values, at: { created: number; modified: number }): Company {
  const slots = portal.companyTable.slotsOf([values], at);
  const company = portal.companies.add(slots);
  slots[portal.companyTable.properties.slot('hs_object_id')] = company.number;
  portal.companyTable.index.added(company, at.modified);
  return company;
}

/** Adds a company of these values, known to be valid. */
export function createCompany(portal: Portal, values: Values): Company {
  const at = portal.now();
  return seedCompany(portal, { lifecyclestage: 'lead', ...values }, { created: at, modified: at });
}

/** Writes values of a company, known to be valid, as `RecordTable.write` does. */
export function writeCompany(portal: Portal, company: Company, values: Values): void {
  portal.companyTable.write(company, values, { at: portal.now() });
}

/** Deletes a company: it shows in archived lists from now on, and whoever worked there has no company. */
export function removeCompany(portal: Portal, company: Company): void {
  for (const contact of [...company.contacts]) {
    portal.write(contact, { associatedcompanyid: undefined }, 'CRM_UI');
  }
  portal.companies.archive(company, portal.now());
}
