import type { Activity, ActivityType } from '../../../leads/activity.ts';
import { normaliseEmail } from '../../../leads/email.ts';
import { isPrivacyProxy } from '../../../leads/machine.ts';
import type { Observation } from '../../crm.ts';
import type { EmailEvent } from '../api/email-events.ts';

/** What HubSpot calls what leadgauge knows as these. */
export const EMAIL_EVENT_TYPES: Readonly<Record<string, ActivityType>> = {
  OPEN: 'email-open',
  CLICK: 'email-click',
  BOUNCE: 'email-bounce',
  STATUSCHANGE: 'email-unsubscribe',
  SPAMREPORT: 'email-unsubscribe',
};

/** What somebody did to an e-mail, or what became of it; undefined for what is none of it, such as a new subscription. */
export function emailEventActivity(event: EmailEvent): Observation | undefined {
  const type = EMAIL_EVENT_TYPES[event.type];
  const email = normaliseEmail(event.recipient);
  if (type === undefined || email === undefined || !isTold(event)) return undefined;
  const observation = { person: { email }, activity: { id: idOf(event), type, at: event.created, ...rest(event) } };
  // It came as its own follow-up once more.
  return event.obsoletedBy === undefined ? observation : { ...observation, revision: 1, withdrawn: true };
}

/** Of changes of the subscription, only those that end one. */
function isTold({ type, portalSubscriptionStatus, subscriptions = [] }: EmailEvent): boolean {
  if (type !== 'STATUSCHANGE') return true;
  return [portalSubscriptionStatus, ...subscriptions.map(({ status }) => status)].includes('UNSUBSCRIBED');
}

/** A report of spam ends the subscription too: that is one thing, told twice. */
function idOf({ type, id, causedBy }: EmailEvent): string {
  if (type === 'SPAMREPORT') return `unsubscribed:${id}`;
  return type === 'STATUSCHANGE' ? `unsubscribed:${causedBy?.id ?? id}` : id;
}

/** An e-mail counts as delivered when it was sent, seconds before: to know better would take a row for each that was ever delivered. */
function rest({ type, url, userAgent, sentBy, filteredEvent }: EmailEvent): Partial<Activity> {
  if (type !== 'OPEN' && type !== 'CLICK') return {};
  const isProxy = type === 'OPEN' && userAgent !== undefined && isPrivacyProxy(userAgent);
  const machine = filteredEvent === true ? 'bot' : isProxy ? 'privacy-proxy' : undefined;
  const address = type === 'CLICK' ? url?.trim() : undefined;
  return {
    ...(address && { url: address }),
    ...(sentBy !== undefined && { deliveredAt: sentBy.created }),
    ...(machine !== undefined && { machine }),
  };
}
