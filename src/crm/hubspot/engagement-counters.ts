import type { ActivityType } from '../../leads/activity.ts';
import type { Counter } from './counters.ts';
import { readTime } from './outputs.ts';

/** Marketing e-mails opened, clicked and answered, and the last meeting booked: of each HubSpot only counts, with the last date. */
export const ENGAGEMENT_COUNTERS: readonly Counter[] = [
  counter('email-open', 'hs_email_last_open_date', 'hs_email_open'),
  counter('email-click', 'hs_email_last_click_date', 'hs_email_click'),
  counter('email-reply', 'hs_email_last_reply_date', 'hs_email_replied'),
  counter('meeting', 'engagements_last_meeting_booked'),
];

function counter(type: ActivityType, last: string, count?: string): Counter {
  return {
    type,
    properties: count === undefined ? [last] : [count, last],
    read(properties) {
      const at = readTime(properties[last]);
      const times = count === undefined ? 1 : Number(properties[count] ?? 0);
      if (at === undefined || !Number.isSafeInteger(times) || times < 1) return [];
      return [{ id: 'counter', type, at, count: times }];
    },
  };
}
