import { MINUTE } from '../base/clock.ts';
import type { ActivityStream, CallOptions, Observation } from '../crm/crm.ts';
import { addActivities } from '../ledger/activities.ts';
import { claim, markDirty } from '../ledger/dirty.ts';
import { readCursor, readProgress, saveCursor } from '../ledger/progress.ts';
import { areSeen, markSeen } from '../ledger/seen.ts';
import { type Connection, keepFor } from './connection.ts';
import { scoreBatches } from './score-batches.ts';

/** How long a submission waits for the CRM to make its contact; later the contact comes as a changed lead, in milliseconds. */
const CONTACT_WAIT = 2 * MINUTE;

/** The streams that fast-track rules name: polled every few seconds and out of the reserve. */
export function hotStreams({ crm, model }: Connection): ActivityStream[] {
  return crm.streams.filter(({ form }) => form !== undefined && model.fastTrackForms.includes(form));
}

export function ordinaryStreams(connection: Connection): ActivityStream[] {
  const hot = new Set(hotStreams(connection));
  return connection.crm.streams.filter((stream) => !hot.has(stream));
}

/**
 * Brings what people did since the last time into the ledger and has their leads scored: those known by id with the
 * next drain, those known by address at once, since looking them up reads them anyway. An observation counts as seen
 * only after that, and the cursor moves last of all.
 */
export async function pullStreams(
  connection: Connection,
  streams: readonly ActivityStream[],
  options: CallOptions,
): Promise<void> {
  const now = connection.clock.now();
  const pulls = await Promise.all(streams.map((stream) => pullStream(connection, stream, now, options)));
  await scoreByEmail(connection, pulls.flat(), now, options);
  for (const stream of streams) await saveCursor(connection.space, stream.name, now - stream.lag);
}

/** Returns the observations that only an address is known of. */
async function pullStream(
  connection: Connection,
  stream: ActivityStream,
  now: number,
  options: CallOptions,
): Promise<Seen[]> {
  const { space, model } = connection;
  const from = (await readCursor(space, stream.name, now)) ?? Number(await readProgress(space, 'baseline'));
  const byEmail: Seen[] = [];
  let marked = 0;
  // Before the first backfill has begun there is nothing to add to.
  if (!Number.isFinite(from) || from === 0) return [];
  for await (const page of stream.pull({ from: from - stream.overlap, to: now - stream.lag }, options)) {
    const fresh = await unseen(space, stream, page);
    await addActivities(
      space,
      fresh.map(({ observation }) => observation),
      { now, keep: keepFor(model) },
    );
    const byId = fresh.filter(({ leadId }) => leadId !== undefined);
    await markDirty(space, [...new Set(byId.flatMap(({ leadId }) => leadId ?? []))], now);
    await remember(connection, byId);
    marked += byId.length;
    byEmail.push(...fresh.filter(({ leadId }) => leadId === undefined));
  }
  if (marked > 0) await connection.wake('score');
  return byEmail;
}

async function scoreByEmail(connection: Connection, entries: readonly Seen[], now: number, options: CallOptions) {
  if (entries.length === 0) return;
  const { crm, space, clock } = connection;
  const emails = [...new Set(entries.flatMap(({ email }) => email ?? []))];
  const records = await crm.findLeads(emails, options);
  const ids = records.map(({ lead }) => lead.id);
  const taken = await claim(space, ids, clock.now());
  // Whoever holds one of them now may have read the ledger before this: it is marked, and done again.
  if (taken.length < ids.length) await connection.wake('score');
  await scoreBatches(connection, only({ records, taken }), { ...options, mode: 'live' });
  const found = new Set(records.flatMap(({ lead }) => lead.emails));
  await remember(
    connection,
    entries.filter(
      ({ email, observation }) =>
        (email !== undefined && found.has(email)) || observation.activity.at < now - CONTACT_WAIT,
    ),
  );
}

interface Seen {
  readonly reference: string;
  readonly observation: Observation;
  readonly leadId: string | undefined;
  readonly email: string | undefined;
  readonly overlap: number;
}

async function unseen(
  space: Connection['space'],
  stream: ActivityStream,
  page: readonly Observation[],
): Promise<Seen[]> {
  const entries = page.map((observation) => ({
    reference: `${stream.name} ${observation.activity.id}`,
    observation,
    leadId: 'leadId' in observation.person ? observation.person.leadId : undefined,
    email: 'email' in observation.person ? observation.person.email : undefined,
    overlap: stream.overlap,
  }));
  const seen = await areSeen(
    space,
    entries.map(({ reference }) => reference),
  );
  return entries.filter((_, index) => !seen[index]);
}

async function remember({ space }: Connection, entries: readonly Seen[]): Promise<void> {
  const longest = Math.max(0, ...entries.map(({ overlap }) => overlap));
  await markSeen(
    space,
    entries.map(({ reference }) => reference),
    2 * longest + MINUTE,
  );
}

async function* only<Item>(item: Item): AsyncGenerator<Item> {
  yield item;
}
