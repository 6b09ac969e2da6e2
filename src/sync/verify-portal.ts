import { MINUTE } from '../base/clock.ts';
import type { LeadRecord, Observation } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import type { Lead } from '../leads/lead.ts';
import { DUE_STEP } from '../ledger/lead-state.ts';
import { type Connection, keepFor } from './connection.ts';
import { differences, emptied, stateOutputs } from './outputs.ts';
import { streamsOf } from './pull-streams.ts';
import { silentChanges } from './silent-outputs.ts';
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
 * still be on its way. `beside` are the other CRMs, where the same people may have done something.
 */
export async function verifyPortal(connection: Connection, beside: readonly Connection[] = []): Promise<Verification> {
  const { crm, models, clock } = connection;
  const now = clock.now();
  const told = await Promise.all([connection, ...beside].map((each) => allTold(each, now)));
  const [own] = told;
  const sharing = crm.sharesAddresses === true ? told : told.slice(1);
  const wrong: string[] = [];
  const accounts = accountVerifier(connection);
  const records = own?.records ?? [];
  accounts?.count(records);
  for (const record of records) {
    const shared = sharing.flatMap((each) => each.ofOthers(record.lead, each === own));
    const mails = told.flatMap((each) => each.byMail(record.lead));
    if (!holdsItsScore(record, [...(own?.ofRecord(record) ?? []), ...mails, ...shared])) wrong.push(record.lead.id);
  }
  return { checked: records.length, wrong, ...(accounts && { wrongAccounts: await accounts.wrong() }) };

  function holdsItsScore(record: LeadRecord, activities: readonly Activity[]): boolean {
    const { lead, outputs } = record;
    const holds = (at: number) => {
      const verdicts = verdictsOf(models, lead, activities, at);
      const silent = silentChanges(connection, { record, verdicts }, at);
      if (Object.keys(silent).length > 0) return false;
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

/** Everything that one CRM tells: its leads, and what people did. */
async function allTold(connection: Connection, now: number) {
  const { crm, models, role } = connection;
  const did = new Map<string, Activity[]>();
  const window = { from: now - keepFor(models), to: now, since: now - keepFor(models) };
  for (const stream of streamsOf(connection)) {
    for await (const page of stream.pull(window)) {
      for (const { person, activity, withdrawn } of page) {
        if (withdrawn) continue;
        const key = keyOf(person);
        did.set(key, [...(did.get(key) ?? []), activity]);
      }
    }
  }
  const records: LeadRecord[] = [];
  let after: string | undefined;
  do {
    const page = await crm.listLeads(after);
    records.push(...page.records);
    after = page.next;
  } while (after !== undefined);
  const byAddress = new Map<string, LeadRecord[]>();
  for (const record of records)
    for (const email of record.lead.emails) byAddress.set(email, [...(byAddress.get(email) ?? []), record]);

  const ofRecord = ({ lead: { id, formerIds }, counters }: LeadRecord): Activity[] =>
    role === 'destination' ? [] : [...[id, ...formerIds].flatMap((each) => did.get(`id ${each}`) ?? []), ...counters];
  return {
    records,
    ofRecord,
    /** What is known by the lead's addresses alone. */
    byMail: ({ emails }: Lead) => emails.flatMap((email) => did.get(`mail ${email}`) ?? []),
    /** What is known by the ids of other records that have one of its addresses. */
    ofOthers({ id, emails }: Lead, isOwn: boolean): Activity[] {
      const others = new Set(emails.flatMap((email) => byAddress.get(email) ?? []));
      return [...others].filter(({ lead }) => !isOwn || lead.id !== id).flatMap(ofRecord);
    },
  };
}

const keyOf = (person: Observation['person']) => ('leadId' in person ? `id ${person.leadId}` : `mail ${person.email}`);
