import { RetryableError } from '../../base/errors.ts';
import type { CallOptions } from '../crm.ts';
import { batchReadContacts, type Contact } from './api/contacts.ts';
import { batches } from './batches.ts';
import { codesOf, RefusedError } from './refusal.ts';
import type { Transport } from './transport.ts';

export interface Wanted {
  readonly ids: readonly string[];
  readonly idProperty?: 'email';
  readonly properties: readonly string[];
}

export type ReadRecords = (transport: Transport, wanted: Wanted, options?: CallOptions) => Promise<Contact[]>;

/**
 * At most 100 records, contacts unless `read` reads others. One call where all is well; where HubSpot refuses the whole batch for one id's sake, halves of it
 * until that one is alone.
 * @throws RetryableError for a record id that HubSpot refuses by itself. An address that it refuses is nobody's: anybody can
 *   type one into a form.
 */
export async function readBatch(
  transport: Transport,
  wanted: Wanted,
  options?: CallOptions,
  read: ReadRecords = batchReadContacts,
): Promise<Contact[]> {
  try {
    return await read(transport, wanted, options);
  } catch (error) {
    if (!(error instanceof RefusedError) || error.status !== 400) throw error;
    const { ids, idProperty } = wanted;
    if (ids.length > 1) return readHalves(transport, wanted, options, read);
    const why = codesOf(error.problem).join(', ') || 'no reason given';
    if (idProperty === undefined) throw new RetryableError(`HubSpot refused to read the record ${ids[0]} (${why})`);
    transport.log?.warn('HubSpot refused to look for an e-mail address: it counts as nobody’s', { why });
    return [];
  }
}

async function readHalves(
  transport: Transport,
  wanted: Wanted,
  options: CallOptions | undefined,
  read: ReadRecords,
): Promise<Contact[]> {
  const contacts: Contact[] = [];
  for (const ids of batches(wanted.ids, Math.ceil(wanted.ids.length / 2)))
    contacts.push(...(await readBatch(transport, { ...wanted, ids }, options, read)));
  return contacts;
}
