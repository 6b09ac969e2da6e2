import type { CallOptions } from '../crm.ts';
import { listArchivedContacts } from './api/contacts.ts';
import type { Transport } from './transport.ts';

/** Ids of all contacts in HubSpot's bin, where they stay for 90 days; search never shows them. */
export async function* archivedLeads(transport: Transport, options?: CallOptions): AsyncIterable<string[]> {
  let from: string | undefined;
  do {
    const { ids, next } = await listArchivedContacts(transport, from, options);
    yield ids;
    from = next === from ? undefined : next;
  } while (from !== undefined);
}
