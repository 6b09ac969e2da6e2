import { MINUTE } from '../../base/clock.ts';
import { contactOf } from './contact-of.ts';
import type { MarketingEvent, ParticipationState } from './marketing-events.ts';
import type { Portal } from './portal.ts';

/** What people do about webinars and other events of marketing. Everything takes place now. */
export interface MarketingEventPeople {
  /** Marketing plans an event; times are milliseconds since 1970. */
  holdEvent(event: { name: string; startsAt: number; endsAt: number }): MarketingEvent;
  /** Contacts register for an event, by its id or name. */
  registerFor(event: string, contactIds: readonly string[]): void;
  /** Contacts were there, for so many minutes; the whole time unless told. */
  attend(event: string, contactIds: readonly string[], minutes?: number): void;
  /** Contacts take their registration back. */
  cancel(event: string, contactIds: readonly string[]): void;
  /** Contacts had registered and did not come. */
  noShow(event: string, contactIds: readonly string[]): void;
}

export function marketingEventPeopleOf(portal: Portal): MarketingEventPeople {
  const take = (name: string, state: ParticipationState, ids: readonly string[], seconds?: number) => {
    const event = eventOf(portal, name);
    for (const id of ids) portal.marketingEvents.take(event, contactOf(portal, id), state, portal.now(), seconds);
  };
  return {
    holdEvent: (event) => portal.marketingEvents.add(event, portal.now()),
    registerFor: (event, contactIds) => take(event, 'REGISTERED', contactIds),
    attend(event, contactIds, minutes) {
      const { startsAt, endsAt } = eventOf(portal, event);
      const ms = minutes === undefined ? endsAt - startsAt : minutes * MINUTE;
      take(event, 'ATTENDED', contactIds, Math.round(ms / 1_000));
    },
    cancel: (event, contactIds) => take(event, 'CANCELLED', contactIds),
    noShow: (event, contactIds) => take(event, 'NO_SHOW', contactIds),
  };
}

function eventOf({ marketingEvents }: Portal, idOrName: string): MarketingEvent {
  const event = marketingEvents.find(idOrName) ?? marketingEvents.all.find(({ name }) => name === idOrName);
  if (event === undefined) throw new Error(`The sandbox portal has no marketing event "${idOrName}"`);
  return event;
}
