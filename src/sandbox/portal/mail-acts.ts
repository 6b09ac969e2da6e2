import type { Contact } from './contact.ts';
import { contactOf } from './contact-of.ts';
import type { MailCampaign } from './mail-campaigns.ts';
import { OPTED_OUT, type Reader, readBy } from './mail-details.ts';
import type { MailDetails, MailEventType } from './mail-events.ts';
import type { Portal } from './portal.ts';
import { recordMail } from './record-mail.ts';

/** One of a campaign's mails, and when: milliseconds since 1970, now unless told. */
interface OneMail {
  /** By id or name. */
  readonly campaign: string;
  readonly contactId: string;
  readonly at?: number;
}

/** What happens to marketing e-mails. Each moves the contact's hs_email_ counters and dates as HubSpot does. */
export interface MailPeople {
  /**
   * Marketing sends a mail to contacts, each of which gets it at once; whoever opted out gets none, and a DROPPED event
   * says so. A campaign that is given by a name not known yet is a new one.
   */
  sendMarketingEmail(mail: {
    campaign: string;
    subject?: string;
    contactIds: readonly string[];
    at?: number;
    /** The receiving server says "later" first. */
    deferred?: boolean;
  }): MailCampaign;
  openEmail(mail: OneMail & Reader & { seconds?: number }): void;
  clickEmail(mail: OneMail & Reader & { url: string }): void;
  /** A mail is sent and never arrives. */
  bounceEmail(mail: OneMail): void;
  reportSpam(mail: OneMail): void;
  /** Opts out of all marketing e-mail by the link in a mail. */
  unsubscribe(mail: OneMail): void;
}

export function mailPeopleOf(portal: Portal): MailPeople {
  const record = ({ campaign, contactId, at }: OneMail, type: MailEventType, details?: MailDetails): void => {
    const known = campaignOf(portal, campaign);
    const contact = contactOf(portal, contactId);
    const sentBy = portal.mail.lastSent(contact, known);
    if (sentBy === undefined) throw new Error(`Contact ${contactId} was never sent the e-mail "${known.name}"`);
    recordMail(portal, { contact, type, at: at ?? portal.now(), campaign: known, sentBy, details });
  };
  return {
    sendMarketingEmail({ campaign, subject, contactIds, at = portal.now(), deferred = false }) {
      const { campaigns } = portal.mail;
      const known = campaigns.find(campaign) ?? campaigns.add(campaign, subject ?? campaign, at);
      for (const id of contactIds) send(portal, addressee(portal, id), known, at, deferred);
      return known;
    },
    openEmail: ({ seconds = 12, ...mail }) => record(mail, 'OPEN', { ...readBy(mail), duration: seconds * 1_000 }),
    clickEmail: ({ url, ...mail }) => record(mail, 'CLICK', { url, ...readBy(mail), referer: '' }),
    bounceEmail({ campaign, contactId, at = portal.now() }) {
      const known = campaignOf(portal, campaign);
      const contact = addressee(portal, contactId);
      const sentBy = recordMail(portal, { contact, type: 'SENT', at, campaign: known });
      const details = { category: 'UNKNOWN_USER', response: '550 5.1.1 no such user', status: '5.1.1' };
      recordMail(portal, { contact, type: 'BOUNCE', at, campaign: known, sentBy, details });
    },
    reportSpam: (mail) => record(mail, 'SPAMREPORT'),
    unsubscribe: (mail) => record(mail, 'STATUSCHANGE', OPTED_OUT),
  };
}

function send(portal: Portal, contact: Contact, campaign: MailCampaign, at: number, deferred: boolean): void {
  if (portal.valueOf(contact, 'hs_email_optout') === 'true') {
    const details = { dropReason: 'PREVIOUSLY_UNSUBSCRIBED_PORTAL', dropMessage: 'The recipient opted out' };
    recordMail(portal, { contact, type: 'DROPPED', at, campaign, details });
    return;
  }
  const sentBy = recordMail(portal, { contact, type: 'SENT', at, campaign });
  const mail = { contact, at, campaign, sentBy };
  if (deferred) recordMail(portal, { ...mail, type: 'DEFERRED', details: { response: '421 try later', attempt: 1 } });
  recordMail(portal, { ...mail, type: 'DELIVERED', details: { response: '250 accepted' } });
}

function addressee(portal: Portal, id: string): Contact {
  const contact = contactOf(portal, id);
  if (portal.textOf(contact, 'email') === undefined) throw new Error(`Contact ${id} has no e-mail address`);
  return contact;
}

function campaignOf({ mail }: Portal, idOrName: string): MailCampaign {
  const campaign = mail.campaigns.find(idOrName);
  if (campaign === undefined) throw new Error(`The sandbox portal has sent no e-mail "${idOrName}"`);
  return campaign;
}
