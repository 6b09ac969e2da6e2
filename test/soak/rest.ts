import { MINUTE, SECOND, systemClock } from '../../src/base/clock.ts';
import { countDirty } from '../../src/ledger/dirty.ts';
import { readRuns } from '../../src/ledger/last-runs.ts';
import { readCursor } from '../../src/ledger/progress.ts';
import type { Queues } from '../../src/queue/queues.ts';
import { LEADS_CURSOR } from '../../src/sync/baseline.ts';
import type { Connection } from '../../src/sync/connection.ts';
import { relatedCursor } from '../../src/sync/pull-related.ts';
import { streamsOf } from '../../src/sync/pull-streams.ts';
import { LOOKING } from './config.ts';

/** Longer than any lock, lease or pause that may have to pass first, in milliseconds. */
export const REST_WITHIN = 5 * MINUTE;
const LOOK_EVERY = SECOND / 4;

/**
 * What is still to come before all that happened up to this moment is seen, scored and written, in words; undefined once nothing is:
 * every poll has looked past it, nobody waits, and no job runs or waits for its turn.
 */
async function unrest(connections: readonly Connection[], queues: Queues, moment: number) {
  for (const connection of connections) {
    const { space, crm } = connection;
    const now = systemClock.now();
    const cursors = [LEADS_CURSOR, ...streamsOf(connection).map(({ name }) => name), ...crm.related.map(relatedCursor)];
    for (const cursor of cursors)
      if (((await readCursor(space, cursor, now)) ?? 0) <= moment) return `${crm.name} is not read: ${cursor}`;
    const { doneAt } = await readRuns(space);
    const undone = LOOKING.find((job) => (doneAt.get(job) ?? 0) <= moment);
    if (undone !== undefined) return `${crm.name} has not done ${undone}`;
    const waiting = await countDirty(space);
    if (waiting > 0) return `${waiting} leads wait in ${crm.name}`;
  }
  // Those of the polls come and go for ever.
  for (const job of ['score', 'backfill']) {
    const { active = 0, wait = 0 } = await queues.queue(job).getJobCounts('active', 'wait');
    if (active + wait > 0) return `${job} is at work`;
  }
  return undefined;
}

/** Waits for that; twice, as whoever is scored in one CRM may have somebody scored in another. @returns what is missing after all. */
export async function untilRest(
  connections: readonly Connection[],
  queues: Queues,
  { signal, say }: { signal: AbortSignal; say: (what: string) => void },
): Promise<{ readonly took: number; readonly missing: string | undefined }> {
  const began = systemClock.now();
  for (let times = 0; ; ) {
    const missing = await unrest(connections, queues, began);
    times = missing === undefined ? times + 1 : 0;
    const took = systemClock.now() - began;
    if (times === 2) return { took, missing };
    if (took > REST_WITHIN) return { took, missing: missing ?? 'it does not last' };
    if (missing !== undefined) say(missing);
    await systemClock.sleep(LOOK_EVERY, signal);
  }
}
