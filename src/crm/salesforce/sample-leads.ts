import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { CallOptions, LeadSample } from '../crm.ts';
import type { SalesforceApi } from './api/api.ts';
import { bulkRows } from './bulk-rows.ts';
import { PERSON_KINDS } from './person-kind.ts';
import { textOf } from './row.ts';

/**
 * Ids of about so many Leads and Contacts, evenly over all there are. Salesforce skips no more than
 * 2,000 records of a query and draws no lots: so all ids are listed by Bulk, 100,000 in a call, and those kept whose hashes are least. Nothing is
 * left to chance: an unchanged org gives the same sample again, and one that grew nearly the same.
 */
export async function sampleLeads(
  api: SalesforceApi,
  clock: Clock,
  count: number,
  options: CallOptions = {},
): Promise<LeadSample> {
  const least = leastHashes(count);
  let total = 0;
  for (const kind of PERSON_KINDS) {
    const soql = `SELECT Id FROM ${kind}${kind === 'Lead' ? ' WHERE IsConverted = false' : ''}`;
    for await (const rows of bulkRows(api, clock, soql, { kind: 'read', ...options })) {
      total += rows.length;
      for (const row of rows) least.add(textOf(row, 'Id') ?? '');
    }
  }
  return { ids: least.ids(), total };
}

/** Keeps as many of the ids as asked for, with hardly more in memory. */
function leastHashes(count: number) {
  let kept: { readonly id: string; readonly hash: string }[] = [];
  const settle = () => {
    kept = kept.sort((one, other) => (one.hash < other.hash ? -1 : 1)).slice(0, count);
  };
  return {
    add(id: string): void {
      kept.push({ id, hash: createHash('sha256').update(id).digest('hex') });
      if (kept.length > 2 * count + 1_000) settle();
    },
    ids(): string[] {
      settle();
      return kept.map(({ id }) => id);
    },
  };
}
