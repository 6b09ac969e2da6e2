/** What a property holds: text as it is, numbers and date-times (milliseconds since 1970) as numbers. */
export type Value = string | number;

/** By property name; undefined clears. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** A contact or a company. */
export interface CrmRecord {
  readonly id: string;
  /** The id as a number: the order of lists. */
  readonly number: number;
  /** Place in the store; grows with the id. */
  readonly index: number;
  /** By property slot, so that a million contacts cost an array each and no keys. */
  values: (Value | undefined)[];
  state: 'live' | 'archived' | 'merged' | 'erased';
  archivedAt: number | undefined;
}
