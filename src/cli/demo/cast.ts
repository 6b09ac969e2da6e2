import type { Contact } from '../../sandbox/portal/contact.ts';
import type { Portal } from '../../sandbox/sandbox.ts';
import { inMixedOrder } from './in-mixed-order.ts';

/** Gives out people of the portal, each once, in an order that the seed decides. */
export interface Cast {
  /** Somebody with a business address whom sales does not work yet; undefined once there is nobody left. */
  prospect(): { readonly contact: Contact; readonly email: string } | undefined;
}

/** Picks every so-many-th contact, so that the cast is mixed and the same each time. */
export function createCast(portal: Portal, seed: number): Cast {
  const contacts = inMixedOrder(portal.contacts.all, seed);
  return {
    prospect() {
      // Not with `for … of`, which ends the generator when it is left.
      for (let next = contacts.next(); !next.done; next = contacts.next()) {
        const email = portal.textOf(next.value, 'email');
        if (email && isProspect(portal, next.value)) return { contact: next.value, email };
      }
      return undefined;
    },
  };
}

export function isProspect(portal: Portal, contact: Contact): boolean {
  const flags = portal.textOf(contact, 'leadgauge_flags') ?? '';
  const stage = portal.textOf(contact, 'lifecyclestage') ?? 'lead';
  const title = portal.textOf(contact, 'jobtitle') ?? '';
  return flags === '' && (stage === 'lead' || stage === 'subscriber') && title !== '' && title.length < 60;
}
