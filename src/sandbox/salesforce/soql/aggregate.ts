import type { FieldFunctionExpression, Query, FieldType as Selected } from '@jetstreamapp/soql-parser-js';
import type { FieldType, FieldValue } from '../org/field.ts';
import type { SalesforceRecord } from '../org/record.ts';
import type { Answer, Cell, Row } from './answer.ts';
import { folding, order } from './compare.ts';
import { csvValue } from './csv-value.ts';
import { type Path, resolvePath } from './path.ts';
import type { Scope } from './scope.ts';
import { SoqlError } from './soql-error.ts';

/** `SELECT COUNT()`, a GROUP BY, or a function over all records such as `MAX(SystemModstamp)`. */
export function isAggregate({ fields = [], groupBy }: Query): boolean {
  return groupBy !== undefined || fields.some(isFunction);
}

/** @param records those that the WHERE lets pass */
export function aggregateAnswer(scope: Scope, query: Query, records: readonly SalesforceRecord[]): Answer {
  const { fields = [] } = query;
  const [first] = fields;
  if (first !== undefined && isFunction(first) && first.functionName.toUpperCase() === 'COUNT' && isBare(first)) {
    return {
      type: scope.type.name,
      totalSize: records.length,
      isCount: true,
      columns: [],
      rows: () => [],
      csv: () => [],
    };
  }
  if (query.having !== undefined) throw new SoqlError('MALFORMED_QUERY', 'the sandbox does not know HAVING');
  const groupedBy = [query.groupBy ?? []].flat().map((clause) => {
    if ('field' in clause) return resolvePath(scope, clause.field);
    throw new SoqlError('MALFORMED_QUERY', 'the sandbox groups by fields alone');
  });
  let unnamed = 0;
  const outputs = fields.map((field) => outputOf(scope, field, groupedBy, () => `expr${unnamed++}`));
  const rows = groupsOf(records, groupedBy).map((group): Row => {
    return { type: 'AggregateResult', record: undefined, cells: outputs.map((output) => cellOf(output, group)) };
  });
  const limited = rows.slice(query.offset ?? 0, (query.offset ?? 0) + (query.limit ?? rows.length));
  return {
    type: scope.type.name,
    totalSize: limited.length,
    isCount: false,
    columns: outputs.map(({ name }) => name),
    rows: (from, to) => limited.slice(from, to),
    csv: (from, to) =>
      limited
        .slice(from, to)
        .map(({ cells }) => cells.map((cell) => (cell.kind === 'value' ? csvValue(cell.type, cell.value) : ''))),
  };
}

interface Output {
  readonly name: string;
  readonly type: FieldType;
  of(group: readonly SalesforceRecord[]): FieldValue;
}

function isFunction(field: Selected): field is FieldFunctionExpression {
  return field.type === 'FieldFunctionExpression' && field.functionName.toUpperCase() !== 'FIELDS';
}

function isBare({ parameters }: FieldFunctionExpression): boolean {
  return parameters.length === 0;
}

function outputOf(scope: Scope, field: Selected, groupedBy: readonly Path[], freeName: () => string): Output {
  if (isFunction(field)) {
    const written = field.parameters[0] ?? 'Id';
    if (typeof written !== 'string')
      throw new SoqlError('MALFORMED_QUERY', 'the sandbox knows no function of a function');
    const path = resolvePath(scope, written);
    const name = field.functionName.toUpperCase();
    const isCounted = name.startsWith('COUNT');
    return {
      name: field.alias ?? freeName(),
      type: isCounted ? 'int' : path.last.type,
      of: (group) => summary(name, path, group),
    };
  }
  if (field.type !== 'Field' && field.type !== 'FieldRelationship') {
    throw new SoqlError('MALFORMED_QUERY', 'a grouped query selects fields and functions alone');
  }
  const path = resolvePath(
    scope,
    field.type === 'Field' ? field.field : [...field.relationships, field.field].join('.'),
  );
  if (!groupedBy.some(({ name }) => name === path.name)) {
    throw new SoqlError('MALFORMED_QUERY', `Field must be grouped or aggregated: ${path.name}`);
  }
  const alias = 'alias' in field ? field.alias : undefined;
  return {
    name: alias ?? path.last.name,
    type: path.last.type,
    of: ([one]) => (one === undefined ? null : path.read(one)),
  };
}

function summary(name: string, path: Path, group: readonly SalesforceRecord[]): FieldValue {
  const values = group.flatMap((record) => path.read(record) ?? []);
  const numbers = values.filter((value) => typeof value === 'number');
  switch (name) {
    case 'COUNT':
      return values.length;
    case 'COUNT_DISTINCT':
      return new Set(values.map(folding(path.last.type))).size;
    case 'MAX':
      return values.reduce<FieldValue>((most, value) => (most === null || order(value, most) > 0 ? value : most), null);
    case 'MIN':
      return values.reduce<FieldValue>(
        (least, value) => (least === null || order(value, least) < 0 ? value : least),
        null,
      );
    case 'SUM':
      return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0);
    case 'AVG':
      return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    default:
      throw new SoqlError('MALFORMED_QUERY', `the sandbox does not know the function ${name}`);
  }
}

/** Without a GROUP BY, all are one group, even where there are none. */
function groupsOf(records: readonly SalesforceRecord[], groupedBy: readonly Path[]): SalesforceRecord[][] {
  if (groupedBy.length === 0) return [[...records]];
  const groups = new Map<string, SalesforceRecord[]>();
  for (const record of records) {
    const key = JSON.stringify(groupedBy.map((path) => path.read(record)));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups.values()];
}

function cellOf({ name, type, of }: Output, group: readonly SalesforceRecord[]): Cell {
  return { kind: 'value', name, type, value: of(group) };
}
