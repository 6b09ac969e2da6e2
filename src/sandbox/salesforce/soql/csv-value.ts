import type { FieldType, FieldValue } from '../org/field.ts';

/** A value as Bulk API 2.0 gives it: date-times end in `Z`, null is ''. */
export function csvValue(type: FieldType, value: FieldValue): string {
  if (value === null) return '';
  if (type === 'datetime' && typeof value === 'number') return new Date(value).toISOString();
  return String(value);
}
