import { createCompany, removeCompany, writeCompany } from '../portal/companies.ts';
import type { Company } from '../portal/company.ts';
import { mergeCompanies } from '../portal/merge-companies.ts';
import type { Portal } from '../portal/portal.ts';
import type { RecordType } from './record-type.ts';

/** https://developers.hubspot.com/docs/api-reference/crm-companies-v3/guide */
export function companyType(portal: Portal): RecordType<Company> {
  return {
    name: 'companies',
    word: 'COMPANY',
    typeId: '0-2',
    scopes: {
      read: 'crm.objects.companies.read',
      write: 'crm.objects.companies.write',
      readSchema: 'crm.schemas.companies.read',
      writeSchema: 'crm.schemas.companies.write',
    },
    store: portal.companies,
    table: portal.companyTable,
    required: [],
    standard: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
    searched: ['website', 'phone', 'name', 'domain'],
    // Two companies may have one domain.
    unique: undefined,
    tidy: () => [],
    conflict: () => undefined,
    create: (values) => createCompany(portal, values),
    write: (company, values) => writeCompany(portal, company, values),
    remove: (company) => removeCompany(portal, company),
    merge: (primary, other) => mergeCompanies(portal, primary, other),
  };
}
