import type { Contact } from './contact.ts';
import { type MailCampaign, MailCampaigns } from './mail-campaigns.ts';
import { grown, Timeline } from './timeline.ts';

export const MAIL_EVENT_TYPES = [
  'SENT',
  'DELIVERED',
  'OPEN',
  'CLICK',
  'BOUNCE',
  'DEFERRED',
  'DROPPED',
  'STATUSCHANGE',
  'SPAMREPORT',
] as const;
export type MailEventType = (typeof MAIL_EVENT_TYPES)[number];

/** What an event tells besides, as the API gives it. Kept by reference: whoever adds many events should share them. */
export type MailDetails = Readonly<Record<string, unknown>>;

export interface MailEvent {
  /** Rises with each event that is stored; not with time. */
  readonly number: number;
  readonly type: MailEventType;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly recipient: string;
  readonly campaign: MailCampaign;
  /** The number and time of the SENT event of the mail. */
  readonly sentBy: { readonly number: number; readonly at: number } | undefined;
  readonly details: MailDetails;
}

interface NewMailEvent {
  readonly contact: Contact;
  readonly type: MailEventType;
  readonly at: number;
  readonly campaign: MailCampaign;
  /** Number of the SENT event. */
  readonly sentBy?: number;
  readonly details?: MailDetails;
}

const NO_DETAILS: MailDetails = {};

/** Events of marketing e-mails in columns, since a portal of a million contacts has millions. An event belongs to an address. */
export class MailEvents {
  readonly campaigns = new MailCampaigns();
  readonly #times = new Timeline();
  readonly #contacts: readonly Contact[];
  readonly #addressOf: (contact: Contact) => string | undefined;
  readonly #details: MailDetails[] = [];
  readonly #detailNumbers = new Map<MailDetails, number>();
  /** Recipients that are not the contact's address of today: it changed, or the event came by a merge. */
  readonly #addresses = new Map<number, string>();
  readonly #erased = new Set<number>();
  #who = new Uint32Array(1_024);
  /** Type and campaign: place of the type + number of types × index of the campaign. */
  #what = new Uint32Array(1_024);
  #detail = new Uint32Array(1_024);
  /** The SENT event, counted from 1; 0 for none. */
  #sentBy = new Uint32Array(1_024);

  /** @param contacts by index, as the contact store holds them */
  constructor(contacts: readonly Contact[], addressOf: (contact: Contact) => string | undefined) {
    this.#contacts = contacts;
    this.#addressOf = addressOf;
  }

  get count(): number {
    return this.#times.count;
  }

  /** Stores an event and gives its number. */
  add({ contact, type, at, campaign, sentBy, details = NO_DETAILS }: NewMailEvent): number {
    const number = this.#times.add(at);
    if (number === this.#who.length) this.#grow();
    let detail = this.#detailNumbers.get(details);
    if (detail === undefined) {
      detail = this.#details.push(details) - 1;
      this.#detailNumbers.set(details, detail);
    }
    this.#who[number] = contact.index;
    this.#what[number] = MAIL_EVENT_TYPES.indexOf(type) + MAIL_EVENT_TYPES.length * campaign.index;
    this.#detail[number] = detail;
    this.#sentBy[number] = sentBy === undefined ? 0 : sentBy + 1;
    campaign.lastActivityAt = Math.max(campaign.lastActivityAt, at);
    return number;
  }

  /**
   * Newest first, of those not later than `to`; of those at `to` itself, the ones with a number below `below`. Ends with
   * those at `from`. Events whose recipient was erased are not among them.
   */
  *newestFirst(from: number, to: number, below = Number.POSITIVE_INFINITY): Generator<MailEvent> {
    const first = this.#times.placeOf(from);
    for (let place = this.#times.placeOf(to, below) - 1; place >= first; place--) {
      const event = this.#event(this.#times.numberAt(place));
      if (event !== undefined) yield event;
    }
  }

  /** The SENT event of a campaign's last mail to a contact. */
  lastSent(contact: Contact, campaign: MailCampaign): number | undefined {
    const what = MAIL_EVENT_TYPES.indexOf('SENT') + MAIL_EVENT_TYPES.length * campaign.index;
    return this.#numbersOf(contact).findLast((number) => this.#what[number] === what);
  }

  /** A contact had this address until now: what it was sent so far went there. */
  keepAddress(contact: Contact, address: string): void {
    for (const number of this.#numbersOf(contact)) {
      if (!this.#addresses.has(number)) this.#addresses.set(number, address);
    }
  }

  /** After a merge: the events are the survivor's, and went to the address of the other. */
  move(from: Contact, to: Contact): void {
    if (from === to) return;
    const address = this.#addressOf(from);
    if (address !== undefined) this.keepAddress(from, address);
    for (const number of this.#numbersOf(from)) this.#who[number] = to.index;
  }

  /** After a privacy deletion: nothing of it shows any more. */
  erase(contact: Contact): void {
    for (const number of this.#numbersOf(contact)) {
      this.#erased.add(number);
      this.#addresses.delete(number);
    }
  }

  #event(number: number): MailEvent | undefined {
    const contact = this.#contacts[this.#who[number] ?? 0];
    const what = this.#what[number] ?? 0;
    const type = MAIL_EVENT_TYPES[what % MAIL_EVENT_TYPES.length];
    const campaign = this.campaigns.all[Math.floor(what / MAIL_EVENT_TYPES.length)];
    if (contact === undefined || type === undefined || campaign === undefined || this.#erased.has(number))
      return undefined;
    const recipient = this.#addresses.get(number) ?? this.#addressOf(contact);
    if (recipient === undefined) return undefined;
    const sentBy = (this.#sentBy[number] ?? 0) - 1;
    return {
      number,
      type,
      at: this.#times.at(number),
      recipient,
      campaign,
      sentBy: sentBy < 0 ? undefined : { number: sentBy, at: this.#times.at(sentBy) },
      details: this.#details[this.#detail[number] ?? 0] ?? NO_DETAILS,
    };
  }

  /** In the order in which they were stored. A scan: what calls for it is rare. */
  #numbersOf({ index }: Contact): number[] {
    const numbers: number[] = [];
    for (let number = 0; number < this.count; number++) if (this.#who[number] === index) numbers.push(number);
    return numbers;
  }

  #grow(): void {
    const length = this.#who.length * 2;
    this.#who = grown(this.#who, length);
    this.#what = grown(this.#what, length);
    this.#detail = grown(this.#detail, length);
    this.#sentBy = grown(this.#sentBy, length);
  }
}
