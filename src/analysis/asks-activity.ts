import { ACTIVITY_TYPES, type ActivityType } from '../leads/activity.ts';

/** What sales do, or do together with a lead that they hold for a good one already, says what they think of it; a sale is the outcome. */
export const OF_SALES: ReadonlySet<ActivityType> = new Set([
  'deal-won',
  'sales-email',
  'meeting',
  'call',
  'call-attempt',
]);

/** Whether a condition, as YAML has it, is about something done: an activity stands alone, or in `all`. */
export function asksActivity(when: unknown): boolean {
  if (typeof when !== 'object' || when === null) return false;
  if ('activity' in when) return true;
  return 'all' in when && Array.isArray(when.all) && when.all.some(asksActivity);
}

/** Whether a condition is about something that sales did. */
export function asksSales(when: unknown): boolean {
  return activitiesAsked(when).some((type) => OF_SALES.has(type));
}

/** The kinds of activity that a condition asks for, be it in `all` or alone. */
export function activitiesAsked(when: unknown): ActivityType[] {
  if (typeof when !== 'object' || when === null) return [];
  const own = 'activity' in when ? ACTIVITY_TYPES.filter((type) => type === when.activity) : [];
  return [...own, ...('all' in when && Array.isArray(when.all) ? when.all.flatMap(activitiesAsked) : [])];
}
