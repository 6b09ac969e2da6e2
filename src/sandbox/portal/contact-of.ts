import type { Contact } from './contact.ts';
import type { Portal } from './portal.ts';

/**
 * The contact that an id leads to, which may be one from before a merge.
 * @throws Error where there is none, or none any more
 */
export function contactOf(portal: Portal, id: string): Contact {
  const contact = portal.contacts.find(id);
  if (contact === undefined) throw new Error(`The sandbox portal has no contact ${id}`);
  return contact;
}
