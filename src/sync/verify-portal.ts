import { MINUTE } from '../base/clock.ts';
import type { LeadRecord, Observation } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { DUE_STEP } from '../ledger/lead-state.ts';
import { type Connection, keepFor } from './connection.ts';
import { differences, emptied, stateOutputs } from './outputs.ts';
import { verdictsOf } from './verdicts.ts';
import { accountVerifier } from './verify-accounts.ts';

export interface Verification {
  readonly checked: number;
  /** Ids of leads whose properties are not what their record and activities give, by any model. */
  readonly wrong: readonly string[];
  /** Ids of accounts that do not hold what their people's scores give; absent where no model has `account`. */
  readonly wrongAccounts?: readonly string[];
}

/** How long after its instant a due time may take effect, in milliseconds. */
const LATE = DUE_STEP + 5 * MINUTE;

/**
 * Reads the whole portal anew, without the ledger, and scores every lead: each must hold exactly that. A lead that was
 * never scored is wrong, and so is one that time has overtaken; only what changed with time in the last minutes may
 * still be on its way.
 */
export async function verifyPortal(connection: Connection): Promise<Verification> {
  const { crm, models, clock } = connection;
  const now = clock.now();
  const did = new Map<string, Activity[]>();
  const window = { from: now - keepFor(models), to: now, since: now - keepFor(models) };
  for (const stream of crm.streams) {
    for await (const page of stream.pull(window)) {
      for (const { person, activity, withdrawn } of page) {
        if (withdrawn) continue;
        const key = keyOf(person);
        did.set(key, [...(did.get(key) ?? []), activity]);
      }
    }
  }
  const wrong: string[] = [];
  let checked = 0;
  const accounts = accountVerifier(connection);
  let after: string | undefined;
  do {
    const page = await crm.listLeads(after);
    accounts?.count(page.records);
    for (const record of page.records) {
      checked += 1;
      const activities = keysOf(record.lead).flatMap((key) => did.get(key) ?? []);
      if (!holdsItsScore(record, [...activities, ...record.counters])) wrong.push(record.lead.id);
    }
    after = page.next;
  } while (after !== undefined);
  return { checked, wrong, ...(accounts && { wrongAccounts: await accounts.wrong() }) };

  function holdsItsScore({ lead, outputs }: LeadRecord, activities: readonly Activity[]): boolean {
    const holds = (at: number) => {
      const verdicts = verdictsOf(models, lead, activities, at);
      return models.models.every((model) => {
        const current = outputs[model.id] ?? {};
        const verdict = verdicts.find((each) => each.model === model);
        if (verdict === undefined) return Object.keys(emptied(current)).length === 0;
        const differs = Object.keys(differences(current, stateOutputs(verdict.score)));
        return current.scoredAt !== undefined && differs.length === 0;
      });
    };
    const times = Object.values(outputs).map(({ scoredAt = 0 }) => scoredAt);
    const lately = Math.max(...times, now - LATE);
    return holds(now) || (activities.every(({ at }) => at <= lately || at > now) && holds(lately));
  }
}

const keyOf = (person: Observation['person']) => ('leadId' in person ? `id ${person.leadId}` : `mail ${person.email}`);

function keysOf({ id, formerIds, emails }: Lead): string[] {
  return [...[id, ...formerIds].map((each) => `id ${each}`), ...emails.map((email) => `mail ${email}`)];
}
