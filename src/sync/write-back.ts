import { batches } from '../base/batches.ts';
import { SECOND } from '../base/clock.ts';
import { RecordError, RetryableError } from '../base/errors.ts';
import type { CallOptions, WriteOutcome } from '../crm/crm.ts';
import { addDeadLetter, addDeadLetters, readReasons, removeDeadLetters } from '../ledger/dead-letters.ts';
import { markDirty, release, settle, type Taken } from '../ledger/dirty.ts';
import { finishFastTrack } from '../ledger/fast-tracks.ts';
import { forgetFollowUps, saveFollowUps } from '../ledger/follow-ups.ts';
import { type LeadState, renewStates, saveStates } from '../ledger/lead-state.ts';
import { countForAccounts } from './account-members.ts';
import { type Connection, keepFor, keepStateFor } from './connection.ts';
import { forgetLead } from './forget-lead.ts';
import type { KeptLeases } from './kept-leases.ts';
import { markBeside } from './one-person.ts';
import type { Prepared, Refused } from './prepare.ts';
import { fastTracksOf } from './routes.ts';
import type { Tally } from './tally.ts';

/**
 * How long a lead rests that failed alone and may work the next time, in milliseconds: or one run would try it for ever.
 * Never longer, for who rests cannot be fast-tracked either.
 */
const REST = 5 * SECOND;

/** Of how many leads is noted at once what became of them. */
const NOTED_AT_ONCE = 1_000;

export interface WriteBackOptions extends CallOptions {
  /** Of leads that are held loosely. */
  readonly leases?: KeptLeases | undefined;
}

/**
 * Writes what differs, then remembers it and lets the leads go. Killed in between, the next run finds nothing to write.
 * @returns the leads that were written.
 */
export async function writeBack(
  connection: Connection,
  prepared: readonly Prepared[],
  tally: Tally,
  { leases, ...options }: WriteBackOptions,
): Promise<Prepared[]> {
  const { crm } = connection;
  const changes = prepared.map(({ change }) => change);
  const outcomes = new Map((await crm.writeLeads(changes, options)).map((outcome) => [outcome.id, outcome]));
  const own = leases === undefined ? prepared : await leases.remove(prepared);
  const ids = new Set(own.map(({ taken }) => taken.id));
  const lost = prepared.filter(({ taken }) => !ids.has(taken.id));
  await leaveTaken(connection, lost, tally);
  const done: Prepared[] = [];
  for (const some of batches(own, NOTED_AT_ONCE)) done.push(...(await note(connection, some, outcomes, tally)));
  if (lost.length > 0) await connection.wake('score');
  return done;
}

/** Others took these meanwhile, and we may have written over what they wrote: whoever comes next does them once more. */
async function leaveTaken(connection: Connection, lost: readonly Prepared[], tally: Tally): Promise<void> {
  tally.left += lost.length;
  await markDirty(
    connection.space,
    lost.map(({ taken }) => taken.id),
    connection.clock.now(),
  );
}

