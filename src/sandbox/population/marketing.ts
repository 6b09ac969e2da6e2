import type { Contact } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import type { Behaviour } from './behaviour.ts';
import { listMembersOf } from './list-members.ts';
import type { Mail } from './mail-counters.ts';
import { mailHistoryOf } from './mail-history.ts';
import type { Random } from './random.ts';
import { webinarsOf } from './webinars.ts';

/** What marketing knows of a contact that was just made. */
export interface Marketed {
  readonly sent: Behaviour['sent'];
  readonly mails: readonly Mail[];
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** Gives the portal its e-mail campaigns, webinars and lists, and what it takes to put a contact into them. */
export function marketingOf(portal: Portal, now: number): (random: Random, contact: Contact, of: Marketed) => void {
  const keepMails = mailHistoryOf(portal, now);
  const takePart = webinarsOf(portal, now);
  const join = listMembersOf(portal, now);
  return (random, contact, { sent, mails, created }) => {
    keepMails(random, contact, mails, created);
    takePart(random, contact, sent);
    join(contact, sent);
  };
}
