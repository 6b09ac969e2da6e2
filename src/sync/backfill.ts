import { readAhead } from '../base/read-ahead.ts';
import { untilAborted } from '../base/until-aborted.ts';
import type { ActivityStream, LeadPage, StreamWindow } from '../crm/crm.ts';
import { addActivities } from '../ledger/activities.ts';
import { claim, LEASE } from '../ledger/dirty.ts';
import { readCursor, readProgress, saveCursor, saveProgress } from '../ledger/progress.ts';
import { accountModels } from './account-members.ts';
import { scoreAccounts } from './accounts.ts';
import { initBaseline, LEADS_CURSOR } from './baseline.ts';
import { type Connection, keepFor } from './connection.ts';
import { putInForce } from './models-in-force.ts';
import type { Mode } from './outputs.ts';
import type { Batch } from './prepare.ts';
import { noteLists } from './pull-lists.ts';
import { streamsOf } from './pull-streams.ts';
import { recountAccounts } from './recount-accounts.ts';
import { keepRoles, noteRoles } from './roles.ts';
import { type ScoreOptions, scoreBatches } from './score-batches.ts';
import { readClaimed } from './score-dirty.ts';
import { newTally, type Tally } from './tally.ts';

export interface BackfillOptions extends Omit<ScoreOptions, 'mode' | 'urgent' | 'patient' | 'tally'> {
  /** Move everyone who meets the gates to MQL; without it a backfill promotes nobody. */
  readonly promote: boolean;
  /** Treat the leads that came since the first backfill as the polls would: promoted and fast-tracked where they should be. */
  readonly live?: boolean;
  /** Called while activities come in, with how many so far. */
  readonly onActivities?: (count: number) => void;
}

/** How many pages lie between two notes of where we are: an interrupted backfill does these again, without a write. */
const PAGES_BETWEEN_NOTES = 100;
/** Where the CRM writes in bulk, at least so many times what one bulk write takes: with each note, all that was gathered is written. */
const BULK_WRITES_BETWEEN_NOTES = 5;

/**
 * Scores every lead of the portal: first what people did goes to the ledger, then all leads are listed, scored and
 * written. It is quiet: nobody who was there before is fast-tracked, nor promoted but by `promote`. Interrupted, it goes
 * on where it was; the polls take over from the time at which the first one began.
 */
export async function backfill(connection: Connection, options: BackfillOptions): Promise<Tally> {
  const { space, clock, models } = connection;
  const began = clock.now();
  await initBaseline(connection);
  await noteRoles(connection);
  await noteFilling(connection);
  await putInForce(connection);
  if ((await readCursor(space, LEADS_CURSOR, began)) === undefined) await saveCursor(space, LEADS_CURSOR, began);

  await noteLists(connection, options.signal);
  await fillLedger(connection, began, options);
  const tally = newTally();
  const mode = options.promote ? 'promote' : options.live ? 'live' : 'quiet';
  const left = new Set<string>();
  let after = await readStand(connection, mode);
  if (after === undefined) await saveProgress(space, 'backfill-began', String(began));
  else tally.resumed = true;
  const since = Number((await readProgress(space, 'backfill-began')) ?? began);
  do {
    const stretch = listStretch(connection, after, options, left, (next) => {
      after = next;
    });
    await scoreBatches(connection, stretch, { ...options, patient: true, mode, tally });
    await scoreLeft(connection, left, { ...options, mode, tally });
    // Only now is everything before this point written. Whom others still hold, the next one must come upon again.
    if (left.size === 0) await saveStand(connection, mode, after);
    options.signal?.throwIfAborted();
  } while (after !== undefined);

  // A worker that died may hold some: its lease must be over first.
  if (left.size > 0) await clock.sleep(LEASE, options.signal);
  await scoreLeft(connection, left, { ...options, mode, tally });
  const unlisted = await recountAccounts(connection, since, options.signal);
  tally.left += unlisted.size;
  await scoreLeft(connection, unlisted, { ...options, mode, tally });
  await saveStand(connection, mode, undefined);

  await saveProgress(space, 'scored-at', String(clock.now()));
  await keepRoles(connection);
  await saveProgress(space, 'filling', undefined);
  await saveProgress(space, 'model-version', models.version);
  if (accountModels(connection).length > 0) tally.accounts = await scoreAccounts(connection, options.signal);
  // Leads that another worker still holds, or that changed meanwhile.
  await connection.wake('score');
  return tally;
}

/** Scores what others held when the listing came by; whom somebody has still stays in `left`. */
async function scoreLeft(
  connection: Connection,
  left: Set<string>,
  options: ScoreOptions & { readonly tally: Tally },
): Promise<void> {
  const ids = [...left];
  left.clear();
  const { read } = connection.crm.batches;
  for (let start = 0; start < ids.length; start += read) {
    const some = ids.slice(start, start + read);
    const batches = readClaimed(connection, some, options, (id) => left.add(id));
    await scoreBatches(connection, batches, options);
    options.signal?.throwIfAborted();
  }
  options.tally.left -= ids.length - left.size;
}

