import { MINUTE } from '../base/clock.ts';
import { RetryableError } from '../base/errors.ts';
import type { ActivityStream, CallOptions, Observation } from '../crm/crm.ts';
import { addActivities } from '../ledger/activities.ts';
import { claim, markDirty } from '../ledger/dirty.ts';
import { readCursor, saveCursor } from '../ledger/progress.ts';
import { areSeen, markSeen } from '../ledger/seen.ts';
import type { Space } from '../ledger/space.ts';
import { readBaseline } from './baseline.ts';
import { type Connection, keepFor } from './connection.ts';
import { meetExpected } from './meet-expected.ts';
import { scoreBatches } from './score-batches.ts';
import { READ_BATCH } from './score-dirty.ts';

/** How long a submission waits for the CRM to make its contact; later the contact comes as a changed lead, in milliseconds. */
const CONTACT_WAIT = 2 * MINUTE;

/** The streams that fast-track rules name: polled every few seconds and out of the reserve. */
export function hotStreams({ crm, models }: Connection): ActivityStream[] {
  return crm.streams.filter(({ form }) => form !== undefined && models.fastTrackForms.includes(form));
}

export function ordinaryStreams(connection: Connection): ActivityStream[] {
  const hot = new Set(hotStreams(connection));
  return connection.crm.streams.filter((stream) => !hot.has(stream));
}

/**
 * Brings what people did since the last time into the ledger and has their leads scored: those known by id with the
 * next drain, those known by address at once, since looking them up reads them anyway. An observation counts as seen
 * only after that, and a stream's cursor moves last of all. A stream that fails holds up no other.
 */
export async function pullStreams(
  connection: Connection,
  streams: readonly ActivityStream[],
  options: CallOptions,
): Promise<void> {
  const baseline = await readBaseline(connection);
  // Before the first backfill has begun there is nothing to add to.
  if (baseline === undefined) return;
  const now = connection.clock.now();
  const pulls = await Promise.allSettled(
    streams.map((stream) => pullStream(connection, stream, { baseline, now }, options)),
  );
  const done = streams.filter((_, index) => isDone(pulls[index]));
  const waiting = streams.filter((_, index) => pulls[index]?.status === 'fulfilled' && !isDone(pulls[index]));
  for (const stream of done) await saveCursor(connection.space, stream.name, now - stream.lag);
  await scoreByEmail(
    connection,
    pulls.flatMap((pull) => (pull.status === 'fulfilled' ? pull.value : [])),
    now,
    options,
  );
  for (const stream of waiting) await saveCursor(connection.space, stream.name, now - stream.lag);
  const failed = pulls.find((pull) => pull.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Read, with nothing that waits for its lead to be looked up: what becomes of the others does not concern it. */
function isDone(pull: PromiseSettledResult<readonly Seen[]> | undefined): boolean {
  return pull?.status === 'fulfilled' && pull.value.length === 0;
}

/** Returns the observations that only an address is known of. */
async function pullStream(
  { space, models, wake }: Connection,
  stream: ActivityStream,
  { baseline, now }: { readonly baseline: number; readonly now: number },
  options: CallOptions,
): Promise<Seen[]> {
  const from = (await readCursor(space, stream.name, now)) ?? baseline;
  const byEmail: Seen[] = [];
  let marked = 0;
  for await (const page of stream.pull({ from: from - stream.overlap, to: now - stream.lag }, options)) {
    const fresh = await unseen(space, stream, page);
    const added = await addActivities(
      space,
      fresh.map(({ observation }) => observation),
      { now, keep: keepFor(models) },
    );
    const ids = new Set(added.flatMap(({ person }) => ('leadId' in person ? person.leadId : [])));
    await markDirty(space, [...ids], now);
    await remember(
      space,
      fresh.filter(({ leadId }) => leadId !== undefined),
    );
    marked += ids.size;
    byEmail.push(...fresh.filter(({ leadId }) => leadId === undefined));
  }
  if (marked > 0) await wake('score');
  return byEmail;
}

/** What is not seen to the end comes again with the next poll, for as long as a submission waits for its contact. */
async function scoreByEmail(
  connection: Connection,
  entries: readonly Seen[],
  now: number,
  options: CallOptions,
): Promise<void> {
  const byAddress = Map.groupBy(entries, ({ email }) => email ?? '');
  const addresses = [...byAddress.keys()];
  for (let start = 0; start < addresses.length; start += READ_BATCH) {
    const some = addresses.slice(start, start + READ_BATCH);
    const done = await scoreAddresses(connection, some, options);
    const seen = some
      .flatMap((email) => byAddress.get(email) ?? [])
      .filter(({ email, observation }) => done.has(email ?? '') || observation.activity.at < now - CONTACT_WAIT);
    await remember(connection.space, seen);
  }
}

/** @returns the addresses whose leads are scored: all that were found, or none where one of them must be tried again. */
async function scoreAddresses(
  connection: Connection,
  emails: readonly string[],
  options: CallOptions,
): Promise<ReadonlySet<string>> {
  const { crm, space, clock, log } = connection;
  const records = await crm.findLeads(emails, options);
  const ids = records.map(({ lead }) => lead.id);
  const taken = await claim(space, ids, clock.now());
  try {
    const { left } = await scoreBatches(connection, only({ records, taken }), { ...options, mode: 'live' });
    if (left === 0) return new Set(records.flatMap(({ lead }) => lead.emails));
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error;
    log.warn('leads that did something could not be scored yet', { leads: ids.length, reason: error.message });
  }
  // They are in the dirty set. Whoever holds one of them may have read the ledger before this: it is done again.
  await connection.wake('score');
  return new Set();
}

interface Seen {
  readonly reference: string;
  readonly observation: Observation;
  readonly leadId: string | undefined;
  readonly email: string | undefined;
  readonly overlap: number;
}

async function unseen(space: Space, stream: ActivityStream, page: readonly Observation[]): Promise<Seen[]> {
  const entries = page.map((observation) => ({
    reference: referenceOf(stream, observation),
    observation,
    leadId: 'leadId' in observation.person ? observation.person.leadId : undefined,
    email: 'email' in observation.person ? observation.person.email : undefined,
    overlap: stream.overlap,
  }));
  const seen = await areSeen(
    space,
    entries.map(({ reference }) => reference),
  );
  // The site may tell of a submission only after a poll has dealt with it.
  await meetExpected(
    space,
    page.filter((_, index) => seen[index]),
  );
  return entries.filter((_, index) => !seen[index]);
}

/** What may be edited is new again once anything of it differs, and each of those whom it concerns is told of it. */
function referenceOf({ name }: ActivityStream, observation: Observation): string {
  const { activity, revision } = observation;
  return revision === undefined ? `${name} ${activity.id}` : `${name} ${JSON.stringify(observation)}`;
}

async function remember(space: Space, entries: readonly Seen[]): Promise<void> {
  const longest = Math.max(0, ...entries.map(({ overlap }) => overlap));
  await markSeen(
    space,
    entries.map(({ reference }) => reference),
    2 * longest + MINUTE,
  );
  await meetExpected(
    space,
    entries.map(({ observation }) => observation),
  );
}

async function* only<Item>(item: Item): AsyncGenerator<Item> {
  yield item;
}
