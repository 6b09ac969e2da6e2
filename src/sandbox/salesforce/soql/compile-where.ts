import type { ConditionWithValueQuery, WhereClause } from '@jetstreamapp/soql-parser-js';
import { startOfDay } from '../org/days.ts';
import type { Field, FieldValue } from '../org/field.ts';
import { checkOperator, comparison, includes, like, oneOf, type Test, within } from './compare.ts';
import { type Tree, treeOf } from './condition-tree.ts';
import { daysOf } from './date-literals.ts';
import { allOf, anyOf, EVERYTHING, type Filter, type Lookup, noneOf, type Range } from './filter.ts';
import { readLiteral } from './literals.ts';
import { type Path, resolvePath } from './path.ts';
import { type Scope, scopeOf } from './scope.ts';
import { selectRecords } from './select-records.ts';
import { SoqlError } from './soql-error.ts';

/** @throws SoqlError where a condition is none for its field */
export function compileWhere(scope: Scope, where: WhereClause | undefined): Filter {
  return where === undefined ? EVERYTHING : compile(scope, treeOf(where));
}

function compile(scope: Scope, tree: Tree): Filter {
  switch (tree.kind) {
    case 'and':
      return allOf(tree.parts.map((part) => compile(scope, part)));
    case 'or':
      return anyOf(tree.parts.map((part) => compile(scope, part)));
    case 'not':
      return noneOf(compile(scope, tree.part));
    case 'leaf':
      return compileLeaf(scope, tree.leaf);
  }
}

function compileLeaf(scope: Scope, leaf: ConditionWithValueQuery): Filter {
  if (!('field' in leaf)) {
    throw new SoqlError('MALFORMED_QUERY', 'the sandbox knows no functions in a WHERE');
  }
  const path = resolvePath(scope, leaf.field);
  const written = leaf.operator.toUpperCase();
  const operator = written === '<>' ? '!=' : written;
  checkOperator(path.last, operator);
  if ('valueQuery' in leaf) return filterOf(scope, path, operator, innerValues(scope, leaf.valueQuery));
  const literals = [leaf.value].flat();
  const [first = ''] = literals;
  const kind = [leaf.literalType].flat()[0];
  if (kind === 'DATE_LITERAL' || kind === 'DATE_N_LITERAL') {
    const count = 'dateLiteralVariable' in leaf ? [leaf.dateLiteralVariable].flat()[0] : undefined;
    return dayFilter(scope, path, operator, first.includes(':') || count === undefined ? first : `${first}:${count}`);
  }
  if (operator === 'LIKE') return testing(path, like(first));
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return testing(path, includes(operator, literals));
  return filterOf(
    scope,
    path,
    operator,
    literals.map((literal) => readLiteral(path.last, literal)),
  );
}

function filterOf(scope: Scope, path: Path, operator: string, operands: readonly FieldValue[]): Filter {
  const { type } = path.last;
  const isList = operator === 'IN' || operator === 'NOT IN';
  const [operand = null] = operands;
  const test = isList ? oneOf(type, operator, operands) : comparison(type, operator, operand);
  const filter = testing(path, test);
  const { own } = path;
  if (own === undefined) return filter;
  if (operator === '=' || operator === 'IN')
    return { ...filter, lookup: lookupOf(scope, own, operands), ranges: rangesOf(own, operator, operand) };
  return {
    ...filter,
    ranges: type === 'id' ? idRanges(scope, own, operator, operand) : rangesOf(own, operator, operand),
  };
}

function testing({ read }: Path, test: Test): Filter {
  return { ...EVERYTHING, test: (record) => test(read(record)) };
}

/** Only where few records have the same value is it worth to keep an index. */
function lookupOf({ type }: Scope, field: Field, operands: readonly FieldValue[]): Lookup | undefined {
  const texts = operands.flatMap((operand) => (typeof operand === 'string' ? operand : []));
  if (texts.length < operands.length) return undefined;
  if (field.type === 'id') {
    return { count: texts.length, records: () => [...new Set(texts.flatMap((id) => type.find(id) ?? []))] };
  }
  const isIndexed = field.type === 'reference' || field.type === 'email' || field.externalId || field.unique;
  if (!isIndexed && !INDEXED.has(field.name)) return undefined;
  const index = type.valueIndex(field);
  return {
    count: texts.reduce((sum, text) => sum + index.count(text), 0),
    records: () => [...new Set(texts.flatMap((text) => index.get(text)))],
  };
}

const INDEXED = new Set(['Name', 'Field', 'DeveloperName', 'ApiName', 'LeadOrContactId']);

function rangesOf(field: Field, operator: string, operand: FieldValue): ReadonlyMap<Field, Range> {
  if (field.type !== 'datetime' || typeof operand !== 'number') return EVERYTHING.ranges;
  const range = rangeOf(operator, operand);
  return range === undefined ? EVERYTHING.ranges : new Map([[field, range]]);
}

function idRanges({ type }: Scope, field: Field, operator: string, operand: FieldValue): ReadonlyMap<Field, Range> {
  if (typeof operand !== 'string') return EVERYTHING.ranges;
  const range = rangeOf(operator, type.placeOf(operand));
  return range === undefined ? EVERYTHING.ranges : new Map([[field, range]]);
}

/** Wide enough: whatever lies in it is tested all the same. */
function rangeOf(operator: string, value: number): Range | undefined {
  if (operator === '=') return { from: value, to: value };
  if (operator.startsWith('>')) return { from: value, to: Number.POSITIVE_INFINITY };
  if (operator.startsWith('<')) return { from: Number.NEGATIVE_INFINITY, to: value };
  return undefined;
}

function dayFilter({ org }: Scope, path: Path, operator: string, literal: string): Filter {
  const { timeZone } = org.settings;
  const { from, to } = daysOf(literal, org.now(), timeZone);
  if (path.last.type === 'date') return testing(path, within(operator, from, to));
  if (path.last.type !== 'datetime') {
    throw new SoqlError(
      'INVALID_FIELD',
      `value of filter criterion for field '${path.last.name}' must be of type string and should be enclosed in quotes`,
    );
  }
  const [start, end] = [startOfDay(timeZone, from), startOfDay(timeZone, to)];
  const filter = testing(path, within(operator, start, end));
  if (path.own === undefined) return filter;
  const range =
    operator === '='
      ? { from: start, to: end }
      : rangeOf(operator, operator === '>' || operator === '<=' ? end : start);
  return range === undefined ? filter : { ...filter, ranges: new Map([[path.own, range]]) };
}

/** `Id IN (SELECT ConvertedContactId FROM Lead)`: what the inner query finds. */
function innerValues(
  scope: Scope,
  query: Extract<ConditionWithValueQuery, { valueQuery: unknown }>['valueQuery'],
): FieldValue[] {
  const inner = scopeOf(scope.org, query.sObject ?? '', scope.asking, query.sObjectAlias);
  const [field, second] = query.fields ?? [];
  if (field === undefined || second !== undefined || (field.type !== 'Field' && field.type !== 'FieldRelationship')) {
    throw new SoqlError('MALFORMED_QUERY', 'semi join sub-selects must select exactly one field');
  }
  const path = resolvePath(
    inner,
    field.type === 'Field' ? field.field : [...field.relationships, field.field].join('.'),
  );
  const values = selectRecords(inner, query).map((record) => path.read(record));
  return [...new Set(values.filter((value) => value !== null))];
}
