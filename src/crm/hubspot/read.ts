import { batches } from '../../base/batches.ts';
import type { CallOptions, ChangedLead, LeadPage, LeadRecord, ReadOptions, Window } from '../crm.ts';
import { BATCH, type Contact, listContacts } from './api/contacts.ts';
import type { Beside, FieldSource } from './field-source.ts';
import { changeTime, type LeadMapping } from './leads.ts';
import { PATHS } from './paths.ts';
import { readBatch } from './read-batch.ts';
import { isRecordId } from './record-id.ts';
import { fitsSearch, searchWindow } from './search-window.ts';
import type { Transport } from './transport.ts';

/** What reading leads needs. */
export interface Reading {
  readonly transport: Transport;
  readonly mapping: LeadMapping;
  /** Where fields come from besides the record. */
  readonly sources: readonly FieldSource[];
}

/** A page of the whole portal, in the order of the records' ids, as a record's id is HubSpot's own cursor. */
export async function listLeads(reading: Reading, after: string | undefined, options?: CallOptions): Promise<LeadPage> {
  const { transport, mapping } = reading;
  const page = await listContacts(transport, { properties: mapping.properties, after }, options);
  return { records: await toRecords(reading, page.contacts, options), next: page.next };
}

/** Ids that are none (letters, blanks) belong to nobody; HubSpot would refuse the whole batch for one of them. */
export function readLeads(reading: Reading, ids: readonly string[], options?: ReadOptions): Promise<LeadRecord[]> {
  return readAll(reading, { ids: ids.filter(isRecordId), refused: options?.refused }, options);
}

/** An address without a domain is nobody's, as HubSpot accepts none such; HubSpot would refuse the whole batch for its sake. */
export function findLeads(reading: Reading, emails: readonly string[], options?: CallOptions): Promise<LeadRecord[]> {
  const ids = emails.filter((email) => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email));
  return readAll(reading, { ids, idProperty: 'email' }, options);
}

async function readAll(
  reading: Reading,
  wanted: { readonly ids: readonly string[]; readonly idProperty?: 'email'; readonly refused?: ReadOptions['refused'] },
  options?: CallOptions,
): Promise<LeadRecord[]> {
  const { transport, mapping } = reading;
  // Two ids that were merged into one come back as the same record: once is enough.
  const records = new Map<string, LeadRecord>();
  for (const ids of batches([...new Set(wanted.ids)], BATCH)) {
    const contacts = await readBatch(transport, { ...wanted, ids, properties: mapping.properties }, options);
    for (const record of await toRecords(reading, contacts, options)) records.set(record.lead.id, record);
  }
  return [...records.values()];
}

async function toRecords(
  { mapping, sources }: Reading,
  contacts: readonly Contact[],
  options?: CallOptions,
): Promise<LeadRecord[]> {
  const besideOf = await readBeside(sources, contacts, options);
  return contacts.map((contact) => mapping.toRecord(contact, besideOf(contact)));
}

/** What the sources tell of these contacts, by the contact: at most one call for each source. */
export async function readBeside(
  sources: readonly FieldSource[],
  contacts: readonly Contact[],
  options?: CallOptions,
): Promise<(contact: Contact) => Beside[]> {
  const told: ReadonlyMap<string, Beside>[] = [];
  for (const source of sources) told.push(await source.read(contacts, options));
  return ({ id }) => told.flatMap((each) => each.get(id) ?? []);
}

/**
 * Of HubSpot's calculated properties those of conversions are the ones that models ask for, and this is the time that moves
 * with them: the record's own time of change does not.
 */
export const CONVERSION_DATE = 'recent_conversion_date';

/** Contacts whose time of change lies in the window, or where the mapping says so the time of their last conversion. */
export async function* changedLeads(
  { transport, mapping }: Reading,
  window: Window,
  options?: CallOptions,
): AsyncIterable<ChangedLead[]> {
  const times = ['lastmodifieddate', ...(mapping.readsCalculated ? [CONVERSION_DATE] : [])];
  const within = times.map((property) => ({ property, window }));
  const whole = { path: PATHS.contactSearch, within, properties: ['lastmodifieddate', ...mapping.inputs] };
  const withInputs = fitsSearch(whole);
  const search = withInputs ? whole : { ...whole, properties: ['lastmodifieddate'] };
  for await (const contacts of searchWindow(transport, search, options)) {
    yield contacts.map((contact) => ({
      id: contact.id,
      changedAt: changeTime(contact) ?? window.from,
      fingerprint: withInputs ? mapping.fingerprint(contact.properties) : undefined,
    }));
  }
}
