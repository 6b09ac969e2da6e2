import type { Activity, ActivityType } from '../../leads/activity.ts';
import { readTime } from './outputs.ts';

/** What HubSpot only counts on a contact, with the last date: there is no event for each. */
const COUNTERS: readonly { readonly type: ActivityType; readonly count?: string; readonly last: string }[] = [
  { type: 'email-open', count: 'hs_email_open', last: 'hs_email_last_open_date' },
  { type: 'email-click', count: 'hs_email_click', last: 'hs_email_last_click_date' },
  { type: 'email-reply', count: 'hs_email_replied', last: 'hs_email_last_reply_date' },
  { type: 'meeting', last: 'engagements_last_meeting_booked' },
];

export const ENGAGEMENT_COUNTERS = COUNTERS.flatMap(({ count, last }) =>
  count === undefined ? [last] : [count, last],
);

/** Marketing e-mails opened, clicked and answered, and the last meeting booked, as the contact's own counters tell of them. */
export function engagementCounters(properties: Readonly<Record<string, string | null>>): Activity[] {
  return COUNTERS.flatMap(({ type, count, last }): Activity[] => {
    const at = readTime(properties[last]);
    const times = count === undefined ? 1 : Number(properties[count] ?? 0);
    if (at === undefined || !Number.isSafeInteger(times) || times < 1) return [];
    return [{ id: 'counter', type, at, count: times }];
  });
}
