import type { Contact } from './contact.ts';
import type { Portal } from './portal.ts';

/** After a merge: lists, marketing events, e-mails and custom events of the one are those of the other. */
export function moveMarketing(
  { lists, marketingEvents, mail, customEvents }: Portal,
  from: Contact,
  to: Contact,
): void {
  for (const store of [lists, marketingEvents, mail, customEvents]) store.move(from, to);
}

/** After a privacy deletion: nothing of marketing tells of the contact any more. */
export function eraseMarketing({ lists, mail, customEvents }: Portal, contact: Contact, at: number): void {
  lists.leaveAll(contact, at);
  for (const store of [mail, customEvents]) store.erase(contact);
}
