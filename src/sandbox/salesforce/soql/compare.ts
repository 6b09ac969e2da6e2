import { type FieldType, type FieldValue, isNumber } from '../org/field.ts';
import { unquote } from './literals.ts';
import { SoqlError } from './soql-error.ts';

export type Test = (value: FieldValue) => boolean;

const TEXTS: readonly FieldType[] = ['string', 'textarea', 'email', 'phone', 'url', 'picklist'];
const ORDERED = ['<', '<=', '>', '>='];

interface Compared {
  readonly name: string;
  readonly type: FieldType;
  readonly filterable: boolean;
}

/** @throws SoqlError where values of this field cannot be compared so */
export function checkOperator({ name, type, filterable }: Compared, operator: string): void {
  if (!filterable) throw new SoqlError('INVALID_FIELD', `field '${name}' can not be filtered in a query call`);
  const isMulti = operator === 'INCLUDES' || operator === 'EXCLUDES';
  const isWrong =
    (operator === 'LIKE' && !TEXTS.includes(type)) ||
    (isMulti && type !== 'multipicklist') ||
    (type === 'boolean' && ORDERED.includes(operator)) ||
    (type === 'multipicklist' && (ORDERED.includes(operator) || operator.endsWith('IN')));
  if (isWrong)
    throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${type} field: ${name} ${operator}`);
}

/**
 * Text is compared whatever its case, ids as they are. Nothing is less or greater than null, and what is null differs from
 * every value.
 */
export function comparison(type: FieldType, operator: string, operand: FieldValue): Test {
  if (operand === null)
    return operator === '!=' ? (value) => value !== null : (value) => operator === '=' && value === null;
  const fold = folding(type);
  const wanted = fold(operand);
  switch (operator) {
    case '=':
      return (value) => value !== null && fold(value) === wanted;
    case '!=':
      return (value) => value === null || fold(value) !== wanted;
    default: {
      const holds = ordered(operator);
      return (value) => value !== null && holds(order(fold(value), wanted));
    }
  }
}

export function oneOf(type: FieldType, operator: string, operands: readonly FieldValue[]): Test {
  const fold = folding(type);
  const wanted = new Set(operands.map((operand) => (operand === null ? null : fold(operand))));
  const isIn: Test = (value) => wanted.has(value === null ? null : fold(value));
  return operator === 'IN' ? isIn : (value) => !isIn(value);
}

/** `%` stands for any letters and `_` for one, unless a backslash says that it is itself. */
export function like(literal: string): Test {
  const source = literal.slice(1, -1).replace(/\\[%_]|%|_|\\.|[^%_\\]+/gs, (part) => {
    if (part === '%') return '[^]*';
    if (part === '_') return '[^]';
    const plain = part === '\\%' || part === '\\_' ? part.slice(1) : unquote(`'${part}'`);
    return RegExp.escape(plain);
  });
  const pattern = new RegExp(`^${source}$`, 'i');
  return (value) => typeof value === 'string' && pattern.test(value);
}

/** `('a;b', 'c')`: both a and b, or c. */
export function includes(operator: string, literals: readonly string[]): Test {
  const groups = literals.map((literal) => unquote(literal).toLowerCase().split(';'));
  const hasOne: Test = (value) => {
    const chosen = new Set(typeof value === 'string' ? value.toLowerCase().split(';') : []);
    return groups.some((group) => group.every((one) => chosen.has(one)));
  };
  return operator === 'INCLUDES' ? hasOne : (value) => !hasOne(value);
}

/** From one (included) to another (not included), both of the field's type. */
export function within(operator: string, from: string | number, to: string | number): Test {
  const isWithin: Test = (value) => value !== null && order(value, from) >= 0 && order(value, to) < 0;
  switch (operator) {
    case '=':
      return isWithin;
    case '!=':
      return (value) => !isWithin(value);
    case '>':
      return (value) => value !== null && order(value, to) >= 0;
    case '>=':
      return (value) => value !== null && order(value, from) >= 0;
    case '<':
      return (value) => value !== null && order(value, from) < 0;
    default:
      return (value) => value !== null && order(value, to) < 0;
  }
}

/** Text as it sorts: whatever its case. */
export function folding(type: FieldType): (value: Exclude<FieldValue, null>) => Exclude<FieldValue, null> {
  if (type === 'id' || type === 'reference' || isNumber(type) || type === 'boolean') return (value) => value;
  return (value) => (typeof value === 'string' ? value.toLowerCase() : value);
}

/** Below 0 where the first comes first. Both are of one type. */
export function order(a: Exclude<FieldValue, null>, b: Exclude<FieldValue, null>): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function ordered(operator: string): (order: number) => boolean {
  switch (operator) {
    case '<':
      return (sign) => sign < 0;
    case '<=':
      return (sign) => sign <= 0;
    case '>':
      return (sign) => sign > 0;
    case '>=':
      return (sign) => sign >= 0;
    default:
      throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${operator}'`);
  }
}
