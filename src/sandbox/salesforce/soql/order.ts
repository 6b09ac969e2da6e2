import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { FieldValue } from '../org/field.ts';
import type { SalesforceRecord } from '../org/record.ts';
import { folding, order } from './compare.ts';
import { type Path, resolvePath } from './path.ts';
import type { Scope } from './scope.ts';
import { SoqlError } from './soql-error.ts';

export interface Sorting {
  readonly path: Path;
  readonly isDescending: boolean;
  readonly areNullsLast: boolean;
}

/** @throws SoqlError where a field cannot be sorted by */
export function compileOrder(scope: Scope, clauses: OrderByClause | OrderByClause[] | undefined): Sorting[] {
  return [clauses ?? []].flat().map((clause) => {
    if (!('field' in clause)) throw new SoqlError('MALFORMED_QUERY', 'the sandbox knows no functions in an ORDER BY');
    const path = resolvePath(scope, clause.field);
    if (!path.last.sortable) {
      throw new SoqlError('INVALID_FIELD', `field '${path.last.name}' can not be sorted in a query call`);
    }
    return { path, isDescending: clause.order === 'DESC', areNullsLast: clause.nulls === 'LAST' };
  });
}

/** In order; those that are the same in every field, by their ids. Each value is read once. */
export function sortRecords(records: readonly SalesforceRecord[], sortings: readonly Sorting[]): SalesforceRecord[] {
  const folds = sortings.map(({ path }) => folding(path.last.type));
  const keyed = records.map((record) => ({
    record,
    keys: sortings.map(({ path }, place) => {
      const value = path.read(record);
      return value === null ? null : (folds[place]?.(value) ?? value);
    }),
  }));
  keyed.sort((a, b) => {
    for (const [place, sorting] of sortings.entries()) {
      const sign = compareKeys(a.keys[place] ?? null, b.keys[place] ?? null, sorting);
      if (sign !== 0) return sign;
    }
    return a.record.index - b.record.index;
  });
  return keyed.map(({ record }) => record);
}

function compareKeys(a: FieldValue, b: FieldValue, { isDescending, areNullsLast }: Sorting): number {
  if (a === null || b === null) {
    if (a === b) return 0;
    return (a === null) === areNullsLast ? 1 : -1;
  }
  return isDescending ? order(b, a) : order(a, b);
}
