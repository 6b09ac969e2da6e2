import { DAY } from '../base/clock.ts';
import type { ActivityStream } from '../crm/crm.ts';
import { addActivities } from '../ledger/activities.ts';
import type { Space } from '../ledger/space.ts';
import { missingWindow } from './backfill.ts';
import { type Connection, keepFor } from './connection.ts';
import { streamsOf } from './pull-streams.ts';

/** Left behind by a process that was killed, what was fetched goes by itself after this time, in milliseconds. */
const FORGOTTEN_AFTER = DAY;

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Called while activities come in, with how many so far. */
  readonly onActivities?: (count: number) => void;
}

/** Brings what a backfill would first add to the ledger into a space of its own: everything, where there was none yet. */
export async function fetchActivities(
  connection: Connection,
  scratch: Space,
  now: number,
  { signal, onActivities }: FetchOptions,
): Promise<void> {
  const keep = keepFor(connection.models);
  let count = 0;
  const fetchOne = async (stream: ActivityStream) => {
    const { window } = await missingWindow(connection, stream, now);
    for await (const observations of stream.pull(window, { signal })) {
      await addActivities(scratch, observations, { now, keep, forgetAfter: FORGOTTEN_AFTER });
      count += observations.length;
      onActivities?.(count);
    }
  };
  // Where one fails, the others come to their end first: nothing is written to a space that is being erased.
  const fetches = await Promise.allSettled(streamsOf(connection).map(fetchOne));
  for (const each of fetches) if (each.status === 'rejected') throw each.reason;
}
