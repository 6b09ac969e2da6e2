import { ConfigError } from '../base/errors.ts';
import type { LeadRecord } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import { normaliseEmail } from '../leads/email.ts';
import type { Connection } from '../sync/connection.ts';
import { readDoings } from '../sync/one-person.ts';
import type { App } from './open-app.ts';

/** A lead as its CRM has it now, with all that is known of what the person did. */
export interface FoundLead {
  readonly connection: Connection;
  readonly record: LeadRecord;
  readonly activities: readonly Activity[];
}

const IDS: Readonly<Record<string, { readonly pattern: RegExp; readonly like: string }>> = {
  hubspot: { pattern: /^\d{1,19}$/, like: 'all digits' },
  salesforce: {
    pattern: /^(?:00Q|003)[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/,
    like: '15 or 18 characters after 00Q or 003',
  },
};

/**
 * Reads a lead by id or e-mail address from whichever CRMs have it, and the ledger. Writes nothing.
 * @throws ConfigError where there is none.
 */
export async function findLeads({ connections }: App, who: string, signal: AbortSignal): Promise<FoundLead[]> {
  const byId = connections.filter(({ crm }) => IDS[crm.name]?.pattern.test(who));
  const email = byId.length > 0 ? undefined : normaliseEmail(who);
  if (byId.length === 0 && email === undefined) {
    const like = connections.map(({ crm }) => IDS[crm.name]?.like ?? '').join(', or ');
    throw new ConfigError(
      `name a contact by its e-mail address, or by its id, which is ${like}; or a file of leads with --lead`,
    );
  }
  const found: FoundLead[] = [];
  for (const connection of byId.length > 0 ? byId : connections) {
    const { crm } = connection;
    await crm.connect({ readOnly: true });
    const records = await (email === undefined ? crm.readLeads([who], { signal }) : crm.findLeads([email], { signal }));
    const doings = await readDoings(connection, records);
    for (const [index, record] of records.entries())
      found.push({ connection, record, activities: doings[index]?.activities ?? [] });
  }
  if (found.length === 0) {
    const where = connections.length > 1 ? 'no CRM has a' : 'the portal has no';
    throw new ConfigError(`${where} contact with this ${email === undefined ? 'id' : 'e-mail address'}`);
  }
  return found;
}

/** What had been done by then. */
export function doneBy(activities: readonly Activity[], at: number | undefined): readonly Activity[] {
  return at === undefined ? activities : activities.filter((activity) => activity.at <= at);
}
