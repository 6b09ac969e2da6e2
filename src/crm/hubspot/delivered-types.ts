import type { ActivityType } from '../../leads/activity.ts';

/** What HubSpot tells of, by the streams and the counters: of everything else that a model may ask for, it reports nothing yet. */
export const DELIVERED_TYPES: ReadonlySet<ActivityType> = new Set<ActivityType>([
  'page-view',
  'form-submission',
  'email-open',
  'email-click',
  'email-reply',
  'meeting',
]);
