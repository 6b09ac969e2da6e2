import { messageOf, RecordError, RetryableError } from '../base/errors.ts';
import { redactText } from '../base/log.ts';
import { dueAfter } from '../base/working-hours.ts';
import type { CallOptions, LeadChange, LeadRecord } from '../crm/crm.ts';
import type { Activity } from '../leads/activity.ts';
import type { Taken } from '../ledger/dirty.ts';
import { readLeadStates } from '../ledger/former-states.ts';
import type { LeadState } from '../ledger/lead-state.ts';
import { type Owed, readOwed } from '../ledger/owed-tasks.ts';
import { noteRelated } from '../ledger/related.ts';
import type { CompiledModel } from '../scoring/compiled-model.ts';
import { type Alert, pendingAlerts } from './alerts.ts';
import { type Decision, decide, leavesAnything } from './changes.ts';
import { chooseOwner } from './choose-owner.ts';
import type { Connection } from './connection.ts';
import { enrolAll } from './enrol.ts';
import { followUpEntries, followUpOf, hoursFor, needsHours, withOwner } from './follow-up-lead.ts';
import { NO_ALERTS, type Sorted, sortAlerts } from './hold-alerts.ts';
import { type Noted, notedFollowUps } from './noted-follow-ups.ts';
import { meet, readDoings, type Telling, tellPeople } from './one-person.ts';
import type { Moment } from './outputs.ts';
import { ownerDirectory } from './owner-directory.ts';
import { lastTouch } from './sales-touches.ts';
import type { ScoredLead } from './standing.ts';
import { stateAfter } from './state-after.ts';
import { tellSales } from './tell-sales.ts';
import { toldElsewhere } from './told-here.ts';
import { verdictsOf } from './verdicts.ts';

/** A lead scored: what must be written, and what is to be remembered of it. */
export interface Prepared extends ScoredLead {
  readonly taken: Taken;
  readonly decision: Decision;
  readonly change: LeadChange;
  readonly fired: readonly Alert[];
  /** Why the CRM refused a task that the lead lacks: all else is written, and then it is a dead letter until a person has the task tried again. */
  readonly taskRefusal: string | undefined;
  /** Why it could not be put in the list or campaign of a nurture rule: all but that it is routed there is written, and then it is a dead letter. */
  readonly enrolRefused?: RecordError | undefined;
  /** To be scored once more by the polls, which may promote and fast-track. */
  readonly again: boolean;
  readonly after: LeadState;
  /** The models by which sales hear of it in another CRM. */
  readonly toldElsewhere: ReadonlySet<CompiledModel>;
  /** How its follow-ups stand once that is written. */
  readonly followUps: ReturnType<typeof followUpEntries>;
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
export function isUnchanged({ change: { outputs, promote, demote, toLead, ownerId } }: Prepared): boolean {
  const moves = promote === true || demote === true || toLead === true;
  return Object.keys(outputs).length === 0 && !moves && ownerId === undefined;
}

interface Scored extends ScoredLead {
  readonly taken: Taken;
  /** What is known of the person. */
  readonly activities: readonly Activity[];
  readonly toldElsewhere: ReadonlySet<CompiledModel>;
  readonly noted: Noted | undefined;
  /** Tasks that the CRM refused before. */
  readonly owed: Owed | undefined;
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
  const sorted = await sortAlerts(connection, scored, pending, moment);
  const results = await Promise.allSettled(
    scored.map((lead, index) => {
      const alerts = { due: pending[index] ?? [], ...(sorted[index] ?? NO_ALERTS) };
      return prepareLead(connection, lead, alerts, moment, options);
    }),
  );
  // Only now: while one fails, others may still be making their tasks.
  const prepared = results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  const enrolled = await enrolAll(connection, prepared, options);
  await tellPeople(connection, tellings);
  return [...refused, ...enrolled];
}

async function scoreAll(
  connection: Connection,
  { records, taken }: Batch,
  now: number,
): Promise<{ scored: Scored[]; refused: Refused[]; tellings: Telling[] }> {
  const { models, space, log } = connection;
  const leads = records.map(({ lead }) => lead);
  await meet(connection, records);
  const [doings, states, owed] = await Promise.all([
    readDoings(connection, records),
    readLeadStates(space, leads),
    readOwed(space, leads, log),
  ]);
  const people = doings.map((did) => did.people);
  const [elsewhere, noted] = await Promise.all([
    toldElsewhere(connection, people),
    notedFollowUps(connection, records, people),
  ]);
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
      scored.push({
        record,
        taken: token,
        verdicts,
        before,
        activities: did.activities,
        toldElsewhere: elsewhere[index] ?? new Set(),
        noted: noted[index],
        owed: owed[index],
      });
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
  alerts: Sorted & { readonly due: readonly Alert[] },
  moment: Moment,
  options: CallOptions,
): Promise<Prepared | Refused> {
  try {
    return await prepareAlerts(connection, lead, alerts, moment, options);
  } catch (error) {
    if (error instanceof RetryableError) return { taken: lead.taken, error };
    throw error;
  }
}

async function prepareAlerts(
  connection: Connection,
  lead: Scored,
  { due, fired, held, dropped, waiting }: Sorted & { readonly due: readonly Alert[] },
  moment: Moment,
  options: CallOptions,
): Promise<Prepared> {
  const { record } = lead;
  const isFired = fired.length > 0;
  const chosen = isFired ? await chooseOwner(connection, record, ownerDirectory(connection), moment.now) : {};
  const ownerId = chosen.ownerId ?? record.lead.ownerId;
  const hours = needsHours(lead, isFired) ? await hoursFor(connection, ownerId) : undefined;
  const followed = { ...lead, ownerId, hours };
  const dueAt = ({ at, followUpWithin }: Pick<Alert, 'at' | 'followUpWithin'>) => {
    const due = dueAfter(at, followUpWithin, hours);
    // What is told late, as nothing ran or somebody held it, has its time from now on.
    return due > moment.now ? due : dueAfter(moment.now, followUpWithin, hours);
  };
  // What would have been a fast track is no promotion by the back door either.
  const modelsOf = (some: readonly Alert[]) => new Set(some.map(({ verdict }) => verdict.model));
  const decision = decide(
    connection,
    lead,
    {
      fired,
      held: modelsOf(held).union(waiting),
      dropped: modelsOf(dropped),
      dueAt,
      touchedAt: lastTouch(lead.activities, moment.now),
      followUp(standing, { model }, justNow) {
        const notBefore = lead.noted?.notBefore.get(model.id);
        const beside = lead.noted?.beside.get(model.id);
        return followUpOf(connection, followed, { standing, model }, { ...moment, justNow, notBefore, beside });
      },
    },
    moment,
  );
  const toTell = { fired, dueAt, owed: lead.owed };
  const { taskRefusal, newOwner } = await tellSales(connection, followed, decision, toTell, moment, options);
  const isLeft = due.length > fired.length + held.length + dropped.length;
  const unsettled = due.filter((alert) => !fired.includes(alert) && !dropped.includes(alert));
  const owned = { ...followed, ownerId: newOwner ?? ownerId };
  return {
    ...lead,
    decision,
    fired,
    taskRefusal,
    change: withOwner(decision.change, lead, newOwner ?? chosen.ownerId),
    again: isLeft || waiting.size > 0 || leavesAnything(connection, lead, moment),
    after: stateAfter(connection, lead, decision, unsettled, moment),
    followUps: followUpEntries(connection, owned, decision, moment),
  };
}
