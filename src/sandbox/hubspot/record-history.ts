import type { Property } from '../portal/property.ts';
import type { Version } from '../portal/property-history.ts';
import { writeValue } from '../portal/property-value.ts';
import type { CrmRecord } from '../portal/record.ts';
import type { RecordType } from './record-type.ts';

/** As many records as one call gives with the history of properties. */
export const MOST_WITH_HISTORY = 50;

/** `propertiesWithHistory=a,b&propertiesWithHistory=c`. */
export function historyNamedIn(query: URLSearchParams): string[] {
  return query
    .getAll('propertiesWithHistory')
    .flatMap((list) => list.split(','))
    .filter((name) => name !== '');
}

/** What the named properties held, newest first; nothing where none is named. https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide */
export function historyAnswer<T extends CrmRecord>(type: RecordType<T>, record: T, named: readonly string[]) {
  if (named.length === 0) return {};
  const properties = named.flatMap((name) => type.table.properties.get(name.trim()) ?? []);
  const histories = properties.map((property) => [property.name, versionsOf(type, record, property)] as const);
  return { propertiesWithHistory: Object.fromEntries(histories) };
}

function versionsOf<T extends CrmRecord>(type: RecordType<T>, record: T, property: Property) {
  const versions = type.versions?.(record, property) ?? madeWith(type, record, property);
  return versions.toReversed().map(({ value, at, source }) => ({
    value: value === undefined ? '' : writeValue(property, value),
    timestamp: new Date(at).toISOString(),
    sourceType: source,
    sourceId: source === 'CRM_UI' ? 'userId:1' : source.toLowerCase(),
  }));
}

/** Of what is no contact the sandbox keeps the present alone. */
function madeWith<T extends CrmRecord>({ table }: RecordType<T>, record: T, { slot }: Property): readonly Version[] {
  const value = record.values[slot];
  if (value === undefined) return [];
  return [{ value, at: table.numberOf(record, table.created) ?? 0, source: 'CRM_UI' }];
}