async function note(
  connection: Connection,
  prepared: readonly Prepared[],
  outcomes: ReadonlyMap<string, WriteOutcome>,
  tally: Tally,
): Promise<Prepared[]> {
  const { space, clock } = connection;
  const written: { readonly item: Prepared; readonly outcome: Written }[] = [];
  const refused: Refused[] = [];
  const gone: Prepared[] = [];
  for (const item of prepared) {
    const outcome = outcomes.get(item.record.lead.id) ?? unanswered(item.record.lead.id);
    if (outcome.status === 'written') {
      written.push({ item, outcome });
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
    written.map(({ item, outcome }) => withEcho(item, outcome)),
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
  { space, clock, log, wake }: Connection,
  refused: readonly Refused[],
  tally: Tally,
): Promise<void> {
  const later: { readonly taken: Taken; readonly error: RetryableError }[] = [];
  let again = 0;
  for (const { taken, error } of refused) {
    if (!(error instanceof RecordError)) {
      later.push({ taken, error });
      continue;
    }
    await addDeadLetter(space, { id: taken.id, reason: error.message, at: clock.now() });
    again += await settle(space, [taken], clock.now());
    log.warn('a lead became a dead letter', { lead: taken.id, reason: error.message });
    tally.failed += 1;
  }
  // Where the connection broke, the same error is that of thousands.
  for (const [error, some] of Map.groupBy(later, (each) => each.error)) {
    const [first, ...others] = takenOf(some);
    await release(space, takenOf(some), clock.now() + Math.min(error.retryAfter ?? REST, REST));
    if (others.length > 0) log.warn('leads will be tried again', { leads: some.length, reason: error.message });
    else log.warn('a lead will be tried again', { lead: first?.id, reason: error.message });
    tally.left += some.length;
  }
  // Somebody wanted these meanwhile and could not have them.
  if (again > 0) await wake('score');
}

async function finish(connection: Connection, items: readonly Prepared[]): Promise<void> {
  if (items.length === 0) return;
  const { space, models, clock } = connection;
  await countForAccounts(connection, items);
  for (const { reference } of items.flatMap(({ fired }) => fired))
    await finishFastTrack(space, reference, keepFor(models));
  await noteLacks(connection, items);
  const settled = await saveFollowUps(
    space,
    items.flatMap(({ followUps }) => followUps),
    clock.now(),
  );
  // What sales said or did here settles the follow-up of the person's records in other CRMs as well.
  const done = items.filter(({ record }) => settled.has(record.lead.id));
  await markBeside(
    connection,
    done.flatMap(({ record }) => record.lead.emails),
  );
  // Who has come to be in the CRM of sales is followed up there from now on.
  for (const model of models.models) {
    const elsewhere = items.filter((item) => item.toldElsewhere.has(model) && wasRouted(item, model.id));
    await forgetFollowUps(
      space,
      elsewhere.map(({ record }) => record.lead.id),
      model.id,
    );
  }
  // Before they are settled: a process that ends in between would leave them to nobody.
  const again = items.filter((item) => item.again).map(({ record }) => record.lead.id);
  await markDirty(space, again, clock.now());
  // Or somebody wanted them meanwhile and could not have them, and it may be a fast track: it is not to wait for the next tick.
  if ((await settle(space, takenOf(items), clock.now())) > 0) await connection.wake('score');
}

const wasRouted = ({ record }: Prepared, model: string) => record.outputs[model]?.routedAt !== undefined;

/** Who was written is a dead letter no more, but for what the CRM refused beside that, which is told once. */
async function noteLacks({ space, clock, log }: Connection, items: readonly Prepared[]): Promise<void> {
  const lacking = new Map<string, string>();
  const whole: string[] = [];
  for (const item of items) {
    const { id } = item.record.lead;
    const reason = lacks(item);
    if (reason === undefined) whole.push(id);
    else lacking.set(id, reason);
  }
  await removeDeadLetters(space, whole);
  const told = await readReasons(space, [...lacking.keys()]);
  const untold = [...lacking].filter(([id, reason]) => told.get(id) !== reason);
  await addDeadLetters(
    space,
    untold.map(([id, reason]) => ({ id, reason, at: clock.now() })),
  );
  for (const [id, reason] of untold) log.warn('a lead became a dead letter', { lead: id, reason });
}

/** What the CRM refused beside a lead that was written, and why; undefined where nothing. */
function lacks({ taskRefusal, enrolRefused }: Prepared): string | undefined {
  const reasons = [
    taskRefusal && `the lead is before sales, but its task is missing: ${taskRefusal}`,
    enrolRefused && `the lead is not routed to nurture: ${enrolRefused.message}`,
  ].filter((reason) => reason !== undefined);
  return reasons.length === 0 ? undefined : reasons.join('; ');
}

function countWritten({ log }: Connection, tally: Tally, prepared: Prepared, outcome: WriteOutcome) {
  const { record, change, fired, decision } = prepared;
  tally.written += 1;
  const fastTracks = fastTracksOf(fired);
  if (fired.length > 0) {
    tally.fastTracked += fastTracks.length > 0 ? 1 : 0;
    log.info('a lead was put in front of sales', { lead: record.lead.id, rule: (fastTracks.at(-1) ?? fired[0])?.rule });
  }
  if (decision.models.some(({ nurture }) => nurture !== undefined)) tally.nurtured += 1;
  if (decision.models.some(({ isRecycled }) => isRecycled)) {
    tally.recycled += 1;
    log.info('a lead was given back to marketing', { lead: record.lead.id });
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

type Written = Extract<WriteOutcome, { readonly status: 'written' }>;

const withEcho = ({ after, record: { fingerprint } }: Prepared, { changedAt, since }: Written): LeadState => ({
  ...after,
  echo: { changedAt, fingerprint, ...(since !== undefined && { since }) },
});

const sameState = (one: LeadState | undefined, other: LeadState) => JSON.stringify(one) === JSON.stringify(other);

const takenOf = (items: readonly { readonly taken: Taken }[]) => items.map(({ taken }) => taken);
