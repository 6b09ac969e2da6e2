import type { Contact } from './contact.ts';

export const PARTICIPATION_STATES = ['REGISTERED', 'CANCELLED', 'ATTENDED', 'NO_SHOW'] as const;
export type ParticipationState = (typeof PARTICIPATION_STATES)[number];

/** A webinar, trade fair or the like. Times are milliseconds since 1970. */
export interface MarketingEvent {
  readonly id: string;
  readonly name: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly createdAt: number;
  updatedAt: number;
  /** In the order in which they came in. */
  readonly participations: Participation[];
}

/** That a contact reached a state, once for each state. */
export interface Participation {
  readonly event: MarketingEvent;
  contact: Contact;
  readonly state: ParticipationState;
  readonly at: number;
  /** How long the contact was there, in whole seconds; for ATTENDED alone. */
  readonly seconds: number | undefined;
}

type New = Pick<MarketingEvent, 'name' | 'startsAt' | 'endsAt'>;

/** Another range than those of contacts, companies and tasks, so that one taken for the other is found nowhere. */
const BELOW_FIRST = 414_203_770_000;

/** Events of marketing and who took part. A contact that is deleted shows nowhere; its rows stay for the survivor of a merge. */
export class MarketingEvents {
  readonly all: MarketingEvent[] = [];

  add({ name, startsAt, endsAt }: New, at: number): MarketingEvent {
    const id = String(BELOW_FIRST + (this.all.length + 1) * 37);
    const event = { id, name, startsAt, endsAt, createdAt: at, updatedAt: at, participations: [] };
    this.all.push(event);
    return event;
  }

  find(id: string): MarketingEvent | undefined {
    return this.all.find((event) => event.id === id);
  }

  /** Says that a contact reached a state; nothing where it is in that state already. Whoever reaches one again has it once. */
  take(event: MarketingEvent, contact: Contact, state: ParticipationState, at: number, seconds?: number): void {
    const { participations } = event;
    if (participations.findLast((one) => one.contact === contact)?.state === state) return;
    const before = participations.findIndex((one) => one.contact === contact && one.state === state);
    if (before >= 0) participations.splice(before, 1);
    this.seed(event, contact, state, at, seconds);
    event.updatedAt = Math.max(event.updatedAt, at);
  }

  /** As `take`, of a contact that is known not to have been in that state: for the population. */
  seed(event: MarketingEvent, contact: Contact, state: ParticipationState, at: number, seconds?: number): void {
    event.participations.push({ event, contact, state, at, seconds });
  }

  /** After a merge: what both did is the survivor's, each state of an event once. */
  move(from: Contact, to: Contact): void {
    if (from === to) return;
    for (const { participations } of this.all) {
      const own = new Set(participations.filter(({ contact }) => contact === to).map(({ state }) => state));
      for (let place = participations.length - 1; place >= 0; place--) {
        const one = participations[place];
        if (one?.contact !== from) continue;
        if (own.has(one.state)) participations.splice(place, 1);
        else one.contact = to;
      }
    }
  }
}
