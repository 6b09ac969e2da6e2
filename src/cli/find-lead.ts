import { ConfigError } from '../base/errors.ts';
import type { LeadRecord } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import { normaliseEmail } from '../leads/email.ts';
import { readActivities } from '../ledger/activities.ts';
import { activitiesOf } from '../sync/activities-of.ts';
import type { App } from './open-app.ts';

/** A contact as the portal has it now, with all that is known of what the person did. */
export interface FoundLead {
  readonly record: LeadRecord;
  readonly activities: readonly Activity[];
}

export const isRecordId = (text: string) => /^\d{1,19}$/.test(text);

/** Reads one contact by id or e-mail address, and its ledger. Writes nothing. @throws ConfigError where there is none. */
export async function findLead({ connection }: App, who: string, signal: AbortSignal): Promise<FoundLead> {
  const { crm, space } = connection;
  const email = isRecordId(who) ? undefined : normaliseEmail(who);
  if (email === undefined && !isRecordId(who)) {
    throw new ConfigError(
      'name a contact by its e-mail address, or by its id, which is all digits; or a file of leads with --lead',
    );
  }
  await crm.connect({ readOnly: true });
  const [record] = await (email === undefined ? crm.readLeads([who], { signal }) : crm.findLeads([email], { signal }));
  if (record === undefined) {
    throw new ConfigError(`the portal has no contact with this ${email === undefined ? 'id' : 'e-mail address'}`);
  }
  const [did = []] = await readActivities(space, [record.lead]);
  return { record, activities: activitiesOf(record, did) };
}

/** What had been done by then. */
export function doneBy(activities: readonly Activity[], at: number | undefined): readonly Activity[] {
  return at === undefined ? activities : activities.filter((activity) => activity.at <= at);
}
