import { messageOf, RecordError, RetryableError } from '../base/errors.ts';
import { redactText } from '../base/log.ts';
import type { CallOptions, LeadChange, LeadRecord } from '../crm/crm.ts';
import { hashEmail } from '../leads/email.ts';
import type { Taken } from '../ledger/dirty.ts';
import { readLeadStates } from '../ledger/former-states.ts';
import type { LeadState } from '../ledger/lead-state.ts';
import { noteRelated } from '../ledger/related.ts';
import { type Alert, pendingAlerts, type ScoredLead } from './alerts.ts';
import { changesOf, leavesAnyPromotion } from './changes.ts';
import { type Connection, mayShare } from './connection.ts';
import { createTasks } from './fast-track.ts';
import { nextOwner } from './next-owner.ts';
import { meet, readDoings, type Telling, tellPeople } from './one-person.ts';
import type { Moment } from './outputs.ts';
import { nextChangeOf, verdictsOf } from './verdicts.ts';

/** A lead scored: what must be written, and what is to be remembered of it. */
export interface Prepared extends ScoredLead {
  readonly taken: Taken;
  readonly change: LeadChange;
  readonly fired: readonly Alert[];
  /** Why the CRM refused a task of `fired`: all else is written, and then the lead is a dead letter. */
  readonly taskRefused: RecordError | undefined;
  /** To be scored once more by the polls, which may promote and fast-track. */
  readonly again: boolean;
  readonly after: LeadState;
}

/** A lead that could not be scored, or not be followed up yet. A RecordError makes it a dead letter; anything else is tried again. */
export interface Refused {
  readonly taken: Taken;
  readonly error: RecordError | RetryableError;
}

export interface Batch {
  readonly records: readonly LeadRecord[];
  /** One for each record, by its id. */
  readonly taken: readonly Taken[];
}

/** Whether the CRM holds it all already. */
export function isUnchanged({ change: { outputs, promote, demote, ownerId } }: Prepared): boolean {
  return Object.keys(outputs).length === 0 && promote !== true && demote !== true && ownerId === undefined;
}

interface Scored extends ScoredLead {
  readonly taken: Taken;
  /** Whether anything of what the person did is kept, or of the person's records. */
  readonly hasLedger: boolean;
}

/**
 * Scores a batch of leads that were read afresh and compares with what the CRM holds. Tasks of fast tracks are made
 * here, before anything is written, so that a lead that says it was fast-tracked has its task, or a dead letter.
 */
export async function prepare(
  connection: Connection,
  batch: Batch,
  moment: Moment,
  options: CallOptions,
): Promise<(Prepared | Refused)[]> {
  const related = batch.records.flatMap((record) => record.related ?? []);
  await noteRelated(connection.space, related, moment.now);
  const { scored, refused, tellings } = await scoreAll(connection, batch, moment.now);
  const pending = await pendingAlerts(connection, scored, moment);
  const results = await Promise.allSettled(
    scored.map((lead, index) => prepareLead(connection, lead, pending[index] ?? [], moment, options)),
  );
  // Only now: while one fails, others may still be making their tasks.
  const prepared = results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  await tellPeople(connection, tellings);
  return [...refused, ...prepared];
}

async function scoreAll(
  connection: Connection,
  { records, taken }: Batch,
  now: number,
): Promise<{ scored: Scored[]; refused: Refused[]; tellings: Telling[] }> {
  const { models, space } = connection;
  const leads = records.map(({ lead }) => lead);
  await meet(connection, records);
  const [doings, states] = await Promise.all([readDoings(connection, records), readLeadStates(space, leads)]);
  const tokens = new Map(taken.map((entry) => [entry.id, entry]));
  const scored: Scored[] = [];
  const refused: Refused[] = [];
  const tellings: Telling[] = [];
  for (const [index, record] of records.entries()) {
    const token = tokens.get(record.lead.id);
    const did = doings[index];
    if (token === undefined || did === undefined) continue;
    const before = states[index];
    tellings.push({ ...did, record, hashesBefore: before?.emailHashes ?? [] });
    try {
      const verdicts = verdictsOf(models, record.lead, did.activities, now);
      const hasLedger = did.done.byRecord.length + did.done.byAddress.length > 0 || mayShare(connection);
      scored.push({ record, taken: token, verdicts, before, hasLedger });
    } catch (error) {
      const message = `the lead could not be scored: ${redactText(messageOf(error))}`;
      refused.push({ taken: token, error: new RecordError(message) });
    }
  }
  return { scored, refused, tellings };
}

async function prepareLead(
  connection: Connection,
  lead: Scored,
  due: readonly Alert[],
  moment: Moment,
  options: CallOptions,
): Promise<Prepared | Refused> {
  const fired = moment.mode === 'live' ? due : [];
  const ownerId = fired.length === 0 ? undefined : await nextOwner(connection, lead.record.lead);
  let taskRefused: RecordError | undefined;
  try {
    await createTasks(connection, { ...lead, ownerId }, fired, options);
  } catch (error) {
    if (error instanceof RetryableError) return { taken: lead.taken, error };
    if (!(error instanceof RecordError)) throw error;
    taskRefused = error;
  }
  const isSettled = fired.length === due.length && taskRefused === undefined;
  return {
    ...lead,
    fired,
    taskRefused,
    change: { ...changesOf(connection, lead, fired, moment), ...(ownerId !== undefined && { ownerId }) },
    again: leavesAnyPromotion(connection, lead, moment) || due.length > fired.length,
    after: stateAfter(connection, lead, isSettled ? [] : due),
  };
}

/** `unsettled`: what sales has not been told of. As far as it is a rule on fields, it does not count as held, so that it still begins to. */
function stateAfter(
  { models }: Connection,
  { record, verdicts, before, hasLedger }: Scored,
  unsettled: readonly Alert[],
): LeadState {
  const { lead, changedAt, fingerprint } = record;
  const left = new Set(unsettled.map(({ meaning }) => meaning));
  const held = new Set(verdicts.flatMap(({ score }) => score.heldRules.map(({ meaning }) => meaning)));
  // Those of models that it is no lead of too: who comes to be one by an edit of the lead is new to sales.
  const asked = models.models.flatMap(({ fieldRules }) => fieldRules.map((rule) => rule.asked));
  const applying = new Set(verdicts.map(({ model }) => model));
  return {
    id: lead.id,
    echo: { changedAt, fingerprint },
    dueAt: nextChangeOf(verdicts),
    // Also those of addresses that it has no longer: what was done under them is to be erased with the rest.
    emailHashes: [...new Set([...(before?.emailHashes ?? []), ...(hasLedger ? lead.emails.map(hashEmail) : [])])],
    formerIds: lead.formerIds,
    askedRules: [...new Set(asked)].sort(),
    passedOverBy: models.models.filter((model) => !applying.has(model)).map(({ version }) => version),
    heldRules: [...held].filter((meaning) => !left.has(meaning)).sort(),
  };
}
