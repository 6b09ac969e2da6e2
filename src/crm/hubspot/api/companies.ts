import type { CallOptions } from '../../crm.ts';
import { PATHS } from '../paths.ts';
import type { Transport } from '../transport.ts';
import {
  batchSchema,
  type Contact,
  type ContactBatch,
  type ContactUpdate,
  pageSchema,
  type WantedRecords,
} from './contacts.ts';
import { expectOnlyNotFound } from './shapes.ts';

/** A company as the CRM API gives it, in the shape of every record. */
export type Company = Contact;

/** One company, if there is any: whether this is allowed. https://developers.hubspot.com/docs/api-reference/latest/crm/objects/companies/guide#retrieve-companies */
export async function listOneCompany(transport: Transport): Promise<void> {
  const query = { limit: '1', properties: 'hs_object_id', archived: 'false' };
  await transport.call({ kind: 'setup', method: 'GET', path: PATHS.companies, query, schema: pageSchema });
}

/**
 * At most 100 companies by id. What does not exist is left out (207); a merged id brings its successor.
 * @throws RetryableError where something else is left out that nobody is told of, RefusedError (400) where HubSpot objects to one of the ids.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/objects/companies/guide#retrieve-companies
 */
export async function batchReadCompanies(
  transport: Transport,
  { ids, properties, left }: WantedRecords,
  options?: CallOptions,
  kind: 'read' | 'related' = 'read',
): Promise<Company[]> {
  const body = { inputs: ids.map((id) => ({ id })), properties };
  const call = { kind, method: 'POST', path: PATHS.companyBatchRead, body, schema: batchSchema } as const;
  const { results, errors } = await transport.call(call, options);
  expectOnlyNotFound('companies', errors, left);
  return results;
}

/**
 * At most 200 companies with ids above `above` that have a value in any of these properties, in the order of their ids; `more`
 * where there are further ones. https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm
 */
export async function searchCompaniesWith(
  transport: Transport,
  { properties, above }: { readonly properties: readonly string[]; readonly above: string },
  options?: CallOptions,
): Promise<{ companies: Company[]; more: boolean }> {
  const further = { propertyName: 'hs_object_id', operator: 'GT', value: above };
  const body = {
    filterGroups: properties.map((propertyName) => ({
      filters: [{ propertyName, operator: 'HAS_PROPERTY' }, further],
    })),
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
    properties,
    limit: 200,
  };
  const call = { kind: 'search', method: 'POST', path: PATHS.companySearch, body, schema: pageSchema } as const;
  const { results, paging } = await transport.call(call, options);
  return { companies: results, more: paging?.next?.after !== undefined };
}

/** An update of nothing: HubSpot refuses it as empty (400) where companies may be written, and as forbidden (403) otherwise. */
export async function tryUpdateCompanies(transport: Transport): Promise<void> {
  const body = { inputs: [] };
  await transport.call({ kind: 'setup', method: 'POST', path: PATHS.companyBatchUpdate, body, schema: batchSchema });
}

/**
 * At most 100 updates by record id; 207 where some failed.
 * https://developers.hubspot.com/docs/api-reference/latest/crm/objects/companies/guide#update-companies
 */
export function batchUpdateCompanies(
  transport: Transport,
  inputs: readonly ContactUpdate[],
  options?: CallOptions,
): Promise<ContactBatch> {
  return transport.call(
    { kind: 'write', method: 'POST', path: PATHS.companyBatchUpdate, body: { inputs }, schema: batchSchema },
    options,
  );
}
