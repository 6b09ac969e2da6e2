import {
  type BuiltInProperty,
  type BuiltIns,
  calculated,
  instant,
  LIFECYCLE_STAGES,
  number,
  text,
} from './built-in.ts';
import { INDUSTRIES } from './industries.ts';

const info = 'companyinformation';

const properties: readonly BuiltInProperty[] = [
  number('hs_object_id', info),
  instant('createdate', info),
  // Contacts have lastmodifieddate instead.
  instant('hs_lastmodifieddate', info),
  ...['name', 'domain', 'website', 'country', 'state', 'city'].map((name) => text(name, info)),
  { name: 'phone', type: 'string', fieldType: 'phonenumber', group: info },
  { name: 'description', type: 'string', fieldType: 'textarea', group: info },
  // Options and numbers here, where contacts have whatever somebody typed.
  { name: 'industry', type: 'enumeration', fieldType: 'select', group: info, options: INDUSTRIES },
  ...['numberofemployees', 'annualrevenue'].map((name) => ({ ...number(name, info), readOnly: false })),
  { name: 'hubspot_owner_id', type: 'enumeration', fieldType: 'select', group: info, references: 'OWNER' },
  { name: 'lifecyclestage', type: 'enumeration', fieldType: 'radio', group: info, options: LIFECYCLE_STAGES },
  { name: 'hs_merged_object_ids', type: 'enumeration', fieldType: 'checkbox', group: info, readOnly: true },
  calculated(number('num_associated_contacts', info)),
];

export const COMPANY_PROPERTIES: BuiltIns = {
  of: 'company',
  groups: { companyinformation: 'Company information' },
  properties,
};
