import { batches } from '../base/batches.ts';
import type { LeadRecord } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import { readLeadStates } from '../ledger/former-states.ts';
import type { Space } from '../ledger/space.ts';
import type { Connection } from './connection.ts';
import { readDoings } from './one-person.ts';
import type { ScoredLead } from './standing.ts';
import { verdictsOf } from './verdicts.ts';

/** A lead as a backfill would have scored it. */
export interface PlannedLead extends ScoredLead {
  readonly activities: readonly Activity[];
}

/** Every lead of the CRM, page by page. */
export async function* allLeads({ crm }: Connection, signal?: AbortSignal): AsyncGenerator<readonly LeadRecord[]> {
  let after: string | undefined;
  do {
    const page = await crm.listLeads(after, { signal });
    yield page.records;
    after = page.next;
  } while (after !== undefined);
}

/** These leads, page by page; those that are no more are left out. */
export async function* leadsById(
  { crm }: Connection,
  ids: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<readonly LeadRecord[]> {
  for (const some of batches(ids, crm.batches.read)) yield await crm.readLeads(some, { signal });
}

/** Scores by the ledger and by what lies in `scratch` beside it. An activity that is in both counts once, as in any score. */
export async function scoreLeads(
  connection: Connection,
  scratch: Space,
  records: readonly LeadRecord[],
  now: number,
): Promise<PlannedLead[]> {
  const { models, space } = connection;
  const leads = records.map(({ lead }) => lead);
  const [did, states] = await Promise.all([readDoings(connection, records, scratch), readLeadStates(space, leads)]);
  return records.map((record, index) => {
    const activities = did[index]?.activities ?? [];
    return { record, activities, verdicts: verdictsOf(models, record.lead, activities, now), before: states[index] };
  });
}
