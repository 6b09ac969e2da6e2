import type { Property } from '../portal/property.ts';
import { writeValue } from '../portal/property-value.ts';
import type { CrmRecord } from '../portal/record.ts';
import type { RecordType } from './record-type.ts';

/** The properties that an answer holds: the named ones that exist, and those that always come. */
export function chooseProperties<T extends CrmRecord>(
  { table, standard }: RecordType<T>,
  named: readonly string[] | undefined,
): Property[] {
  const always = [table.created, 'hs_object_id', table.modified];
  const names = new Set([...(named === undefined || named.length === 0 ? standard : named), ...always]);
  return [...names].flatMap((name) => table.properties.get(name.trim()) ?? []);
}

/** `properties=a,b&properties=c`. */
export function namedIn(query: URLSearchParams): string[] {
  return query
    .getAll('properties')
    .flatMap((list) => list.split(','))
    .filter((name) => name !== '');
}

/** A record as every call gives it; `values` where search shows it as it was. https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide */
export function recordAnswer<T extends CrmRecord>(
  { table }: RecordType<T>,
  record: T,
  chosen: readonly Property[],
  values = record.values,
) {
  const properties: Record<string, string | null> = {};
  for (const property of chosen) {
    const value = values[property.slot];
    properties[property.name] = value === undefined ? null : writeValue(property, value);
  }
  const archived = record.state === 'archived';
  return {
    id: record.id,
    properties,
    createdAt: isoOf(values[table.properties.slot(table.created)]),
    updatedAt: isoOf(values[table.properties.slot(table.modified)]),
    archived,
    ...(archived ? { archivedAt: isoOf(record.archivedAt) } : {}),
  };
}

function isoOf(at: string | number | undefined): string {
  return new Date(at ?? 0).toISOString();
}
