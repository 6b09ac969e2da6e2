import { batches } from '../base/batches.ts';
import { MINUTE } from '../base/clock.ts';
import { RetryableError } from '../base/errors.ts';
import type { CallOptions, LeadRecord } from '../crm/crm.ts';
import { claim } from '../ledger/dirty.ts';
import type { Connection } from './connection.ts';
import { recallFor } from './kept-leases.ts';
import { markBeside } from './one-person.ts';
import { scoreBatches } from './score-batches.ts';
import { readClaimed } from './score-dirty.ts';
import { remember, type Seen } from './seen-observations.ts';
import { newTally } from './tally.ts';

/** How long a submission waits for the CRM to make its contact; later the contact comes as a changed lead, in milliseconds. */
const CONTACT_WAIT = 2 * MINUTE;
/** What one call of any CRM looks up. */
const ADDRESSES_AT_ONCE = 100;

/** Reads and scores what was just marked ahead of all else that is. Whatever does not come to its end here is done with the next drain. */
export async function scoreById(connection: Connection, ids: readonly string[], options: CallOptions): Promise<void> {
  const tally = newTally();
  const held: string[] = [];
  try {
    for (const some of batches(ids, connection.crm.batches.read)) {
      const asked = { ...options, mode: 'live', tally } as const;
      await scoreBatches(
        connection,
        readClaimed(connection, some, asked, (id) => held.push(id)),
        asked,
      );
    }
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error;
    tally.left += 1;
    connection.log.warn('leads that did something could not be scored yet', {
      leads: ids.length,
      reason: error.message,
    });
  }
  if (held.length + tally.left > 0) await connection.wake('score');
}

/** What is not seen to the end comes again with the next poll, for as long as a submission waits for its contact. */
export async function scoreByEmail(
  connection: Connection,
  entries: readonly Seen[],
  now: number,
  options: CallOptions,
): Promise<void> {
  const byAddress = Map.groupBy(entries, ({ email }) => email ?? '');
  const addresses = [...byAddress.keys()];
  for (const some of batches(addresses, ADDRESSES_AT_ONCE)) {
    await markBeside(connection, some);
    const done = await scoreAddresses(connection, some, options);
    const seen = some
      .flatMap((email) => byAddress.get(email) ?? [])
      .filter(({ email, observation }) => done.has(email ?? '') || observation.activity.at < now - CONTACT_WAIT);
    await remember(connection.space, seen);
  }
}

/** @returns the addresses whose leads are scored: of all that nobody else had, or none where one of these must be tried again. */
async function scoreAddresses(
  connection: Connection,
  emails: readonly string[],
  options: CallOptions,
): Promise<ReadonlySet<string>> {
  const { crm, space, clock, log } = connection;
  const records = await crm.findLeads(emails, options);
  const ids = records.map(({ lead }) => lead.id);
  await recallFor(connection, ids, options);
  const taken = await claim(space, ids, clock.now());
  try {
    const { left } = await scoreBatches(connection, only({ records, taken }), { ...options, mode: 'live' });
    // The others are in the dirty set. Whoever holds one of them may have read the ledger before this: it is done again.
    const own = new Set(taken.map(({ id }) => id));
    if (left > 0) await connection.wake('score');
    if (left <= records.length - taken.length) return emailsOf(records.filter(({ lead }) => own.has(lead.id)));
    return new Set();
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error;
    log.warn('leads that did something could not be scored yet', { leads: ids.length, reason: error.message });
    await connection.wake('score');
    return new Set();
  }
}

const emailsOf = (records: readonly LeadRecord[]) => new Set(records.flatMap(({ lead }) => lead.emails));

async function* only<Item>(item: Item): AsyncGenerator<Item> {
  yield item;
}
