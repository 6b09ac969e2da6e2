import type { Contact } from './contact.ts';
import { emailsOf } from './emails-of.ts';
import { joinCompany } from './membership.ts';
import type { Portal } from './portal.ts';
import { hasDealings } from './sales.ts';
import { recount } from './sales-counters.ts';

/**
 * Brings a deleted contact back, with its id, its values and what it did. HubSpot does not say whether this moves
 * lastmodifieddate; here it does.
 * @throws Error where somebody else has its e-mail address by now
 */
export function restoreContact(portal: Portal, contact: Contact): void {
  const at = portal.now();
  const emails = emailsOf(portal, contact);
  if (emails.some((email) => portal.contacts.findByEmail(email) !== undefined)) {
    throw new Error(`Contact ${contact.id} cannot be restored: another contact has its e-mail address`);
  }
  portal.contacts.restore(contact);
  for (const email of emails) portal.contacts.claimEmail(email, contact);
  const company = portal.companies.find(String(portal.valueOf(contact, 'associatedcompanyid') ?? ''));
  portal.write(contact, { associatedcompanyid: company?.number }, 'CRM_UI', { at });
  joinCompany(portal, contact, company?.number, at);
  // Sales may have gone on without it.
  if (hasDealings(portal.sales, contact)) recount(portal, contact);
  portal.onChange?.({ type: 'contact.restore', objectId: contact.id, at, source: 'CRM_UI' });
}
