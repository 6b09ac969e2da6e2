import { SECOND } from '../base/clock.ts';
import { RecordError, RetryableError } from '../base/errors.ts';
import type { CallOptions, WriteOutcome } from '../crm/crm.ts';
import { addDeadLetter, removeDeadLetters } from '../ledger/dead-letters.ts';
import { markDirty, release, settle, type Taken } from '../ledger/dirty.ts';
import { finishFastTrack } from '../ledger/fast-tracks.ts';
import { type LeadState, renewStates, saveStates } from '../ledger/lead-state.ts';
import { countForAccounts } from './account-members.ts';
import { type Connection, keepFor, keepStateFor } from './connection.ts';
import { forgetLead } from './forget-lead.ts';
import type { Prepared, Refused } from './prepare.ts';
import type { Tally } from './tally.ts';

/**
 * How long a lead rests that failed alone and may work the next time, in milliseconds: or one run would try it for ever.
 * Never longer, for who rests cannot be fast-tracked either.
 */
const REST = 5 * SECOND;

/**
 * Writes what differs, then remembers it and lets the leads go. Killed in between, the next run finds nothing to write.
 * @returns the leads that were written.
 */
export async function writeBack(
  connection: Connection,
  prepared: readonly Prepared[],
  tally: Tally,
  options: CallOptions,
): Promise<Prepared[]> {
  const { crm, space, clock } = connection;
  const changes = prepared.map(({ change }) => change);
  const outcomes = new Map((await crm.writeLeads(changes, options)).map((outcome) => [outcome.id, outcome]));

  const written: { readonly item: Prepared; readonly changedAt: number }[] = [];
  const refused: Refused[] = [];
  const gone: Prepared[] = [];
  for (const item of prepared) {
    const outcome = outcomes.get(item.record.lead.id) ?? unanswered(item.record.lead.id);
    if (outcome.status === 'written') {
      written.push({ item, changedAt: outcome.changedAt });
      countWritten(connection, tally, item, outcome);
    } else if (outcome.status === 'gone') {
      gone.push(item);
    } else {
      if (!(outcome.error instanceof RecordError) && !(outcome.error instanceof RetryableError)) throw outcome.error;
      refused.push({ taken: item.taken, error: outcome.error });
    }
  }
  await saveStates(
    space,
    written.map(({ item, changedAt }) => withEcho(item, changedAt)),
    { now: clock.now(), keep: keepStateFor(connection) },
  );
  const done = written.map(({ item }) => item);
  await finish(connection, done);
  for (const { after } of gone) await forgetLead(connection, after.id, after.emailHashes);
  await settle(space, takenOf(gone), clock.now());
  tally.gone += gone.length;
  await giveBack(connection, refused, tally);
  return done;
}

/** Leads that hold everything already: remembered and let go without a call. */
export async function letGo(connection: Connection, unchanged: readonly Prepared[], tally: Tally): Promise<void> {
  tally.unchanged += unchanged.length;
  const { space, clock } = connection;
  const states = unchanged.map(({ before, after }) => ({ after, isSaved: sameState(before, after) }));
  const [saved, moved] = [true, false].map((which) =>
    states.filter(({ isSaved }) => isSaved === which).map(({ after }) => after),
  );
  const keeping = { now: clock.now(), keep: keepStateFor(connection) };
  await Promise.all([saveStates(space, moved ?? [], keeping), renewStates(space, saved ?? [], keeping)]);
  await finish(connection, unchanged);
}

/** Dead letters for what will never work, another try after a rest for what may. */
export async function giveBack(
  { space, clock, log }: Connection,
  refused: readonly Refused[],
  tally: Tally,
): Promise<void> {
  for (const { taken, error } of refused) {
    const facts = { lead: taken.id, reason: error.message };
    if (error instanceof RecordError) {
      await addDeadLetter(space, { id: taken.id, reason: error.message, at: clock.now() });
      await settle(space, [taken], clock.now());
      log.warn('a lead became a dead letter', facts);
      tally.failed += 1;
    } else {
      await release(space, [taken], clock.now() + Math.min(error.retryAfter ?? REST, REST));
      log.warn('a lead will be tried again', facts);
      tally.left += 1;
    }
  }
}

async function finish(connection: Connection, items: readonly Prepared[]): Promise<void> {
  if (items.length === 0) return;
  const { space, models, clock, log } = connection;
  await countForAccounts(connection, items);
  const whole = items.filter(({ taskRefused }) => taskRefused === undefined);
  for (const { reference } of whole.flatMap(({ fired }) => fired))
    await finishFastTrack(space, reference, keepFor(models));
  await removeDeadLetters(
    space,
    whole.map(({ record }) => record.lead.id),
  );
  for (const { record, taskRefused } of items) {
    if (taskRefused === undefined) continue;
    const { id } = record.lead;
    const reason = `the lead is before sales, but its task is missing: ${taskRefused.message}`;
    await addDeadLetter(space, { id, reason, at: clock.now() });
    log.warn('a lead became a dead letter', { lead: id, reason });
  }
  await settle(space, takenOf(items), clock.now());
  const again = items.filter((item) => item.again).map(({ record }) => record.lead.id);
  await markDirty(space, again, clock.now());
}

function countWritten({ log }: Connection, tally: Tally, { record, change, fired }: Prepared, outcome: WriteOutcome) {
  tally.written += 1;
  if (fired.length > 0) {
    tally.fastTracked += 1;
    log.info('a lead was put in front of sales', { lead: record.lead.id, rule: fired.at(-1)?.rule });
  }
  if (change.promote !== true || outcome.status !== 'written') return;
  if (outcome.moved === false) log.warn('the CRM kept the lifecycle stage of a lead', { lead: record.lead.id });
  else tally.promoted += 1;
}

const unanswered = (id: string): WriteOutcome => ({
  id,
  status: 'failed',
  error: new RetryableError('the CRM did not say what became of a lead that was written'),
});

const withEcho = ({ after, record }: Prepared, changedAt: number): LeadState => ({
  ...after,
  echo: { changedAt, fingerprint: record.fingerprint },
});

const sameState = (one: LeadState | undefined, other: LeadState) => JSON.stringify(one) === JSON.stringify(other);

const takenOf = (items: readonly { readonly taken: Taken }[]) => items.map(({ taken }) => taken);
