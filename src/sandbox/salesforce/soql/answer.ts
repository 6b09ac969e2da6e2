import type { FieldType, FieldValue } from '../org/field.ts';
import type { SalesforceRecord } from '../org/record.ts';

/** What a query found. Rows are made when they are asked for: a query of a whole org holds little memory. */
export interface Answer {
  /** The object that was asked for, by its API name. */
  readonly type: string;
  /** Also of `SELECT COUNT()`, which has no rows. */
  readonly totalSize: number;
  readonly isCount: boolean;
  /** The columns of a CSV file, in the order of the query: `Account.Name`. Children have none. */
  readonly columns: readonly string[];
  /** Some of the rows, both ends as `Array.slice` takes them. `restRow` makes JSON of one. */
  rows(from?: number, to?: number): Row[];
  /** The same as Bulk API 2.0 gives them, column by column: text alone, null is '', date-times end in `Z`. */
  csv(from?: number, to?: number): string[][];
}

export interface Row {
  /** `AggregateResult` for one of a GROUP BY; `Name` for a parent that can be of several objects. */
  readonly type: string;
  /** Undefined for an aggregate. */
  readonly record: SalesforceRecord | undefined;
  readonly cells: readonly Cell[];
}

/** Names are as the object spells them, not as the query does. */
export type Cell =
  | { readonly kind: 'value'; readonly name: string; readonly type: FieldType; readonly value: FieldValue }
  | { readonly kind: 'parent'; readonly name: string; readonly row: Row | undefined }
  | { readonly kind: 'children'; readonly name: string; readonly rows: readonly Row[] };
