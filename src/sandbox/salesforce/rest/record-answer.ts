import { refusal } from '../http/salesforce-error.ts';
import type { Field } from '../org/field.ts';
import type { ObjectType } from '../org/object-type.ts';
import type { Org } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';
import { restValue } from '../soql/rest-row.ts';

/** A record as the REST API writes it, with `attributes` first; null for a field without a value. */
export function recordAnswer(
  record: SalesforceRecord,
  fields: readonly Field[],
  version: string,
): Record<string, unknown> {
  const answer: Record<string, unknown> = { attributes: attributesOf(record, version) };
  for (const { name, type, slot } of fields) answer[name] = restValue(type, record.slots[slot] ?? null);
  return answer;
}

/** @param version of the API as in the path: `v68.0` */
export function attributesOf({ id, type }: SalesforceRecord, version: string): { type: string; url: string } {
  return { type: type.name, url: `/services/data/${version}/sobjects/${type.name}/${id}` };
}

/** `2026-11-22T09:00:00.000+0000`. */
export function writeTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

/** The fields that a user sees. */
export function visibleFields(org: Org, userId: string, type: ObjectType): Field[] {
  return type.fields().filter((field) => org.access.canRead(userId, type, field));
}

/** The fields of these names, in their order; all that the user sees where no names are given. */
export function chooseFields(
  org: Org,
  userId: string,
  type: ObjectType,
  names: readonly string[] | undefined,
): readonly Field[] {
  if (names === undefined) return visibleFields(org, userId, type);
  return names.map((name) => {
    const field = type.field(name.trim());
    if (field !== undefined && org.access.canRead(userId, type, field)) return field;
    throw refusal('INVALID_FIELD', `No such column '${name.trim()}' on sobject of type ${type.name}`);
  });
}
