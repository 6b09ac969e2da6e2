import { messageOf, RecordError, RetryableError } from '../base/errors.ts';
import { redactText } from '../base/log.ts';
import type { CallOptions, LeadRecord, Outputs } from '../crm/crm.ts';
import { hashEmail } from '../leads/email.ts';
import { readActivities } from '../ledger/activities.ts';
import type { Taken } from '../ledger/dirty.ts';
import { type LeadState, readStates } from '../ledger/lead-state.ts';
import type { FastTrack, Score } from '../scoring/score.ts';
import { scoreLead } from '../scoring/score-lead.ts';
import type { Connection } from './connection.ts';
import { createTasks, pendingFastTracks } from './fast-track.ts';
import { differences, eventOutputs, leavesPromotion, type Moment, stateOutputs } from './outputs.ts';

/** A lead scored: what must be written, and what is to be remembered of it. */
export interface Prepared {
  readonly record: LeadRecord;
  readonly taken: Taken;
  readonly score: Score;
  /** Empty where the CRM holds it all already. */
  readonly changes: Partial<Outputs>;
  readonly fired: readonly FastTrack[];
  /** Why the CRM refused a task of `fired`: all else is written, and then the lead is a dead letter. */
  readonly taskRefused: RecordError | undefined;
  /** To be scored once more by the polls, which may promote and fast-track. */
  readonly again: boolean;
  readonly before: LeadState | undefined;
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

/**
 * Scores a batch of leads that were read afresh and compares with what the CRM holds. Tasks of fast tracks are made
 * here, before anything is written, so that a lead that says it was fast-tracked has its task, or a dead letter.
 */
export async function prepare(
  connection: Connection,
  { records, taken }: Batch,
  moment: Moment,
  options: CallOptions,
): Promise<(Prepared | Refused)[]> {
  const { model, space } = connection;
  const leads = records.map(({ lead }) => lead);
  const [activities, states] = await Promise.all([
    readActivities(space, leads),
    readStates(
      space,
      leads.map(({ id }) => id),
    ),
  ]);
  const tokens = new Map(taken.map((entry) => [entry.id, entry]));
  const scored = records.flatMap((record, index) => {
    const token = tokens.get(record.lead.id);
    if (token === undefined) return [];
    const did = activities[index] ?? [];
    const score = tryScore(() => scoreLead(model, record.lead, [...did, ...record.counters], moment.now));
    return [{ record, taken: token, score, before: states[index], hasLedger: did.length > 0 }];
  });
  const scores = scored.map(({ score }) => (score instanceof RecordError ? [] : [score]));
  const pending = await pendingFastTracks(connection, scores.flat(), moment);

  let next = 0;
  const results = await Promise.allSettled(
    scored.map(async ({ record, taken, score, before, hasLedger }): Promise<Prepared | Refused> => {
      if (score instanceof RecordError) return { taken, error: score };
      const due = pending[next++] ?? [];
      const fired = moment.mode === 'live' ? due : [];
      let taskRefused: RecordError | undefined;
      try {
        await createTasks(connection, { record, taken, score }, fired, options);
      } catch (error) {
        if (error instanceof RetryableError) return { taken, error };
        if (!(error instanceof RecordError)) throw error;
        taskRefused = error;
      }
      return {
        record,
        taken,
        score,
        fired,
        taskRefused,
        before,
        changes: changesOf(record, score, fired, moment),
        again: leavesPromotion(record, score, moment) || due.length > fired.length,
        after: stateAfter(record, score, hasLedger),
      };
    }),
  );
  // Only now: while one fails, others may still be making their tasks.
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

function tryScore(score: () => Score): Score | RecordError {
  try {
    return score();
  } catch (error) {
    return new RecordError(`the lead could not be scored: ${redactText(messageOf(error))}`);
  }
}

function changesOf(record: LeadRecord, score: Score, fired: readonly FastTrack[], moment: Moment): Partial<Outputs> {
  const { mql, ...rest } = stateOutputs(score);
  const state = leavesPromotion(record, score, moment) ? rest : { mql, ...rest };
  const wanted = { ...state, ...eventOutputs(record, score, fired, moment) };
  const changes = differences(record.outputs, wanted);
  const isScored = record.outputs.scoredAt !== undefined;
  return isScored && Object.keys(changes).length === 0 ? {} : { ...changes, scoredAt: moment.now };
}

function stateAfter({ lead, changedAt, fingerprint }: LeadRecord, score: Score, hasLedger: boolean): LeadState {
  return {
    id: lead.id,
    echo: { changedAt, fingerprint },
    dueAt: score.nextChange,
    emailHashes: hasLedger ? lead.emails.map(hashEmail) : [],
    formerIds: hasLedger ? lead.formerIds : [],
  };
}
