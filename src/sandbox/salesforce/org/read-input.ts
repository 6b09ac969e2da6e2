import { SECOND } from '../../../base/clock.ts';
import { type Field, type FieldValue, isNumber } from './field.ts';
import { fullId } from './ids.ts';
import { refusal, type WriteError } from './write-result.ts';

export type Read = { readonly value: FieldValue } | { readonly error: WriteError };

/** What a caller wrote into a field, as the field keeps it. Text is trimmed, and empty text is none. */
export function readInput(field: Field, input: unknown): Read {
  if (input === null || input === undefined) return { value: field.type === 'boolean' ? false : null };
  if (typeof input === 'string') {
    const text = input.trim();
    return text === '' ? readInput(field, null) : readText(field, text);
  }
  if (typeof input === 'boolean' && field.type === 'boolean') return { value: input };
  if (typeof input === 'number' && Number.isFinite(input)) {
    if (isNumber(field.type)) return readNumber(field, input);
    if (field.type === 'datetime') return { value: Math.floor(input / SECOND) * SECOND };
  }
  return wrongType(field, input);
}

function readText(field: Field, text: string): Read {
  switch (field.type) {
    case 'boolean':
      if (/^(true|1)$/i.test(text)) return { value: true };
      return /^(false|0)$/i.test(text) ? { value: false } : wrongType(field, text);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)
        ? readNumber(field, Number(text))
        : wrongType(field, text);
    case 'date':
      return readDate(field, text);
    case 'datetime': {
      const time = Date.parse(/^\d{4}-\d{2}-\d{2}T/.test(text) ? text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') : 'none');
      return Number.isNaN(time) ? wrongType(field, text) : { value: Math.floor(time / SECOND) * SECOND };
    }
    case 'id':
    case 'reference': {
      const id = fullId(text);
      if (id !== undefined) return { value: id };
      return { error: refusal('MALFORMED_ID', `${field.label}: id value of incorrect type: ${text}`, [field.name]) };
    }
    case 'picklist':
      return readChoice(field, text);
    case 'multipicklist':
      return readChoices(field, text);
    case 'email':
      if (!/^[^\s@,;]+@[^\s@,;]+\.[^\s@.,;]+$/.test(text)) {
        const message = `${field.label}: invalid email address: ${text}`;
        return { error: refusal('INVALID_EMAIL_ADDRESS', message, [field.name]) };
      }
      return readPlain(field, text);
    default:
      return readPlain(field, text);
  }
}

function readPlain(field: Field, text: string): Read {
  if (text.length <= field.length) return { value: text };
  const message = `${field.label}: data value too large: ${text} (max length=${field.length})`;
  return { error: refusal('STRING_TOO_LONG', message, [field.name]) };
}

function readNumber(field: Field, input: number): Read {
  const factor = 10 ** field.scale;
  const value = Math.round(input * factor) / factor;
  const limit = field.type === 'int' ? 2 ** 31 : 10 ** (field.precision - field.scale);
  if (Math.abs(value) < limit) return { value };
  const message = `${field.label}: value outside of valid range on numeric field: ${input}`;
  return { error: refusal('NUMBER_OUTSIDE_VALID_RANGE', message, [field.name]) };
}

function readDate(field: Field, text: string): Read {
  const day = /^(\d{4}-\d{2}-\d{2})(T|$)/.exec(text)?.[1];
  const isDay = day !== undefined && new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) === day;
  return isDay ? { value: day } : wrongType(field, text);
}

function readChoice(field: Field, text: string): Read {
  const known = field.picklist.find(({ value, active }) => active && value.toLowerCase() === text.toLowerCase());
  if (known !== undefined) return { value: known.value };
  return field.restricted ? { error: badChoice(field, text) } : readPlain(field, text);
}

/** Kept in the order of the picklist, whatever order they came in. */
function readChoices(field: Field, text: string): Read {
  const chosen = new Set<string>();
  for (const part of text.split(';').map((one) => one.trim())) {
    if (part === '') continue;
    const known = field.picklist.find(({ value, active }) => active && value.toLowerCase() === part.toLowerCase());
    if (known === undefined && field.restricted) return { error: badChoice(field, part) };
    chosen.add(known?.value ?? part);
  }
  const place = (value: string) => {
    const at = field.picklist.findIndex((one) => one.value === value);
    return at < 0 ? field.picklist.length : at;
  };
  return chosen.size === 0 ? { value: null } : { value: [...chosen].sort((a, b) => place(a) - place(b)).join(';') };
}

function badChoice(field: Field, text: string): WriteError {
  const message = `${field.label}: bad value for restricted picklist field: ${text}`;
  return refusal('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name]);
}

function wrongType(field: Field, input: unknown): Read {
  const message = `${field.label}: value not of required type: ${String(input)}`;
  return { error: refusal('INVALID_TYPE_ON_FIELD_IN_RECORD', message, [field.name]) };
}
