import { SECOND } from '../../../base/clock.ts';
import type { FieldValue, Values } from './field.ts';
import type { ObjectType } from './object-type.ts';
import type { SalesforceRecord } from './record.ts';

/** When a record was made and last changed, in milliseconds since 1970, and the id of the user who did. */
export interface SeedTime {
  readonly created: number;
  readonly modified: number;
  readonly by?: string | undefined;
}

/** `Org.seed`. */
export function seedRecord(type: ObjectType, values: Values, at: SeedTime, id?: string): SalesforceRecord {
  const slots = type.emptySlots();
  const put = (name: string, value: FieldValue) => {
    const field = type.field(name);
    if (field === undefined) return;
    const isTime = field.type === 'datetime' && typeof value === 'number';
    slots[field.slot] = isTime ? Math.floor(value / SECOND) * SECOND : value;
  };
  put('CreatedDate', at.created);
  put('LastModifiedDate', at.modified);
  put('SystemModstamp', at.modified);
  put('CreatedById', at.by ?? null);
  put('LastModifiedById', at.by ?? null);
  for (const name of Object.keys(values)) put(name, values[name] ?? null);
  return type.add(slots, id);
}
