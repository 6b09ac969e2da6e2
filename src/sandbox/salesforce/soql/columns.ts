import type { FieldType as Selected, Subquery } from '@jetstreamapp/soql-parser-js';
import type { SalesforceRecord } from '../org/record.ts';
import type { Cell, Row } from './answer.ts';
import { type ChildColumn, childrenOf, compileChildren } from './children.ts';
import { type Parent, type Path, type PathEnd, resolvePath } from './path.ts';
import type { Scope } from './scope.ts';
import { SoqlError } from './soql-error.ts';

export type Column =
  | { readonly kind: 'value'; readonly end: PathEnd }
  | { readonly kind: 'parent'; readonly parent: Parent; readonly columns: Column[] }
  | { readonly kind: 'children'; readonly child: ChildColumn };

export interface Columns {
  /** As REST nests them. */
  readonly nested: readonly Column[];
  /** As a CSV file has them, side by side. */
  readonly flat: readonly Path[];
}

/** @throws SoqlError for what is not there, or not for this user */
export function compileColumns(scope: Scope, selected: readonly Selected[]): Columns {
  const nested: Column[] = [];
  const flat: Path[] = [];
  for (const one of selected) {
    if (one.type === 'FieldSubquery') {
      nested.push({ kind: 'children', child: compileChildren(scope, one.subquery) });
      continue;
    }
    for (const written of writtenPaths(scope, one)) {
      const path = resolvePath(scope, written);
      if (flat.some(({ name }) => name === path.name)) {
        throw new SoqlError('INVALID_FIELD', `duplicate field selected: ${path.name}`);
      }
      flat.push(path);
      place(nested, path.parents, path.last);
    }
  }
  return { nested, flat };
}

export function makeRow({ nested }: Columns, record: SalesforceRecord, type = record.type.name): Row {
  return { type, record, cells: nested.map((column) => makeCell(column, record)) };
}

function makeCell(column: Column, record: SalesforceRecord): Cell {
  switch (column.kind) {
    case 'value': {
      const { name, type, read } = column.end;
      return { kind: 'value', name, type, value: read(record) };
    }
    case 'parent': {
      const { name, isMixed, from } = column.parent;
      const found = from(record);
      const nested = { nested: column.columns, flat: [] };
      const row = found === undefined ? undefined : makeRow(nested, found, isMixed ? 'Name' : undefined);
      return { kind: 'parent', name, row };
    }
    case 'children': {
      const { name, columns } = column.child;
      return { kind: 'children', name, rows: childrenOf(column.child, record).map((child) => makeRow(columns, child)) };
    }
  }
}

/** Puts a value below its parents, which the fields that were selected before may have brought. */
function place(columns: Column[], parents: readonly Parent[], end: PathEnd): void {
  const [parent, ...others] = parents;
  if (parent === undefined) {
    columns.push({ kind: 'value', end });
    return;
  }
  let within = columns.find((column) => column.kind === 'parent' && column.parent.name === parent.name);
  if (within?.kind !== 'parent') {
    within = { kind: 'parent', parent, columns: [] };
    columns.push(within);
  }
  place(within.columns, others, end);
}

function writtenPaths(scope: Scope, selected: Exclude<Selected, { subquery: Subquery }>): string[] {
  switch (selected.type) {
    case 'Field':
      return [selected.field];
    case 'FieldRelationship':
      return [[...selected.relationships, selected.field].join('.')];
    case 'FieldFunctionExpression':
      if (selected.functionName.toUpperCase() === 'FIELDS') return everyField(scope, String(selected.parameters[0]));
      throw new SoqlError('MALFORMED_QUERY', `the sandbox does not know the function ${selected.functionName}`);
    default:
      throw new SoqlError('MALFORMED_QUERY', 'the sandbox does not know TYPEOF');
  }
}

/** `FIELDS(ALL)`, `FIELDS(STANDARD)` or `FIELDS(CUSTOM)`: those that the user sees. */
function everyField({ org, type, asking }: Scope, which: string): string[] {
  return type
    .fields()
    .filter(({ custom }) => which.toUpperCase() === 'ALL' || custom === (which.toUpperCase() === 'CUSTOM'))
    .filter((field) => org.access.canRead(asking.user, type, field))
    .map(({ name }) => name);
}
