import { createHash } from 'node:crypto';
import { batches } from '../../base/batches.ts';
import { RetryableError } from '../../base/errors.ts';
import type { CallOptions } from '../crm.ts';
import { batchReadCompanies, type Company } from './api/companies.ts';
import { BATCH, type Contact } from './api/contacts.ts';
import type { HubspotConfig } from './config.ts';
import type { Beside, FieldSource } from './field-source.ts';
import { COMPANY_ID, splitList } from './leads.ts';
import { readBatch } from './read-batch.ts';
import { isRecordId } from './record-id.ts';
import type { Transport } from './transport.ts';

/** The name of companies among what is related. */
export const COMPANY = 'company';

const FORMER_IDS = 'hs_merged_object_ids';

/**
 * The fields that a contact lacks and its company has, and with `owners` who owns the company. Companies are read for each page anew,
 * and without `owners` only those of contacts that lack something: kept for longer, a value might be scored after it changed.
 */
export function companyFields(
  transport: Transport,
  config: HubspotConfig,
  { owners = false }: { readonly owners?: boolean } = {},
): FieldSource {
  const properties = [...companyProperties(config), FORMER_IDS, ...(owners ? [OWNER] : [])];
  return {
    async read(contacts, options) {
      const asking = contacts.flatMap((contact) => {
        const companyId = contact.properties[COMPANY_ID]?.trim();
        const fields = lackingFields(config, contact);
        return companyId && (owners || fields.length > 0) ? [{ id: contact.id, companyId, fields }] : [];
      });
      const ids = [...new Set(asking.map(({ companyId }) => companyId))];
      const companies = await readCompanies(transport, properties, ids, options);
      return new Map(
        asking.flatMap(({ id, companyId, fields }): [string, Beside][] => {
          const company = companies.get(companyId);
          return company === undefined ? [] : [[id, besideOf(config, company, fields)]];
        }),
      );
    },
  };
}

const OWNER = 'hubspot_owner_id';

/** The company properties that fields come from, each once. */
export function companyProperties({ company_fields }: HubspotConfig): string[] {
  return [...new Set(Object.values(company_fields))].sort();
}

/** As in RelatedVersion. */
export function companyVersion(config: HubspotConfig, { properties }: Company): string {
  const values = companyProperties(config).map((name) => [name, properties[name]?.trim() || null]);
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 12);
}

function lackingFields({ fields, company_fields }: HubspotConfig, { properties }: Contact): string[] {
  return Object.keys(company_fields).filter((field) => {
    const own = Object.hasOwn(fields, field) ? fields[field] : undefined;
    return own === undefined || !properties[own]?.trim();
  });
}

/** By the ids that were asked for, which may be those of companies that were merged into others. What cannot be read is absent. */
async function readCompanies(
  transport: Transport,
  properties: readonly string[],
  ids: readonly string[],
  options?: CallOptions,
): Promise<ReadonlyMap<string, Company>> {
  const companies = new Map<string, Company>();
  for (const batch of batches(ids.filter(isRecordId), BATCH)) {
    const wanted = { ids: batch, properties, read, refused };
    for (const company of await readBatch(transport, wanted, options)) {
      for (const former of splitList(company.properties[FORMER_IDS])) companies.set(former, company);
      companies.set(company.id, company);
    }
  }
  return companies;

  function refused(id: string, error: Error): void {
    // What is not there for now must not count as empty, or the lead would be scored without it.
    if (error instanceof RetryableError) throw error;
    transport.log?.warn('a company cannot be read: its contacts go without its values', { company: id });
  }
}

const read: NonNullable<Parameters<typeof readBatch>[1]['read']> = (transport, wanted, options) =>
  batchReadCompanies(transport, wanted, options, 'related');

function besideOf(config: HubspotConfig, company: Company, lacking: readonly string[]): Beside {
  const fields = lacking.flatMap((field) => {
    const value = company.properties[config.company_fields[field] ?? '']?.trim();
    return value ? [[field, value] as const] : [];
  });
  const ownerId = company.properties[OWNER]?.trim();
  return {
    fields: Object.fromEntries(fields),
    // Who owns the company moves no score: it is asked for when a lead is routed, and nobody is scored again for it.
    ...(lacking.length > 0 && {
      related: { source: COMPANY, id: company.id, version: companyVersion(config, company) },
    }),
    ...(ownerId && { ownerId }),
  };
}
