import type { Property } from './property.ts';
import type { Value } from './record.ts';

/** HubSpot's longest text. */
const LONGEST_TEXT = 65_536;

/** Why a value is refused, with HubSpot's own word for it. */
export interface InvalidValue {
  readonly error: string;
  readonly message: string;
}

export type ReadValue = { readonly value: Value | undefined } | { readonly invalid: InvalidValue };

/** Reads what a caller wants to write; empty text and null clear. Knows nothing of read-only properties. */
export function readValue(property: Property, input: unknown): ReadValue {
  if (input === null || input === '') return { value: undefined };
  if (typeof input !== 'string' && typeof input !== 'number' && typeof input !== 'boolean') {
    return invalid('INVALID_VALUE', `The value of ${property.name} must be text`);
  }
  const text = String(input);
  switch (property.type) {
    case 'number': {
      const number = /^\s*[-+]?(\d+(?:\.\d*)?|\.\d+)(e[-+]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
      return Number.isFinite(number)
        ? { value: number }
        : invalid('INVALID_INTEGER', `${text} was not a valid number.`);
    }
    case 'datetime': {
      const at = readInstant(text);
      return at === undefined ? invalid('INVALID_DATE', `${text} was not a valid date-time.`) : { value: at };
    }
    case 'date': {
      const at = readInstant(text);
      if (at === undefined || at % 86_400_000 !== 0) return invalid('INVALID_DATE', `${text} is not at midnight UTC.`);
      return { value: new Date(at).toISOString().slice(0, 10) };
    }
    case 'bool':
      return text === 'true' || text === 'false'
        ? { value: text }
        : invalid('INVALID_BOOLEAN', `${text} was not one of the allowed options: [true, false]`);
    case 'enumeration':
      return readOptions(property, text);
    case 'string':
      return text.length <= LONGEST_TEXT
        ? { value: text }
        : invalid('INVALID_LENGTH', `The value of ${property.name} has more than ${LONGEST_TEXT} characters`);
  }
}

/** As every answer gives it: text, whatever the type. */
export function writeValue(property: Property, value: Value): string {
  if (typeof value === 'string') return value;
  return property.type === 'datetime' ? new Date(value).toISOString() : String(value);
}

/** Milliseconds since 1970 from digits or ISO 8601. */
export function readInstant(text: string): number | undefined {
  const trimmed = text.trim();
  const at = /^-?\d{6,}$/.test(trimmed)
    ? Number(trimmed)
    : /^\d{4}-\d\d-\d\d/.test(trimmed)
      ? Date.parse(trimmed)
      : Number.NaN;
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : undefined;
}

function readOptions(property: Property, text: string): ReadValue {
  // The owners are options kept elsewhere.
  if (property.options.length === 0) return { value: text };
  const chosen = property.fieldType === 'checkbox' ? text.split(';').filter((part) => part !== '') : [text];
  const unknown = chosen.find((value) => !property.options.some((option) => option.value === value));
  if (unknown === undefined) return { value: chosen.join(';') };
  const known = property.options.map((option) => option.value).join(', ');
  return invalid('INVALID_OPTION', `${unknown} was not one of the allowed options: [${known}]`);
}

function invalid(error: string, message: string): ReadValue {
  return { invalid: { error, message } };
}
