import { HubSpotError } from '../http/answer.ts';
import { peopleOf } from '../portal/act.ts';
import type { Contact } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import type { Value } from '../portal/record.ts';
import type { RecordType, ValueProblem } from './record-type.ts';

/** https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide */
export function contactType(portal: Portal): RecordType<Contact> {
  const people = peopleOf(portal);
  return {
    name: 'contacts',
    word: 'CONTACT',
    typeId: '0-1',
    scopes: {
      read: 'crm.objects.contacts.read',
      write: 'crm.objects.contacts.write',
      readSchema: 'crm.schemas.contacts.read',
      writeSchema: 'crm.schemas.contacts.write',
    },
    store: portal.contacts,
    table: portal.contactTable,
    versions: (contact, property) => portal.history.of(contact, property),
    required: [],
    standard: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
    searched: ['firstname', 'lastname', 'email', 'phone', 'company'],
    unique: { name: 'email', find: (email) => portal.contacts.findByEmail(email.trim().toLowerCase()) },
    tidy: (values) => [...tidyEmail(values), ...tidyCompany(portal, values)],
    conflict({ email }, contact) {
      const holder = typeof email === 'string' ? portal.contacts.findByEmail(email) : undefined;
      if (holder === undefined || holder === contact) return undefined;
      return new HubSpotError(409, 'CONFLICT', `Contact already exists. Existing ID: ${holder.id}`);
    },
    create: (values) => portal.create(values, 'INTEGRATION'),
    write: (contact, values) => portal.write(contact, values, 'INTEGRATION'),
    remove: ({ id }) => people.remove(id),
    merge: (primary, other) => people.merge(primary.id, other.id),
  };
}

function tidyEmail(values: Record<string, Value | undefined>): ValueProblem[] {
  if (typeof values.email !== 'string') return [];
  values.email = values.email.trim().toLowerCase();
  if (/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(values.email)) return [];
  return [{ name: 'email', error: 'INVALID_EMAIL', message: `Email address ${values.email} is invalid` }];
}

function tidyCompany(portal: Portal, values: Record<string, Value | undefined>): ValueProblem[] {
  const id = values.associatedcompanyid;
  if (id === undefined) return [];
  const company = portal.companies.find(String(id));
  if (company === undefined) {
    return [{ name: 'associatedcompanyid', error: 'INVALID_COMPANY_ID', message: `Company ${id} does not exist` }];
  }
  // The id may be one from before a merge.
  values.associatedcompanyid = company.number;
  return [];
}
