import type { Contact } from '../portal/contact.ts';
import type { Portal } from '../portal/portal.ts';
import type { Property } from '../portal/property.ts';
import { writeValue } from '../portal/property-value.ts';

/** What comes back where a call names no properties. */
const STANDARD = ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'];
/** What comes back whatever a call names. */
const ALWAYS = ['createdate', 'hs_object_id', 'lastmodifieddate'];

/** The properties that an answer holds: the named ones that exist, and those that always come. */
export function chooseProperties(portal: Portal, named: readonly string[] | undefined): Property[] {
  const names = named === undefined || named.length === 0 ? STANDARD : new Set([...named, ...ALWAYS]);
  return [...names].flatMap((name) => portal.properties.get(name.trim()) ?? []);
}

/** `properties=a,b&properties=c`. */
export function namedIn(query: URLSearchParams): string[] {
  return query
    .getAll('properties')
    .flatMap((list) => list.split(','))
    .filter((name) => name !== '');
}

/** A contact as every call gives it; `values` where search shows it as it was. https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide */
export function contactAnswer(portal: Portal, contact: Contact, chosen: readonly Property[], values = contact.values) {
  const properties: Record<string, string | null> = {};
  for (const property of chosen) {
    const value = values[property.slot];
    properties[property.name] = value === undefined ? null : writeValue(property, value);
  }
  const archived = contact.state === 'archived';
  return {
    id: contact.id,
    properties,
    createdAt: isoOf(values[portal.properties.slot('createdate')]),
    updatedAt: isoOf(values[portal.properties.slot('lastmodifieddate')]),
    archived,
    ...(archived ? { archivedAt: isoOf(contact.archivedAt) } : {}),
  };
}

function isoOf(at: string | number | undefined): string {
  return new Date(at ?? 0).toISOString();
}
