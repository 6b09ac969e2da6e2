import type { Contact } from '../../sandbox/portal/contact.ts';
import type { Portal } from '../../sandbox/sandbox.ts';

/** Gives out people of the portal, each once, in an order that the seed decides. */
export interface Cast {
  /** Somebody with a business address whom sales does not work yet; undefined once there is nobody left. */
  prospect(): { readonly contact: Contact; readonly email: string } | undefined;
}

/** Picks every so-many-th contact, so that the cast is mixed and the same each time. */
export function createCast(portal: Portal, seed: number): Cast {
  const contacts = portal.contacts.all;
  const stride = 7_919;
  let place = seed % Math.max(contacts.length, 1);
  let left = contacts.length;
  return {
    prospect() {
      while (left > 0) {
        left -= 1;
        place = (place + stride) % contacts.length;
        const contact = contacts[place];
        const email = contact && portal.textOf(contact, 'email');
        if (contact === undefined || !email || !isProspect(portal, contact)) continue;
        return { contact, email };
      }
      return undefined;
    },
  };
}

function isProspect(portal: Portal, contact: Contact): boolean {
  const flags = portal.textOf(contact, 'leadgauge_flags') ?? '';
  const stage = portal.textOf(contact, 'lifecyclestage') ?? 'lead';
  const title = portal.textOf(contact, 'jobtitle') ?? '';
  return flags === '' && (stage === 'lead' || stage === 'subscriber') && title !== '' && title.length < 60;
}
