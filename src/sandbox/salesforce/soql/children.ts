import type { Subquery } from '@jetstreamapp/soql-parser-js';
import type { Field } from '../org/field.ts';
import type { SalesforceRecord } from '../org/record.ts';
import { type Columns, compileColumns } from './columns.ts';
import { compileWhere } from './compile-where.ts';
import type { Filter } from './filter.ts';
import { compileOrder, type Sorting, sortRecords } from './order.ts';
import { isSeen, type Scope, scopeOf } from './scope.ts';
import { SoqlError } from './soql-error.ts';

/** `(SELECT Id FROM Contacts)` within a query of accounts. */
export interface ChildColumn {
  /** `Contacts`. */
  readonly name: string;
  readonly scope: Scope;
  /** By which the children name their parent. */
  readonly field: Field;
  readonly columns: Columns;
  readonly filter: Filter;
  readonly sortings: readonly Sorting[];
  readonly limit: number;
}

/** @throws SoqlError where the object has no such children */
export function compileChildren(scope: Scope, query: Subquery): ChildColumn {
  const { org, type, asking } = scope;
  const wanted = query.relationshipName.toLowerCase();
  for (const child of org.objects()) {
    for (const field of child.fields()) {
      const { childRelationship, referenceTo } = field;
      if (childRelationship?.toLowerCase() !== wanted || !referenceTo.includes(type.name)) continue;
      const inner = scopeOf(org, child.name, asking, query.sObjectAlias);
      return {
        name: childRelationship,
        scope: inner,
        field,
        columns: compileColumns(inner, query.fields ?? []),
        filter: compileWhere(inner, query.where),
        sortings: compileOrder(inner, query.orderBy),
        limit: query.limit ?? Number.POSITIVE_INFINITY,
      };
    }
  }
  throw new SoqlError(
    'INVALID_TYPE',
    `Didn't understand relationship '${query.relationshipName}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

export function childrenOf(
  { scope, field, filter, sortings, limit }: ChildColumn,
  parent: SalesforceRecord,
): SalesforceRecord[] {
  const found = scope.type
    .valueIndex(field)
    .get(parent.id)
    .filter((child) => child.slots[field.slot] === parent.id && isSeen(scope, child) && filter.test(child));
  return sortRecords(found, sortings).slice(0, limit);
}
