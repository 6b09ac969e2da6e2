import { MINUTE, SECOND } from '../base/clock.ts';
import { addDeadLetter } from '../ledger/dead-letters.ts';
import { markDirty } from '../ledger/dirty.ts';
import { allTried } from './all-tried.ts';
import { markBy, type Receiving } from './receiving.ts';
import type { ChangedRecord, ParsedRecord } from './salesforce-record.ts';
import { shortHash } from './short-hash.ts';
import { wakeHotPoll } from './wake-hot-poll.ts';

/**
 * A list put into a campaign changes thousands of records at once, which is no reason to ask for responses thousands of times;
 * some people who ask for a demo one after the other need not wait for each other. A poll is one call.
 */
const HOT_POLLS = { most: 30, within: MINUTE, apart: SECOND / 2 };

/**
 * Takes in records that changed: each only says that leads may have changed. Once this returns, all of it is in Redis.
 * Notifications that came before change nothing; a malformed record becomes a dead letter and holds up no other.
 */
export async function acceptSalesforce(
  { space, clock, log, wake, mark = markBy({ space, clock }) }: Receiving,
  delivery: readonly unknown[],
  parse: (raw: unknown) => ParsedRecord,
): Promise<void> {
  const now = clock.now();
  const records: ChangedRecord[] = [];
  for (const raw of delivery) {
    const record = parse(raw);
    if (record === 'not ours') continue;
    if ('malformed' in record) {
      const reason = `a record that Salesforce told of was left out: ${record.malformed}`;
      await addDeadLetter(space, { id: `webhook-${shortHash(JSON.stringify(raw))}`, reason, at: now });
      log.warn(reason);
    } else {
      records.push(record);
    }
  }
  const keyed = records.flatMap(({ key, leadIds }) =>
    key === undefined ? [] : leadIds.map((leadId) => ({ key: `${key}-${leadId}`, leadId })),
  );
  const others = records.flatMap(({ key, leadIds }) => (key === undefined ? leadIds : []));
  await Promise.all([mark(keyed), markDirty(space, [...new Set(others)], now)]);
  // Also for what came before: its wake may have failed, and where nothing is new it finds nothing.
  await allTried([
    ...(records.some(({ inCampaign }) => inCampaign)
      ? [wakeHotPoll({ space, clock, wake }, 'salesforce-hot-poll', HOT_POLLS)]
      : []),
    ...(records.some(({ leadIds }) => leadIds.length > 0) ? [wake('score')] : []),
  ]);
}
