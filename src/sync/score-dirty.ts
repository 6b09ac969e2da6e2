import { untilAborted } from '../base/until-aborted.ts';
import type { LeadRecord } from '../crm/crm.ts';
import { claim, release, settle, type Taken, takeDirty } from '../ledger/dirty.ts';
import { holdFirmly, holdForCall } from '../ledger/loose-leases.ts';
import type { Connection } from './connection.ts';
import { forgetLead } from './forget-lead.ts';
import { recallFor } from './kept-leases.ts';
import type { Batch, Refused } from './prepare.ts';
import { type ScoreOptions, scoreBatches } from './score-batches.ts';
import { newTally, type Tally } from './tally.ts';
import { giveBack } from './write-back.ts';

/**
 * Drains the dirty set: reads each lead afresh, scores it and writes the difference, until none is left to take.
 * Stopped before that, it throws what the signal gives.
 */
export async function scoreDirty(connection: Connection, options: Omit<ScoreOptions, 'mode'> = {}): Promise<Tally> {
  const tally = options.tally ?? newTally();
  await scoreBatches(connection, readDirty(connection, options, tally), { ...options, tally, mode: 'live' });
  options.signal?.throwIfAborted();
  return tally;
}

async function* readDirty(
  connection: Connection,
  options: Omit<ScoreOptions, 'mode'>,
  tally: Tally,
): AsyncGenerator<Batch> {
  const { space, clock, crm } = connection;
  while (!options.signal?.aborted) {
    const taken = await takeDirty(space, crm.batches.read, clock.now());
    if (taken.length === 0) return;
    const batch = await readTaken(connection, taken, { ...options, tally }, () => {
      tally.left += 1;
    });
    if (batch === undefined) return;
    yield batch;
  }
}

/**
 * Takes these leads, some hundreds at most, as far as nobody else has them, and reads them; a backfill does so with those it had to
 * leave behind. `held` is told of the others. What is urgent takes over what waits to be read or for a bulk write.
 */
export async function* readClaimed(
  connection: Connection,
  ids: readonly string[],
  options: ScoreOptions & { readonly tally: Tally },
  held: (id: string) => void,
): AsyncGenerator<Batch> {
  await recallFor(connection, ids, options);
  const taken = await claim(connection.space, ids, connection.clock.now());
  const own = new Set(taken.map(({ id }) => id));
  for (const id of ids) if (!own.has(id)) held(id);
  const batch = taken.length === 0 ? undefined : await readTaken(connection, taken, options, held);
  if (batch !== undefined) yield batch;
}

/**
 * Reads leads afresh and forgets those that are no more. Undefined once the signal is aborted. `held` is told of those that a fast track
 * took over: where calls are scarce it must not wait for one that is not urgent.
 */
async function readTaken(
  connection: Connection,
  all: readonly Taken[],
  { urgent, patient, signal, tally }: Omit<ScoreOptions, 'mode'> & { readonly tally: Tally },
  held: (id: string) => void,
): Promise<Batch | undefined> {
  const { crm, space, clock } = connection;
  const refusals = new Map<string, Refused['error']>();
  const refuse = (id: string, error: Refused['error']) => void refusals.set(id, error);
  const asked = all.map(({ id }) => id);
  const read = () => crm.readLeads(asked, { urgent, patient, signal, refused: refuse });
  if (urgent !== true) await holdForCall(space, all);
  const answer = await readOrRelease(connection, all, read, signal);
  if (answer === undefined) return undefined;
  const taken = urgent === true ? all : await holdFirmly(space, all, clock.now());
  const ids = taken.map(({ id }) => id);
  const others = new Set(asked).difference(new Set(ids));
  for (const id of others) held(id);
  const records = answer.filter(({ lead }) => !others.has(lead.id));
  const refused = taken.flatMap((each) => {
    const error = refusals.get(each.id);
    return error === undefined ? [] : [{ taken: each, error }];
  });
  await giveBack(connection, refused, tally);
  const found = new Set(records.map(({ lead }) => lead.id));
  const unread = new Set(refused.map((each) => each.taken.id));
  const missing = taken.filter(({ id }) => !found.has(id) && !unread.has(id));
  // A merged lead comes back under another id: the old one is no more, the new one is to be scored.
  for (const { id } of missing) await forgetLead(connection, id);
  await settle(space, missing, clock.now());
  tally.gone += missing.length;
  const newIds = [...found].filter((id) => !ids.includes(id));
  await recallFor(connection, newIds, { urgent });
  const claimed = await claim(space, newIds, clock.now());
  return { records, taken: [...taken.filter(({ id }) => found.has(id)), ...claimed] };
}

/** Leads that could not be read are given back at once, for whoever comes next. */
async function readOrRelease(
  { space, clock }: Connection,
  taken: readonly Taken[],
  read: () => Promise<LeadRecord[]>,
  signal: AbortSignal | undefined,
): Promise<LeadRecord[] | undefined> {
  let records: LeadRecord[] | undefined;
  try {
    records = await untilAborted(signal, read);
    return records;
  } finally {
    if (records === undefined) await release(space, taken, clock.now());
  }
}
