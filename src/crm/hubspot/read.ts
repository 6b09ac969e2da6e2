import { MINUTE, SECOND } from '../../base/clock.ts';
import { FatalError } from '../../base/errors.ts';
import type { CallOptions, ChangedLead, Lateness, LeadPage, LeadRecord, Window } from '../crm.ts';
import { BATCH, type Contact, type ContactSearch, listContacts, searchContacts } from './api/contacts.ts';
import { batches } from './batches.ts';
import { changeTime, type LeadMapping } from './leads.ts';
import { readBatch } from './read-batch.ts';
import type { Transport } from './transport.ts';

/**
 * HubSpot's search index runs "a few moments" behind: a window ends a little before the present and reaches back a little
 * behind the cursor, as an index that was slow once shows a record late. https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm
 */
export const CHANGES: Lateness = { overlap: 2 * MINUTE, lag: 10 * SECOND };

/** A page of the whole portal, in the order of the records' ids, as a record's id is HubSpot's own cursor. */
export async function listLeads(
  transport: Transport,
  mapping: LeadMapping,
  after: string | undefined,
  options?: CallOptions,
): Promise<LeadPage> {
  const page = await listContacts(transport, { properties: mapping.properties, after }, options);
  return { records: page.contacts.map(mapping.toRecord), next: page.next };
}

/** HubSpot's ids are 64-bit numbers. */
const HIGHEST_ID = 2n ** 63n - 1n;

export function isRecordId(id: string): boolean {
  return /^\d{1,19}$/.test(id) && BigInt(id) <= HIGHEST_ID;
}

/** Ids that are none (letters, blanks) belong to nobody; HubSpot would refuse the whole batch for one of them. */
export function readLeads(
  transport: Transport,
  mapping: LeadMapping,
  ids: readonly string[],
  options?: CallOptions,
): Promise<LeadRecord[]> {
  return readAll(transport, mapping, ids.filter(isRecordId), undefined, options);
}

/** An address without a domain is nobody's, as HubSpot accepts none such; HubSpot would refuse the whole batch for its sake. */
export function findLeads(
  transport: Transport,
  mapping: LeadMapping,
  emails: readonly string[],
  options?: CallOptions,
): Promise<LeadRecord[]> {
  return readAll(
    transport,
    mapping,
    emails.filter((email) => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)),
    'email',
    options,
  );
}

async function readAll(
  transport: Transport,
  mapping: LeadMapping,
  ids: readonly string[],
  idProperty: 'email' | undefined,
  options?: CallOptions,
): Promise<LeadRecord[]> {
  // Two ids that were merged into one come back as the same record: once is enough.
  const records = new Map<string, LeadRecord>();
  for (const batch of batches([...new Set(ids)], BATCH)) {
    const contacts = await readBatch(transport, { ids: batch, idProperty, properties: mapping.properties }, options);
    for (const contact of contacts) records.set(contact.id, mapping.toRecord(contact));
  }
  return [...records.values()];
}

const PAGE = 200;
/** Before HubSpot was there; it takes a very small number for no time at all. */
const EARLIEST = Date.UTC(2005);
/** HubSpot refuses a search whose body is longer than 3,000 characters. */
const LONGEST_BODY = 3_000;

/**
 * Every page asks for the ids above the last one seen, and never for an offset: a record that changes again while we read
 * leaves the window, and with offsets all after it would move up and one be skipped. It also never comes near the 10,000
 * results that HubSpot gives of one search, and a thousand records with the same time cannot stop it.
 */
export async function* changedLeads(
  transport: Transport,
  mapping: LeadMapping,
  window: Window,
  options?: CallOptions,
): AsyncIterable<ChangedLead[]> {
  if (window.from >= window.to) return;
  let lastId = '0';
  for (;;) {
    const { body, withInputs } = searchBody(mapping, window, lastId);
    const { contacts, more } = await searchContacts(transport, body, options);
    if (contacts.length > 0) {
      lastId = highestId(contacts, lastId);
      yield contacts.map((contact) => ({
        id: contact.id,
        changedAt: changeTime(contact) ?? window.from,
        fingerprint: withInputs ? mapping.fingerprint(contact.properties) : undefined,
      }));
    }
    if (!more || contacts.length === 0) return;
  }
}

function searchBody(
  mapping: LeadMapping,
  window: Window,
  lastId: string,
): { body: ContactSearch; withInputs: boolean } {
  const filters = [
    { propertyName: 'lastmodifieddate', operator: 'GTE', value: String(Math.max(window.from, EARLIEST)) },
    { propertyName: 'lastmodifieddate', operator: 'LT', value: String(window.to) },
    { propertyName: 'hs_object_id', operator: 'GT', value: lastId },
  ];
  const body = (properties: readonly string[]): ContactSearch => ({
    filterGroups: [{ filters }],
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
    properties,
    limit: PAGE,
  });
  const whole = body(['lastmodifieddate', ...mapping.inputs]);
  const withInputs = JSON.stringify(whole).length <= LONGEST_BODY;
  return { body: withInputs ? whole : body(['lastmodifieddate']), withInputs };
}

/** @throws FatalError where the answer is not in the order of the ids, as going on from there would leave records out. */
export function highestId(contacts: readonly Contact[], before: string): string {
  let highest = BigInt(before);
  for (const { id } of contacts) {
    if (BigInt(id) <= highest)
      throw new FatalError(
        'HubSpot did not sort its search by record id as it was asked to: nothing was skipped, but no changes can be read',
      );
    highest = BigInt(id);
  }
  return String(highest);
}
