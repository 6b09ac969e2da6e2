import { untilAborted } from '../base/until-aborted.ts';
import type { LeadRecord } from '../crm/crm.ts';
import { claim, release, settle, type Taken, takeDirty } from '../ledger/dirty.ts';
import type { Connection } from './connection.ts';
import { forgetLead, forgetRecord } from './forget-lead.ts';
import type { Batch } from './prepare.ts';
import { type ScoreOptions, scoreBatches } from './score-batches.ts';
import type { Tally } from './tally.ts';

/** What one API call reads. */
const READ_BATCH = 100;

/** Drains the dirty set: reads each lead afresh, scores it and writes the difference, until none is left to take. */
export async function scoreDirty(connection: Connection, options: Omit<ScoreOptions, 'mode'> = {}): Promise<Tally> {
  let gone = 0;
  const tally = await scoreBatches(
    connection,
    readDirty(connection, options, (count) => {
      gone += count;
    }),
    { ...options, mode: 'live' },
  );
  return { ...tally, gone: tally.gone + gone };
}

async function* readDirty(
  connection: Connection,
  { urgent, signal }: Omit<ScoreOptions, 'mode'>,
  onGone: (count: number) => void,
): AsyncGenerator<Batch> {
  const { crm, space, clock } = connection;
  while (!signal?.aborted) {
    const taken = await takeDirty(space, READ_BATCH, clock.now());
    if (taken.length === 0) return;
    const ids = taken.map(({ id }) => id);
    const records = await readOrRelease(connection, taken, () => crm.readLeads(ids, { urgent, signal }), signal);
    if (records === undefined) return;
    const found = new Set(records.map(({ lead }) => lead.id));
    const missing = taken.filter(({ id }) => !found.has(id));
    // A merged lead comes back under another id; the old one is no more, the new one is to be scored.
    const merged = new Set(records.flatMap(({ lead }) => lead.formerIds));
    for (const { id } of missing) await (merged.has(id) ? forgetRecord(space, id) : forgetLead(space, id));
    await settle(space, missing, clock.now());
    onGone(missing.length);
    const newIds = [...found].filter((id) => !ids.includes(id));
    const claimed = await claim(space, newIds, clock.now());
    yield { records, taken: [...taken, ...claimed] };
  }
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