/** Where a backfill of these very models and this mode stopped; one of others begins anew. */
async function readStand({ space, models }: Connection, mode: Mode): Promise<string | undefined> {
  const [version, before, after] = (await readProgress(space, 'backfill-stand'))?.split(' ') ?? [];
  return version === models.version && before === mode ? after : undefined;
}

async function saveStand({ space, models }: Connection, mode: Mode, after: string | undefined): Promise<void> {
  await saveProgress(space, 'backfill-stand', after === undefined ? undefined : `${models.version} ${mode} ${after}`);
}

/**
 * Every stream once over the longest window of any model; a stream that was read so far back already only from where that
 * ended, but for one whose changes no window shows.
 * The cursors of the polls stay where they are: what the polls have not seen yet may have to alert somebody.
 */
async function fillLedger(connection: Connection, now: number, options: BackfillOptions): Promise<void> {
  const { space, models } = connection;
  const keep = keepFor(models);
  let count = 0;
  const fill = async (stream: ActivityStream) => {
    const { window, covered, polled } = await missingWindow(connection, stream, now);
    // Whatever these models do not look back on is trimmed from here on.
    if (covered) await saveCursor(space, sinceKey(stream), now - keep);
    for await (const observations of readAhead(stream.pull(window, { patient: true, signal: options.signal }))) {
      await addActivities(space, observations, { now, keep });
      count += observations.length;
      options.onActivities?.(count);
    }
    await saveCursor(space, sinceKey(stream), now - keep);
    await saveCursor(space, filledKey(stream), now);
    if (polled === undefined) await saveCursor(space, stream.name, now - stream.lag);
  };
  // Where one fails, the others come to their end first: nothing is called behind the back of a paused connection.
  const fills = await Promise.allSettled(streamsOf(connection).map(fill));
  for (const each of fills) if (each.status === 'rejected') throw each.reason;
}

/**
 * What of a stream the ledger lacks: all of the longest window, or what came since it was `covered`. `polled` is the
 * cursor of the polls.
 */
export async function missingWindow({ space, models }: Connection, stream: ActivityStream, now: number) {
  const keep = keepFor(models);
  const polled = await readCursor(space, stream.name, now);
  const filled = await readCursor(space, filledKey(stream), now);
  const since = await readCursor(space, sinceKey(stream), now);
  const covered = filled !== undefined && since !== undefined && since <= now - keep;
  const window: StreamWindow =
    covered && stream.changesUnseen !== true
      ? { from: Math.max(filled, polled ?? 0) - stream.overlap, to: now }
      : { from: now - keep, to: now, since: now - keep };
  return { window, covered, polled };
}

/** Whether each stream was read as far back as the models look: one that came since, as with a larger edition, was not. */
export async function coversStreams(connection: Connection): Promise<boolean> {
  const now = connection.clock.now();
  const windows = streamsOf(connection).map((stream) => missingWindow(connection, stream, now));
  return (await Promise.all(windows)).every(({ covered }) => covered);
}

/** Notes it where the next backfill brings in what people did long ago: nobody in any CRM is to be promoted for that. */
export async function noteFilling(connection: Connection): Promise<boolean> {
  const isCovered = await coversStreams(connection);
  if (!isCovered) await saveProgress(connection.space, 'filling', 'yes');
  return !isCovered;
}

const sinceKey = (stream: ActivityStream) => `${stream.name} since`;
const filledKey = (stream: ActivityStream) => `${stream.name} filled`;

/** Some pages of the listing, each lead claimed as it comes or left; tells where the next page begins. */
async function* listStretch(
  connection: Connection,
  from: string | undefined,
  options: BackfillOptions,
  left: Set<string>,
  reached: (next: string | undefined) => void,
): AsyncGenerator<Batch> {
  const { space, clock } = connection;
  for await (const { records, next } of readAhead(listPages(connection, from, options))) {
    const ids = records.map(({ lead }) => lead.id);
    const taken = await claim(space, ids, clock.now());
    const own = new Set(taken.map(({ id }) => id));
    for (const id of ids) if (!own.has(id)) left.add(id);
    yield { records, taken };
    reached(next);
  }
}

/** The pages that lie between two notes; fewer at the end, or once the signal is aborted. */
async function* listPages(
  { crm }: Connection,
  from: string | undefined,
  { signal, bulk }: BackfillOptions,
): AsyncGenerator<LeadPage> {
  const leads = bulk === true ? BULK_WRITES_BETWEEN_NOTES * (crm.batches.bulk ?? 0) : 0;
  let after = from;
  for (let pages = 0, listed = 0; pages < PAGES_BETWEEN_NOTES || listed < leads; pages += 1) {
    const page = await untilAborted(signal, () => crm.listLeads(after, { patient: true, signal }));
    if (page === undefined) return;
    yield page;
    listed += page.records.length;
    after = page.next;
    if (after === undefined) return;
  }
}
