import { DAY, SECOND } from '../../base/clock.ts';
import type { Contact } from '../portal/contact.ts';
import type { MailCampaign } from '../portal/mail-campaigns.ts';
import { OPTED_OUT, readBy } from '../portal/mail-details.ts';
import type { MailDetails } from '../portal/mail-events.ts';
import type { Portal } from '../portal/portal.ts';
import type { Mail } from './mail-counters.ts';
import type { Random } from './random.ts';

/** Mails that go out all the year round, so that anyone may get one at any time. */
const CAMPAIGNS = [
  ['Welcome', 'Good to have you here'],
  ['How scoring works', 'Which of your leads would you call first?'],
  ['Customer story', 'How Northwind halved its response time'],
  ['Product news', 'What is new this month'],
  ['Plans and prices', 'Which plan fits you'],
] as const;
const LINKS = ['/pricing', '/blog/what-is-lead-scoring', '/customers/northwind', '/product', '/demo'];

// One object for many events: that is what keeps them small.
const DELIVERED = { response: '250 accepted' };
/** Apple's privacy proxy opens a good part of all mails. */
const OPENS = [undefined, undefined, 'Mozilla/5.0'].map((userAgent) => ({
  ...readBy({ userAgent }),
  duration: 12_000,
}));
const BOT = 'Mozilla/5.0 (compatible; Barracuda Sentinel (EE))';

/** Gives the portal its campaigns, and what it takes to fill in what became of their mails. */
export function mailHistoryOf(
  portal: Portal,
  now: number,
): (random: Random, contact: Contact, mails: readonly Mail[], fallback: number) => void {
  const { website } = portal.settings;
  const campaigns = CAMPAIGNS.map(([name, subject]) => portal.mail.campaigns.add(name, subject, now - 400 * DAY));
  const clickOf = (userAgent?: string) =>
    LINKS.map((path) => ({ url: website + path, ...readBy({ userAgent }), referer: '' }));
  const clicks = { people: clickOf(), bots: clickOf(BOT) };

  return (random, contact, mails, fallback) => {
    const first = random.whole(campaigns.length);
    const kept = mails.flatMap((mail, index) => {
      const campaign = campaigns[(first + index) % campaigns.length];
      return campaign === undefined ? [] : [keep(portal, random, contact, campaign, mail, clicks)];
    });
    const campaign = campaigns[first];
    if (portal.valueOf(contact, 'hs_email_optout') !== 'true' || campaign === undefined) return;
    const at = Math.min((mails[0]?.openedAt ?? mails[0]?.sentAt ?? fallback) + DAY, now);
    portal.mail.add({ contact, type: 'STATUSCHANGE', at, campaign, sentBy: kept[0], details: OPTED_OUT });
  };
}

interface Clicks {
  readonly people: readonly MailDetails[];
  readonly bots: readonly MailDetails[];
}

/** Gives the number of the SENT event. */
function keep(
  { mail }: Portal,
  random: Random,
  contact: Contact,
  campaign: MailCampaign,
  { sentAt, openedAt, clickedAt }: Mail,
  clicks: Clicks,
): number {
  const sentBy = mail.add({ contact, type: 'SENT', at: sentAt, campaign });
  const of = { contact, campaign, sentBy };
  mail.add({ ...of, type: 'DELIVERED', at: sentAt + 2 * SECOND, details: DELIVERED });
  // A gateway that follows a link before anybody sees the mail. HubSpot knows it, and does not count it.
  if (random.chance(0.02)) {
    mail.add({ ...of, type: 'CLICK', at: sentAt + 5 * SECOND, details: random.pick(clicks.bots) });
  }
  if (openedAt !== undefined) mail.add({ ...of, type: 'OPEN', at: openedAt, details: random.pick(OPENS) });
  if (clickedAt !== undefined) mail.add({ ...of, type: 'CLICK', at: clickedAt, details: random.pick(clicks.people) });
  return sentBy;
}
