import { SECOND } from '../../../base/clock.ts';
import { type FieldType, type FieldValue, isNumber } from '../org/field.ts';
import { fullId } from '../org/ids.ts';
import { SoqlError } from './soql-error.ts';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The text of a literal in quotes, its escapes undone. */
export function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/gs, (_all, letter: string) => ESCAPES[letter] ?? letter);
}

/**
 * What a field is compared with, as the field's values are kept.
 * @throws SoqlError where the literal is not of the field's type
 */
export function readLiteral(field: { readonly name: string; readonly type: FieldType }, literal: string): FieldValue {
  if (/^null$/i.test(literal)) return null;
  const isQuoted = literal.startsWith("'");
  const { type } = field;
  if (type === 'boolean') {
    if (!/^(true|false)$/i.test(literal)) throw wrongType(field, 'boolean', isQuoted);
    return literal.toLowerCase() === 'true';
  }
  if (isNumber(type)) {
    const value = isQuoted ? Number.NaN : Number(literal);
    if (Number.isNaN(value)) throw wrongType(field, type === 'int' ? 'int' : type, isQuoted);
    return value;
  }
  if (type === 'date') {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(literal)) throw wrongType(field, 'date', isQuoted);
    return literal;
  }
  if (type === 'datetime') {
    const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/i.test(literal);
    const time = isTime ? Date.parse(literal.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) : Number.NaN;
    if (Number.isNaN(time)) throw wrongType(field, 'dateTime', isQuoted);
    return Math.floor(time / SECOND) * SECOND;
  }
  if (!isQuoted) {
    throw new SoqlError(
      'INVALID_FIELD',
      `value of filter criterion for field '${field.name}' must be of type string and should be enclosed in quotes`,
    );
  }
  const text = unquote(literal);
  if (type !== 'id' && type !== 'reference') return text;
  const id = text === '' ? undefined : fullId(text);
  if (id === undefined) throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
  return id;
}

function wrongType({ name }: { readonly name: string }, type: string, isQuoted: boolean): SoqlError {
  const quotes = isQuoted ? ' and should not be enclosed in quotes' : '';
  return new SoqlError(
    'INVALID_FIELD',
    `value of filter criterion for field '${name}' must be of type ${type}${quotes}`,
  );
}
