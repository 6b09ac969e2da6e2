import type { Contact } from './contact.ts';
import type { Portal } from './portal.ts';

/** Every address of a contact in lower case, the primary one first. */
export function emailsOf(portal: Portal, contact: Contact): string[] {
  const additional = portal.textOf(contact, 'hs_additional_emails')?.split(';') ?? [];
  return [portal.textOf(contact, 'email') ?? '', ...additional]
    .map((email) => email.toLowerCase())
    .filter((email) => email !== '');
}
