import type { MailDetails } from './mail-events.ts';

/** Who or what it was that opened or clicked. */
export interface Reader {
  /** As the mail program or the bot names itself: `Mozilla/5.0` alone is Apple's privacy proxy. */
  readonly userAgent?: string;
  /** Whether HubSpot takes it for a bot; what it says of known bots unless told. Such an event moves no counter. */
  readonly filtered?: boolean;
}

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
const KNOWN_BOT = /bot\b|crawler|spider|barracuda|proofpoint|mimecast|linkscan/i;

/** What a STATUSCHANGE says of somebody who wants no more marketing e-mail at all. */
export const OPTED_OUT: MailDetails = {
  source: 'SOURCE_RECIPIENT',
  portalSubscriptionStatus: 'UNSUBSCRIBED',
  subscriptions: [],
  bounced: false,
};

/** What an event says of a reader; the user agent of a browser unless told. */
export function readBy({ userAgent = BROWSER, filtered = KNOWN_BOT.test(userAgent) }: Reader): MailDetails {
  const name = /Chrome/.test(userAgent) ? 'Chrome' : 'unknown';
  return {
    userAgent,
    deviceType: name === 'unknown' ? 'UNKNOWN' : 'COMPUTER',
    browser: { name, family: name, type: name === 'unknown' ? 'unknown' : 'Browser', version: [] },
    location: { country: 'UNITED STATES', state: 'massachusetts', city: 'cambridge' },
    filteredEvent: filtered,
  };
}
