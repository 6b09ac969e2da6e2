import type { ActivityStream, CallOptions } from '../crm/crm.ts';
import { addActivities } from '../ledger/activities.ts';
import { markDirty } from '../ledger/dirty.ts';
import { readBaseline } from './baseline.ts';
import { type Connection, keepFor } from './connection.ts';
import { isSeenTo, saveRead, type Wanted, wantedOf } from './read-to.ts';
import { scoreByEmail, scoreById } from './score-at-once.ts';
import { remember, type Seen, unseen } from './seen-observations.ts';

/** The streams that fast-track rules name: polled every few seconds and out of the reserve. */
export function hotStreams(connection: Connection): ActivityStream[] {
  const { models } = connection;
  return streamsOf(connection).filter(({ form }) => form !== undefined && models.fastTrackForms.includes(form));
}

export function ordinaryStreams(connection: Connection): ActivityStream[] {
  const hot = new Set(hotStreams(connection));
  return streamsOf(connection).filter((stream) => !hot.has(stream));
}

/** None where what people did there does not count. */
export function streamsOf({ crm, role }: Connection): readonly ActivityStream[] {
  return role === 'destination' ? [] : crm.streams;
}

/**
 * Brings what people did since the last time into the ledger and has their leads scored: those known by id with the
 * next drain, but at once where it is urgent; those known by address at once, since looking them up reads them anyway. An observation
 * counts as seen only after that, and a stream's cursor moves last of all. A stream that fails holds up no other.
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
  const marked = pulls.flatMap((pull) => (pull.status === 'fulfilled' ? pull.value.ids : []));
  if (options.urgent === true) await scoreById(connection, [...new Set(marked)], options);
  const done = streams.filter((_, index) => isDone(pulls[index]));
  const waiting = streams.filter((_, index) => pulls[index]?.status === 'fulfilled' && !isDone(pulls[index]));
  const save = async (stream: ActivityStream) => {
    const pull = pulls[streams.indexOf(stream)];
    if (pull?.status === 'fulfilled') await saveRead(connection.space, stream, pull.value.wanted);
  };
  for (const stream of done) await save(stream);
  await scoreByEmail(
    connection,
    pulls.flatMap((pull) => (pull.status === 'fulfilled' ? pull.value.byEmail : [])),
    now,
    options,
  );
  for (const stream of waiting) await save(stream);
  const failed = pulls.find((pull) => pull.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Read, with nothing that waits for its lead to be looked up: what becomes of the others does not concern it. */
function isDone(pull: PromiseSettledResult<Pulled> | undefined): boolean {
  return pull?.status === 'fulfilled' && pull.value.byEmail.length === 0;
}

interface Pulled {
  /** Leads that are marked. */
  readonly ids: readonly string[];
  /** Observations that only an address is known of. */
  readonly byEmail: readonly Seen[];
  readonly wanted: Wanted;
}

async function pullStream(
  { space, models, wake }: Connection,
  stream: ActivityStream,
  { baseline, now }: { readonly baseline: number; readonly now: number },
  options: CallOptions,
): Promise<Pulled> {
  const wanted = await wantedOf(space, stream, { baseline, now }, options);
  const byEmail: Seen[] = [];
  const marked = new Set<string>();
  for await (const page of stream.pull(wanted.window, { ...options, looks: true })) {
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
    for (const id of ids) marked.add(id);
    byEmail.push(...fresh.filter(({ leadId }) => leadId === undefined));
    if (isSeenTo(wanted, page, fresh)) break;
  }
  if (marked.size > 0 && options.urgent !== true) await wake('score');
  return { ids: [...marked], byEmail, wanted };
}
