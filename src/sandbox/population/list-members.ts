import { DAY } from '../../base/clock.ts';
import type { Contact } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import type { Behaviour } from './behaviour.ts';

/** Two lists that HubSpot itself would fill, by the forms that people sent. */
export function listMembersOf(portal: Portal, now: number): (contact: Contact, sent: Behaviour['sent']) => void {
  const created = now - 300 * DAY;
  const readers = portal.lists.add('Newsletter readers', 'DYNAMIC', created);
  const hands = portal.lists.add('Asked for a demo or a trial', 'DYNAMIC', created);
  return (contact, sent) => {
    for (const { form, at } of sent) {
      if (form === 'newsletter') portal.lists.join(readers, contact, at);
      if (form === 'demo' || form === 'trial') portal.lists.join(hands, contact, at);
    }
  };
}
