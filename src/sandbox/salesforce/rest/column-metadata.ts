import type { ObjectType } from '../org/object-type.ts';

interface ColumnMetadata {
  readonly aggregate: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  readonly joinColumns: readonly ColumnMetadata[];
  readonly textType: boolean;
}

/**
 * What `columns=true` tells of a query in place of its rows; the command line of Salesforce heads its tables by it. Undocumented,
 * and as far as that client reads it.
 */
export function columnMetadata(type: ObjectType, columns: readonly string[]) {
  return {
    entityName: type.name,
    groupBy: false,
    idSelected: columns.includes('Id'),
    keyPrefix: type.keyPrefix,
    columnMetadata: nested(columns.map((name) => name.split('.'))),
  };
}

/** Fields of a parent are the columns of one that has its name. */
function nested(paths: readonly (readonly string[])[]): ColumnMetadata[] {
  const byFirst = Map.groupBy(paths, ([first = '']) => first);
  return [...byFirst].map(([columnName, own]) => ({
    aggregate: false,
    columnName,
    custom: columnName.endsWith('__c'),
    displayName: columnName,
    joinColumns: nested(own.map((path) => path.slice(1)).filter((path) => path.length > 0)),
    textType: true,
  }));
}
