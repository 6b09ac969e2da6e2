import { contactOf } from './contact-of.ts';
import type { CustomEvent } from './custom-events.ts';
import type { Portal } from './portal.ts';

/** What a company's own software tells HubSpot of its users. */
export interface CustomEventPeople {
  /** An event of a type that the company defined, given by its name (`trial_started`) or whole (`pe24500001_trial_started`). */
  fireEvent(event: {
    eventType: string;
    contactId: string;
    /** Milliseconds since 1970; now unless told. */
    at?: number;
    properties?: Readonly<Record<string, string>>;
  }): CustomEvent;
}

export function customEventPeopleOf(portal: Portal): CustomEventPeople {
  const { customEvents } = portal;
  return {
    fireEvent({ eventType, contactId, at = portal.now(), properties = {} }) {
      const contact = contactOf(portal, contactId);
      return customEvents.add({ type: customEvents.typeOf(eventType), contact, at, properties });
    },
  };
}
