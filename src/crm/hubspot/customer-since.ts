import type { ContactHistory } from './api/contact-histories.ts';
import { readTime } from './outputs.ts';
import { pastValues } from './past-values.ts';

/** HubSpot's own lifecycle, whichever property config names for MQLs. */
export const STAGE = 'lifecyclestage';
const CUSTOMER = 'customer';
/** When a contact entered the stage, as portals of either age keep it. Who imported customers may have given the true day. */
export const BECAME_CUSTOMER = ['hs_lifecyclestage_customer_date', 'hs_v2_date_entered_customer'] as const;

/**
 * When the contact first became a customer, in milliseconds since 1970. Whoever was set back to a stage before that never was one: it
 * was a mistake.
 */
export function customerSince(contact: ContactHistory, stages: readonly string[]): number | undefined {
  const { properties, propertiesWithHistory } = contact;
  const place = stages.indexOf(properties[STAGE] ?? '');
  if (place !== -1 && place < stages.indexOf(CUSTOMER)) return undefined;
  const versions = propertiesWithHistory?.[STAGE] ?? [];
  const entered = pastValues(versions, Number.POSITIVE_INFINITY).find(({ value }) => value === CUSTOMER)?.since;
  const told = BECAME_CUSTOMER.map((name) => readTime(properties[name]));
  const times = [entered, ...told].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}
