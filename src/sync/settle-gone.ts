import { batches } from '../base/batches.ts';
import { DAY } from '../base/clock.ts';
import { markDirty } from '../ledger/dirty.ts';
import { dropGone } from '../ledger/gone.ts';
import { readStates } from '../ledger/lead-state.ts';
import { readPeople } from '../ledger/person-records.ts';
import { allStateIds } from '../ledger/state-ids.ts';
import type { Connection } from './connection.ts';
import { findAgain } from './find-again.ts';
import { eraseLead } from './forget-lead.ts';

/** A record must be gone for so long before it is erased here, in milliseconds: the CRM's bin may show it late. */
const GONE_FOR_GOOD = DAY;
/** Of how many addresses Redis is asked at once. */
const HASHES_AT_ONCE = 100;

/**
 * Looks for leads that were found to be no more, by when that was, and are not in the CRM's bin: those that are back are
 * marked, those that live on in others are let be, and the rest will not come back, so that nothing is kept of them.
 */
export async function settleGone(
  connection: Connection,
  gone: ReadonlyMap<string, number>,
  signal?: AbortSignal,
): Promise<{ erased: number; restored: number }> {
  const { space, clock } = connection;
  const doomed = new Set<string>();
  let restored = 0;
  const all = [...gone.keys()];
  for (const some of batches(all, connection.crm.batches.read)) {
    const { live, merged, missing } = await findAgain(connection, some, signal);
    await markDirty(space, live, clock.now());
    await dropGone(space, [...live, ...merged]);
    restored += live.length;
    for (const id of missing) if ((gone.get(id) ?? 0) <= clock.now() - GONE_FOR_GOOD) doomed.add(id);
  }
  const kept = await addressesInUse(connection, doomed, signal);
  for (const id of doomed) await eraseLead(space, id, clock.now(), kept);
  return { erased: doomed.size, restored };
}

/**
 * Hashes of addresses that another lead has by now: somebody whose record was deleted may have come again. A record in another CRM keeps
 * one only where several leads may have it: elsewhere the deletion may be one for privacy, of which no webhook told, and what was done
 * under the address was told by this CRM.
 */
async function addressesInUse(
  { space, crm }: Connection,
  doomed: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const states = await readStates(space, [...doomed]);
  const theirs = new Set(states.flatMap((state) => state?.emailHashes ?? []));
  const inUse = new Set<string>();
  const isShared = crm.sharesAddresses === true;
  if (theirs.size === 0) return inUse;
  for (const hashes of batches([...theirs], HASHES_AT_ONCE)) {
    const people = await readPeople(space, hashes);
    for (const [index, hash] of hashes.entries())
      if (
        people[index]?.records.some(({ connection, id }) =>
          connection === space.connection ? !doomed.has(id) : isShared,
        )
      )
        inUse.add(hash);
  }
  for await (const ids of allStateIds(space)) {
    signal?.throwIfAborted();
    for (const state of await readStates(space, ids)) {
      if (state?.echo === undefined || doomed.has(state.id)) continue;
      for (const hash of state.emailHashes) if (theirs.has(hash)) inUse.add(hash);
    }
  }
  return inUse;
}
