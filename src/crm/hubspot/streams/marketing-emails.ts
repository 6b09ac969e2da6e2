import { MINUTE } from '../../../base/clock.ts';
import type { ActivityType } from '../../../leads/activity.ts';
import type { ActivityStream, CallOptions, Observation, Window } from '../../crm.ts';
import { type EmailEvent, listEmailEvents } from '../api/email-events.ts';
import { type CampaignNames, campaignNames } from './campaign-names.ts';
import { EMAIL_EVENT_TYPES, emailEventActivity } from './email-event-activity.ts';
import { type EmailEventSource, emailEventPages } from './email-event-pages.ts';
import { warnOnce } from './odd-rows.ts';
import type { StreamContext, StreamKind } from './stream-kind.ts';

const DELIVERS: readonly ActivityType[] = ['email-open', 'email-click', 'email-bounce', 'email-unsubscribe'];

export const marketingEmailsKind: StreamKind = {
  key: 'marketing_emails',
  what: 'events of marketing e-mails',
  scopes: ['content'],
  edition: 'a Marketing Hub or Content Hub from Professional on',
  delivers: DELIVERS,
  probe: (transport) => listEmailEvents(transport, { limit: 1 }),
  open: marketingEmails,
};

/**
 * What people did with marketing e-mails, and what became of them. Only what models ask for is read, as openings are many; the
 * name tells what that is, so that a model that asks for more finds it unread and has it read from the beginning.
 */
export function marketingEmails({ transport, asked }: Pick<StreamContext, 'transport' | 'asked'>): ActivityStream {
  const wanted = DELIVERS.some((type) => asked.has(type)) ? DELIVERS.filter((type) => asked.has(type)) : DELIVERS;
  const name = `marketing-email:${wanted.map((type) => type.replace('email-', '')).join('+')}`;
  const types = Object.keys(EMAIL_EVENT_TYPES).filter((type) => wanted.some((one) => one === EMAIL_EVENT_TYPES[type]));
  const names = campaignNames(transport);
  const warn = warnOnce(name, transport.log);
  return {
    name,
    // An event is listed under the time at which it happened, some time after it.
    overlap: 15 * MINUTE,
    lag: 0,
    pull: (window, options) => pull({ transport, warn, options }, types, window, names),
  };
}

async function* pull(
  source: EmailEventSource,
  types: readonly string[],
  window: Window,
  names: CampaignNames,
): AsyncIterable<Observation[]> {
  for await (const events of emailEventPages(source, types, window)) {
    const observations: Observation[] = [];
    for (const event of events) {
      const observation = emailEventActivity(event);
      if (observation === undefined) continue;
      const name = await nameOf(event, names, source.options);
      const { activity } = observation;
      observations.push(name === undefined ? observation : { ...observation, activity: { ...activity, name } });
    }
    if (observations.length > 0) yield observations;
  }
}

async function nameOf({ emailCampaignId: id }: EmailEvent, names: CampaignNames, options?: CallOptions) {
  return id === undefined ? undefined : names(id, options);
}
