import { batches } from '../../base/batches.ts';
import type { CallOptions, LeadRecord } from '../crm.ts';
import { oneOfTexts } from './api/soql.ts';
import { askTogether } from './ask-together.ts';
import { PERSON_KINDS } from './person-kind.ts';
import { type Reading, readBatch } from './read-batch.ts';
import { type Row, textOf } from './row.ts';

/** As many as one call reads: with the long texts of ours, a page of a query may have no more rows. */
export const READ_BATCH = 200;
/** As many addresses as fit into the queries of one call, however long they are. */
const ADDRESSES = 100;

/** Anything that is no id of a Lead or a Contact belongs to nobody. */
export async function readLeads(
  reading: Reading,
  ids: readonly string[],
  options?: CallOptions,
): Promise<LeadRecord[]> {
  // Two ids that were merged or converted into one come back as the same record: once is enough.
  const records = new Map<string, LeadRecord>();
  for (const batch of batches([...new Set(ids)], READ_BATCH))
    for (const record of await readBatch(reading, batch, options)) records.set(record.lead.id, record);
  return [...records.values()];
}

/**
 * Leads and Contacts who have one of these addresses, or had it before they were merged or converted: one call for each hundred
 * addresses, and where somebody has one those of `readLeads`.
 */
export async function findLeads(
  reading: Reading,
  emails: readonly string[],
  options?: CallOptions,
): Promise<LeadRecord[]> {
  const ids: string[] = [];
  for (const batch of batches([...new Set(emails)].filter(fitsEmailField), ADDRESSES)) {
    const questions = PERSON_KINDS.map((kind) => ({
      soql: `SELECT Id FROM ${kind} WHERE Email IN ${oneOfTexts(batch)}`,
      tell: (row: Row) => void ids.push(textOf(row, 'Id') ?? ''),
    }));
    await askTogether(reading.api, questions, { kind: 'read', ...options });
  }
  return readLeads(reading, ids, options);
}

/** Salesforce takes no address that is longer or has no domain: nobody can have it. */
function fitsEmailField(email: string): boolean {
  return email.length <= 80 && /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email);
}
