import { notFound, refusal } from '../http/salesforce-error.ts';
import type { ObjectType } from '../org/object-type.ts';
import type { Org } from '../org/org.ts';
import type { SalesforceRecord } from '../org/record.ts';

/** The object of a path, if this user may reach it at all. */
export function objectOf(org: Org, userId: string, name: string | undefined): ObjectType {
  const type = org.object(name ?? '');
  if (type === undefined || !org.access.mayReach(userId, type, 'Read')) throw notFound();
  return type;
}

/** The live record of a path: `/sobjects/Lead/{id}`. */
export function recordOf(type: ObjectType, id: string | undefined): SalesforceRecord {
  const record = type.find(id ?? '');
  if (record === undefined || record.isPurged) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${id ?? ''}`);
  }
  if (record.isDeleted) throw refusal('ENTITY_IS_DELETED', 'entity is deleted');
  return record;
}

/** The live records that an external id names: `/sobjects/Lead/{field}/{value}`. There should be one, or none. */
export function recordsByExternalId(type: ObjectType, name: string | undefined, value: string): SalesforceRecord[] {
  const field = type.field(name ?? '');
  if (field === undefined || !(field.externalId || field.type === 'id')) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${name ?? ''}`);
  }
  if (field.type !== 'id') return type.where(field.name, value);
  const record = type.find(value);
  return record === undefined || record.isDeleted || record.isPurged ? [] : [record];
}
