import { doubleText } from '../bulk/double-text.ts';
import type { Field, FieldValue } from '../org/field.ts';

/** A value as SOAP writes it: `2026-11-22T09:30:00.000Z`, `true`, `4200.0`. Null where there is none. */
export function soapValue(field: Field, value: FieldValue): string | null {
  if (value === null || value === '') return null;
  if (typeof value !== 'number') return String(value);
  if (field.type === 'datetime') return new Date(value).toISOString();
  return field.type === 'int' ? String(value) : doubleText(value);
}
