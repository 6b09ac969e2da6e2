import { DAY } from '../base/clock.ts';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { orderActivities } from '../scoring/order-activities.ts';
import type { Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';

/**
 * Whether the lead was an MQL at the end of any day on which it did something, or is one at the time of this score: sales would have been given
 * it then, though it may have cooled off since. Fields are taken to have been what they are at that time.
 */
export function passedBefore(model: CompiledModel, lead: Lead, activities: readonly Activity[], score: Score): boolean {
  if (score.mql) return true;
  // What people do changes the engagement alone.
  if (score.fit < model.gates.fit || score.missingRequired.length > 0) return false;
  const ordered = orderActivities(activities);
  for (let count = ordered.length; count > 0; count--) {
    const time = ordered[count - 1]?.at ?? 0;
    if (dayOf(ordered[count]?.at) === dayOf(time)) continue;
    if (scoreLead(model, lead, ordered.slice(0, count), time).mql) return true;
  }
  return false;
}

const dayOf = (time: number | undefined) => (time === undefined ? undefined : Math.floor(time / DAY));
