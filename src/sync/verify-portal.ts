import type { LeadRecord, Observation } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import { type Connection, keepFor } from './connection.ts';
import { differences, stateOutputs } from './outputs.ts';

export interface Verification {
  readonly checked: number;
  /** Ids of leads whose properties are not what their record and activities give. */
  readonly wrong: readonly string[];
}

/**
 * Reads the whole portal anew, without the ledger, and scores every lead at the time its properties name: each must
 * hold exactly that. A lead that was never scored is wrong.
 */
export async function verifyPortal({ crm, model, clock }: Connection): Promise<Verification> {
  const did = new Map<string, Activity[]>();
  const window = { from: clock.now() - keepFor(model), to: clock.now() };
  for (const stream of crm.streams) {
    for await (const page of stream.pull(window)) {
      for (const { person, activity } of page) {
        const key = keyOf(person);
        did.set(key, [...(did.get(key) ?? []), activity]);
      }
    }
  }
  const wrong: string[] = [];
  let checked = 0;
  let after: string | undefined;
  do {
    const page = await crm.listLeads(after);
    for (const record of page.records) {
      checked += 1;
      const activities = keysOf(record.lead).flatMap((key) => did.get(key) ?? []);
      if (!holdsItsScore(record, [...activities, ...record.counters])) wrong.push(record.lead.id);
    }
    after = page.next;
  } while (after !== undefined);
  return { checked, wrong };

  function holdsItsScore({ lead, outputs }: LeadRecord, activities: readonly Activity[]): boolean {
    if (outputs.scoredAt === undefined) return false;
    const score = scoreLead(model, lead, activities, outputs.scoredAt);
    return Object.keys(differences(outputs, stateOutputs(score))).length === 0;
  }
}

const keyOf = (person: Observation['person']) => ('leadId' in person ? `id ${person.leadId}` : `mail ${person.email}`);

function keysOf({ id, formerIds, emails }: Lead): string[] {
  return [...[id, ...formerIds].map((each) => `id ${each}`), ...emails.map((email) => `mail ${email}`)];
}
