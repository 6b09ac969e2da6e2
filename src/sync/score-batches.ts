import { release, type Taken } from '../ledger/dirty.ts';
import { wakeAccounts } from './account-members.ts';
import { initBaseline } from './baseline.ts';
import { waitsAfter } from './changes.ts';
import type { Connection } from './connection.ts';
import { alertRules } from './fast-track-starts.ts';
import { gatherWrites } from './gathered-writes.ts';
import { listenTo } from './listen.ts';
import type { Mode } from './outputs.ts';
import { type Batch, isUnchanged, type Prepared, prepare, type Refused } from './prepare.ts';
import { newTally, type Tally } from './tally.ts';
import { giveBack, letGo } from './write-back.ts';

export interface ScoreOptions {
  readonly mode: Mode;
  /** May use the reserve of the API budget. */
  readonly urgent?: boolean;
  /** Lets all other calls go first. */
  readonly patient?: boolean;
  /** Gathers changes for minutes where the CRM can write them in bulk: fewer calls, and a longer run. */
  readonly bulk?: boolean;
  /** Ends the reading of more batches, and a bulk write that is under way. */
  readonly signal?: AbortSignal;
  /** Counts on in this one. */
  readonly tally?: Tally;
  /** Called after each batch with what became of the leads so far. */
  readonly onProgress?: (tally: Readonly<Tally>) => void;
  /** Told of the leads that hold their scores now: just written, or unchanged. Each comes once. */
  readonly onDone?: (leads: readonly Prepared[]) => void;
}

/**
 * The one path of a lead: scored as it was just read, compared with what the CRM holds, and the difference written back.
 * Changes are gathered across batches into full calls. Ends when `batches` does; on an error every lead that is not
 * settled is given back first. A lead that fails alone holds up no other and fails nothing here.
 */
export async function scoreBatches(
  connection: Connection,
  batches: AsyncIterable<Batch>,
  options: ScoreOptions,
): Promise<Tally> {
  const { clock, space } = connection;
  const tally = options.tally ?? newTally();
  const baseline = await initBaseline(connection);
  const rules = await alertRules(connection, { now: clock.now(), baseline });
  const held = new Set<Taken>();
  const letGoOf = (items: readonly { readonly taken: Taken }[]) => {
    for (const { taken } of items) held.delete(taken);
  };
  const writes = gatherWrites(connection, options, tally, letGoOf);

  try {
    for await (const batch of batches) {
      for (const taken of batch.taken) held.add(taken);
      if (connection.role === 'source') {
        await listenTo(connection, batch, tally);
        letGoOf(batch.taken.map((taken) => ({ taken })));
        options.onProgress?.(tally);
        continue;
      }
      const moment = { ...rules, mode: options.mode, now: clock.now() };
      // The only calls are for tasks of fast tracks, which are urgent whoever comes upon them.
      const results = await prepare(connection, batch, moment, { urgent: true });
      tally.left += batch.records.length - results.length;
      const refused = results.filter(isRefused);
      const prepared = results.filter(isPrepared);
      const unchanged = prepared.filter(isUnchanged);
      await giveBack(connection, refused, tally);
      count(tally, prepared);
      await letGo(connection, unchanged, tally);
      options.onDone?.(unchanged);
      letGoOf([...refused, ...unchanged]);
      await writes.add(prepared.filter((item) => !isUnchanged(item)));
      options.onProgress?.(tally);
    }
    await writes.finish();
  } catch (error) {
    for (const lost of await writes.stop()) held.delete(lost);
    await release(space, [...held], clock.now());
    throw error;
  }
  options.onProgress?.(tally);
  await wakeAccounts(connection);
  return tally;
}

function count(tally: Tally, prepared: readonly Prepared[]): void {
  tally.scored += prepared.length;
  for (const { record, verdicts, change } of prepared) {
    tally.mql += verdicts.some(({ score }) => score.mql) ? 1 : 0;
    tally.waiting += verdicts.some((verdict) => waitsAfter(change, record, verdict)) ? 1 : 0;
    const flags = new Set(verdicts.flatMap(({ score }) => score.flags));
    for (const flag of flags) tally.flags[flag] = (tally.flags[flag] ?? 0) + 1;
  }
}

const isRefused = (result: Prepared | Refused): result is Refused => 'error' in result;
const isPrepared = (result: Prepared | Refused): result is Prepared => !('error' in result);
