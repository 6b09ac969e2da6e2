import { batches } from '../../base/batches.ts';
import { RecordError, RetryableError } from '../../base/errors.ts';
import type { CallOptions, ReadOptions } from '../crm.ts';
import { batchReadContacts, type Contact, type WantedRecords } from './api/contacts.ts';
import { codesOf, RefusedError } from './refusal.ts';
import type { Transport } from './transport.ts';

export interface Wanted extends Omit<WantedRecords, 'left'> {
  /** Reads others than contacts. */
  readonly read?: (transport: Transport, wanted: WantedRecords, options?: CallOptions) => Promise<Contact[]>;
  /** As in ReadOptions. */
  readonly refused?: ReadOptions['refused'];
}

/**
 * At most 100 records, contacts unless `read` reads others. One call where all is well; where HubSpot refuses the whole batch for one id's sake, halves of it
 * until that one is alone.
 * @throws RetryableError for a record id that HubSpot refuses by itself, unless `refused` is told. An address that it
 *   refuses is nobody's: anybody can type one into a form.
 */
export async function readBatch(transport: Transport, wanted: Wanted, options?: CallOptions): Promise<Contact[]> {
  const { ids, idProperty, properties, read = batchReadContacts, refused } = wanted;
  try {
    return await read(transport, { ids, idProperty, properties, left: refused }, options);
  } catch (error) {
    if (!(error instanceof RefusedError) || error.status !== 400) throw error;
    if (ids.length > 1) return readHalves(transport, wanted, options);
    const why = codesOf(error.problem).join(', ') || 'no reason given';
    const [only = ''] = ids;
    if (idProperty !== undefined)
      transport.log?.warn('HubSpot refused to look for an e-mail address: it counts as nobody’s', { why });
    else if (refused === undefined) throw new RetryableError(`HubSpot refused to read the record ${only} (${why})`);
    else refused(only, new RecordError(`HubSpot refused to read the record (${why})`));
    return [];
  }
}

async function readHalves(transport: Transport, wanted: Wanted, options: CallOptions | undefined): Promise<Contact[]> {
  const contacts: Contact[] = [];
  for (const ids of batches(wanted.ids, Math.ceil(wanted.ids.length / 2)))
    contacts.push(...(await readBatch(transport, { ...wanted, ids }, options)));
  return contacts;
}
