import { MINUTE } from '../../base/clock.ts';
import type { Contact } from './contact.ts';
import type { Portal } from './portal.ts';
import type { Value } from './record.ts';

/** Views that are further apart than this belong to two visits. */
export const VISIT_GAP = 30 * MINUTE;

/** One page view: the event, and the contact's counters that must agree with it. */
export function recordView(portal: Portal, contact: Contact, url: string, at = portal.now()): void {
  portal.views.add(contact, at, url);
  const views = (portal.numberOf(contact, 'hs_analytics_num_page_views') ?? 0) + 1;
  const last = portal.numberOf(contact, 'hs_analytics_last_timestamp');
  const newVisit = last === undefined || at - last > VISIT_GAP;
  const visits = (portal.numberOf(contact, 'hs_analytics_num_visits') ?? 0) + (newVisit ? 1 : 0);
  const values: Record<string, Value> = {
    hs_analytics_num_page_views: views,
    hs_analytics_num_visits: visits,
    hs_analytics_average_page_views: Math.round(views / visits),
    hs_analytics_last_url: url,
    hs_analytics_last_timestamp: at,
  };
  if (newVisit) values.hs_analytics_last_visit_timestamp = at;
  if (last === undefined) {
    values.hs_analytics_first_url = url;
    values.hs_analytics_first_timestamp = at;
    values.hs_analytics_first_visit_timestamp = at;
  }
  portal.write(contact, values, 'ANALYTICS', { at, touch: portal.settings.visitsTouch });
}
