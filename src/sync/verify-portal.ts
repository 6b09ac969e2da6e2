import { MINUTE } from '../base/clock.ts';
import type { LeadRecord, Observation } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { DUE_STEP } from '../ledger/lead-state.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import { type Connection, keepFor } from './connection.ts';
import { differences, stateOutputs } from './outputs.ts';

export interface Verification {
  readonly checked: number;
  /** Ids of leads whose properties are not what their record and activities give. */
  readonly wrong: readonly string[];
}

/** How long after its instant a due time may take effect, in milliseconds. */
const LATE = DUE_STEP + 5 * MINUTE;

/**
 * Reads the whole portal anew, without the ledger, and scores every lead: each must hold exactly that. A lead that was
 * never scored is wrong, and so is one that time has overtaken; only what changed with time in the last minutes may
 * still be on its way.
 */
export async function verifyPortal({ crm, model, clock }: Connection): Promise<Verification> {
  const now = clock.now();
  const did = new Map<string, Activity[]>();
  const window = { from: now - keepFor(model), to: now };
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
    const holds = (at: number) =>
      Object.keys(differences(outputs, stateOutputs(scoreLead(model, lead, activities, at)))).length === 0;
    const lately = Math.max(outputs.scoredAt, now - LATE);
    return holds(now) || (activities.every(({ at }) => at <= lately) && holds(lately));
  }
}

const keyOf = (person: Observation['person']) => ('leadId' in person ? `id ${person.leadId}` : `mail ${person.email}`);

function keysOf({ id, formerIds, emails }: Lead): string[] {
  return [...[id, ...formerIds].map((each) => `id ${each}`), ...emails.map((email) => `mail ${email}`)];
}
