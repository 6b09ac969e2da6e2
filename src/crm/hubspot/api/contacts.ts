import { z } from 'zod';
import type { RetryableError } from '../../../base/errors.ts';
import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import { after, batchErrors, expectOnlyNotFound, paging } from './shapes.ts';

const plain = z.union([z.number(), z.boolean()]).transform(String);
/** Text, as documented. Anything else must not cost the lead or its page: it is made text, or counts as empty. */
export const propertyValue = z.union([z.string(), z.null(), plain]).catch(null);

/** The same of all values of a record at once: a schema for each of them would be a quarter of all that a backfill makes and drops. */
const properties = z.custom<Readonly<Record<string, unknown>>>(isObject).transform(textsOf);

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsOf(values: Readonly<Record<string, unknown>>): Record<string, string | null> {
  const texts: Record<string, string | null> = {};
  for (const name of Object.keys(values)) if (name !== '__proto__') texts[name] = textOf(values[name]);
  return texts;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

const optionalText = z.string().optional().catch(undefined);

/** A contact as the CRM API gives it, and any other record: all values are text, an empty one is null or "". */
export const contactSchema = z.object({
  id: z.string(),
  properties,
  createdAt: optionalText,
  updatedAt: optionalText,
  objectWriteTraceId: optionalText,
});
export type Contact = z.output<typeof contactSchema>;

export const pageSchema = z.object({ results: z.array(contactSchema), paging });
export const batchSchema = z.object({ results: z.array(contactSchema), errors: batchErrors });

/** As many records as one call reads, updates or lists. */
export const BATCH = 100;

/** https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide#retrieve-contacts */
export async function listContacts(
  transport: Transport,
  page: { readonly properties: readonly string[]; readonly after: string | undefined; readonly limit?: number },
  options?: CallOptions,
): Promise<{ contacts: Contact[]; next: string | undefined }> {
  const query = {
    limit: String(page.limit ?? BATCH),
    properties: page.properties.join(','),
    archived: 'false',
    ...after(page.after),
  };
  const answer = await transport.call(
    { kind: 'read', method: 'GET', path: PATHS.contacts, query, schema: pageSchema },
    options,
  );
  return { contacts: answer.results, next: answer.paging?.next?.after };
}

/** Records to read by id, or by another property that is unique. */
export interface WantedRecords {
  readonly ids: readonly string[];
  readonly idProperty?: 'email';
  readonly properties: readonly string[];
  /** Told of a record that could not be read this time, where the answer names it. */
  readonly left?: (id: string, error: RetryableError) => void;
}

/**
 * At most 100 contacts by id or by e-mail address. What does not exist is left out (207); a merged id brings its successor.
 * @throws RetryableError where something else is left out that nobody is told of, RefusedError (400) where HubSpot objects to one of the ids.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide#retrieve-contacts
 */
export async function batchReadContacts(
  transport: Transport,
  { ids, idProperty, properties, left }: WantedRecords,
  options?: CallOptions,
): Promise<Contact[]> {
  const body = { inputs: ids.map((id) => ({ id })), properties, ...(idProperty === undefined ? {} : { idProperty }) };
  const call = { kind: 'read', method: 'POST', path: PATHS.contactBatchRead, body, schema: batchSchema } as const;
  const { results, errors } = await transport.call(call, options);
  expectOnlyNotFound('contacts', errors, left);
  return results;
}

/** Ids of contacts that were deleted and may be restored, at most 100 from `from` on. https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide#retrieve-contacts */
export async function listArchivedContacts(
  transport: Transport,
  from: string | undefined,
  options?: CallOptions,
): Promise<{ ids: string[]; next: string | undefined }> {
  const query = { limit: String(BATCH), properties: 'hs_object_id', archived: 'true', ...after(from) };
  const call = { kind: 'read', method: 'GET', path: PATHS.contacts, query, schema: pageSchema } as const;
  const { results, paging } = await transport.call(call, options);
  return { ids: results.map(({ id }) => id), next: paging?.next?.after };
}

export interface ContactSearch {
  readonly filterGroups: readonly {
    readonly filters: readonly { propertyName: string; operator: string; value: string }[];
  }[];
  readonly sorts: readonly { readonly propertyName: string; readonly direction: 'ASCENDING' }[];
  readonly properties: readonly string[];
  readonly limit: number;
}

/**
 * One page of a search; `more` where it found further contacts.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm
 */
export async function searchContacts(
  transport: Transport,
  body: ContactSearch,
  options?: CallOptions,
): Promise<{ contacts: Contact[]; more: boolean }> {
  const answer = await transport.call(
    { kind: 'search', method: 'POST', path: PATHS.contactSearch, body, schema: pageSchema },
    options,
  );
  return { contacts: answer.results, more: answer.paging?.next?.after !== undefined };
}

export interface ContactUpdate {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
  /** Comes back with the result or the error, so that each is known by its input. */
  readonly objectWriteTraceId: string;
}

/**
 * At most 100 updates by record id; 207 where some failed.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide#update-contacts
 */
export function batchUpdateContacts(
  transport: Transport,
  inputs: readonly ContactUpdate[],
  options?: CallOptions,
): Promise<ContactBatch> {
  return transport.call(
    { kind: 'write', method: 'POST', path: PATHS.contactBatchUpdate, body: { inputs }, schema: batchSchema },
    options,
  );
}
export type ContactBatch = z.output<typeof batchSchema>;
