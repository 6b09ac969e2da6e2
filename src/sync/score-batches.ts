import { SECOND } from '../base/clock.ts';
import type { RetryableError } from '../base/errors.ts';
import { LEASE, release, type Taken } from '../ledger/dirty.ts';
import { initProgress } from '../ledger/progress.ts';
import type { Connection } from './connection.ts';
import type { Mode } from './outputs.ts';
import { type Batch, type Prepared, prepare, type Refused } from './prepare.ts';
import { newTally, type Tally } from './tally.ts';
import { giveBack, letGo, writeBack } from './write-back.ts';

export interface ScoreOptions {
  readonly mode: Mode;
  /** May use the reserve of the API budget. */
  readonly urgent?: boolean;
  /** Ends the reading of more batches. */
  readonly signal?: AbortSignal;
  /** Counts on in this one. */
  readonly tally?: Tally;
  /** Called after each batch with what became of the leads so far. */
  readonly onProgress?: (tally: Readonly<Tally>) => void;
}

/** What one API call writes. */
const WRITE_BATCH = 100;
/** How many writes may be under way at once. */
const WRITES = 4;
/** A lead is written within this time of being read, or another worker might have it by then; in milliseconds. */
const PATIENCE = 20 * SECOND;

/**
 * The one path of a lead: scored as it was just read, compared with what the CRM holds, and the difference written back.
 * Changes are gathered across batches into full calls. Ends when `batches` does; on an error every lead that is not
 * settled is given back first.
 * @throws RetryableError once the rest is done, where some leads must be tried again.
 */
export async function scoreBatches(
  connection: Connection,
  batches: AsyncIterable<Batch>,
  options: ScoreOptions,
): Promise<Tally> {
  const { clock, space } = connection;
  const tally = options.tally ?? newTally();
  // A stop ends the reading; what has been read is still written.
  const calls = { urgent: options.urgent };
  const baseline = Number(await initProgress(space, 'baseline', String(clock.now())));
  const writes = new Set<Promise<void>>();
  const waiting: Prepared[] = [];
  let retry: RetryableError | undefined;

  const startWrite = async (items: Prepared[]) => {
    while (writes.size >= WRITES) await Promise.race(writes);
    const inTime = items.filter(({ taken }) => taken.until > clock.now());
    tally.left += items.length - inTime.length;
    const write = orRelease(connection, inTime, async () => {
      retry ??= await writeBack(connection, inTime, tally, calls);
    });
    writes.add(write);
    // Awaited below; a rejection must not count as unhandled until then.
    write.then(
      () => writes.delete(write),
      () => {},
    );
  };

  try {
    for await (const batch of batches) {
      const now = clock.now();
      const holding = batch.taken.map((taken) => ({ taken }));
      const results = await orRelease(connection, holding, () =>
        prepare(connection, batch, { mode: options.mode, now, baseline }, calls),
      );
      retry ??= await giveBack(connection, results.filter(isRefused), tally, now);
      const prepared = results.filter(isPrepared);
      count(tally, prepared);
      await letGo(connection, prepared.filter(isUnchanged), tally);
      waiting.push(...prepared.filter((item) => !isUnchanged(item)));
      while (waiting.length >= WRITE_BATCH) await startWrite(waiting.splice(0, WRITE_BATCH));
      if (waiting.some(({ taken }) => taken.until < clock.now() + LEASE - PATIENCE))
        await startWrite(waiting.splice(0));
      options.onProgress?.(tally);
    }
    if (waiting.length > 0) await startWrite(waiting.splice(0));
    await Promise.all(writes);
  } catch (error) {
    await Promise.allSettled(writes);
    await release(
      space,
      waiting.map(({ taken }) => taken),
      clock.now(),
    );
    throw error;
  }
  options.onProgress?.(tally);
  if (retry !== undefined) throw retry;
  return tally;
}

/** Gives the leads back to whoever comes next if the work fails. */
async function orRelease<Result>(
  { clock, space }: Connection,
  items: readonly { readonly taken: Taken }[],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await release(
      space,
      items.map(({ taken }) => taken),
      clock.now(),
    );
    throw error;
  }
}

function count(tally: Tally, prepared: readonly Prepared[]): void {
  tally.scored += prepared.length;
  for (const { score } of prepared) {
    tally.mql += score.mql ? 1 : 0;
    for (const flag of score.flags) tally.flags[flag] = (tally.flags[flag] ?? 0) + 1;
  }
}

const isRefused = (result: Prepared | Refused): result is Refused => 'error' in result;
const isPrepared = (result: Prepared | Refused): result is Prepared => !('error' in result);
const isUnchanged = ({ changes }: Prepared) => Object.keys(changes).length === 0;
