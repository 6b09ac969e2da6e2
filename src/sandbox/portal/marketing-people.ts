import { type CustomEventPeople, customEventPeopleOf } from './custom-event-acts.ts';
import { type ListPeople, listPeopleOf } from './list-acts.ts';
import { type MailPeople, mailPeopleOf } from './mail-acts.ts';
import { type MarketingEventPeople, marketingEventPeopleOf } from './marketing-event-acts.ts';
import type { Portal } from './portal.ts';
import { type PropertyPeople, propertyPeopleOf } from './property-acts.ts';

/** What marketing and its administrators do, and what comes of their e-mails and events. */
export interface MarketingPeople
  extends ListPeople,
    MailPeople,
    MarketingEventPeople,
    CustomEventPeople,
    PropertyPeople {}

export function marketingPeopleOf(portal: Portal): MarketingPeople {
  return {
    ...listPeopleOf(portal),
    ...mailPeopleOf(portal),
    ...marketingEventPeopleOf(portal),
    ...customEventPeopleOf(portal),
    ...propertyPeopleOf(portal),
  };
}
