import type { Contact } from './contact.ts';
import type { MailCampaign } from './mail-campaigns.ts';
import type { MailDetails, MailEventType } from './mail-events.ts';
import type { Portal } from './portal.ts';
import type { Value } from './record.ts';

interface Mailed {
  readonly contact: Contact;
  readonly type: MailEventType;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly campaign: MailCampaign;
  readonly sentBy?: number;
  readonly details?: MailDetails;
}

/** One event of a marketing e-mail, and the contact's counters that must agree with it. Gives the event's number. */
export function recordMail(portal: Portal, mailed: Mailed): number {
  const number = portal.mail.add(mailed);
  const values = mailed.details?.filteredEvent === true ? {} : counted(portal, mailed);
  if (Object.keys(values).length > 0) {
    const touch = mailed.type === 'STATUSCHANGE' || portal.settings.visitsTouch;
    portal.write(mailed.contact, values, 'EMAIL', { touch });
  }
  return number;
}

function counted(portal: Portal, { contact, type, at }: Mailed): Record<string, Value> {
  const oneMore = (name: string) => ({ [name]: (portal.numberOf(contact, name) ?? 0) + 1 });
  const latest = (name: string) => ({ [name]: Math.max(portal.numberOf(contact, name) ?? at, at) });
  const earliest = (name: string) => ({ [name]: Math.min(portal.numberOf(contact, name) ?? at, at) });
  const read = (word: string) => ({
    ...oneMore(`hs_email_${word}`),
    ...earliest(`hs_email_first_${word}_date`),
    ...latest(`hs_email_last_${word}_date`),
  });
  switch (type) {
    case 'SENT':
      return latest('hs_email_last_send_date');
    case 'DELIVERED':
      return oneMore('hs_email_delivered');
    case 'OPEN':
      return read('open');
    case 'CLICK':
      return read('click');
    case 'BOUNCE':
      return oneMore('hs_email_bounce');
    case 'STATUSCHANGE':
      return { hs_email_optout: 'true' };
    default:
      return {};
  }
}
