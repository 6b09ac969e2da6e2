import type { Activity } from '../../leads/activity.ts';
import type { Counter } from './counters.ts';
import { readTime } from './outputs.ts';

/** What HubSpot counts on a contact where it does not tell the single views. */
const PAGE_VIEW_COUNTERS = [
  'hs_analytics_num_page_views',
  'hs_analytics_first_timestamp',
  'hs_analytics_first_url',
  'hs_analytics_last_timestamp',
  'hs_analytics_last_url',
];

/**
 * The page views that a contact's counters tell of. Only the addresses of the first and of the last page are known, so that
 * only those two views carry one: all others count as views of some page, at the last date. Together they are as many as
 * HubSpot counted.
 */
export function pageViewCounters(properties: Readonly<Record<string, string | null>>): Activity[] {
  const views = Number(properties.hs_analytics_num_page_views ?? 0);
  const lastAt = readTime(properties.hs_analytics_last_timestamp);
  if (!Number.isSafeInteger(views) || views < 1 || lastAt === undefined) return [];
  const firstAt = readTime(properties.hs_analytics_first_timestamp);
  const lastUrl = properties.hs_analytics_last_url?.trim();
  const firstUrl = properties.hs_analytics_first_url?.trim();

  const known: Activity[] = [];
  if (lastUrl) known.push({ id: 'counter:last', type: 'page-view', at: lastAt, url: lastUrl });
  if (firstUrl && firstAt !== undefined && views > known.length) {
    known.push({ id: 'counter:first', type: 'page-view', at: firstAt, url: firstUrl });
  }
  const count = views - known.length;
  return count < 1 ? known : [...known, { id: 'counter:others', type: 'page-view', at: lastAt, count }];
}

export const pageViewCounter: Counter = {
  type: 'page-view',
  properties: PAGE_VIEW_COUNTERS,
  read: pageViewCounters,
};
