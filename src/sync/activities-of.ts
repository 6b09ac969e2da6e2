import type { LeadRecord } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';

/**
 * All that a lead did: what was told one by one (`did`), and what the record counts. Of a type that the record counts, no
 * stream tells now; what one told before, until config or the edition took it away, is in the counter as well.
 */
export function activitiesOf(
  { counters }: Pick<LeadRecord, 'counters'>,
  did: readonly Activity[],
): readonly Activity[] {
  if (counters.length === 0) return did;
  const counted = new Set(counters.map(({ type }) => type));
  return [...did.filter(({ type }) => !counted.has(type)), ...counters];
}
