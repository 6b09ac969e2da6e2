import type { HubSpotError } from '../http/answer.ts';
import type { Scope } from '../http/tokens.ts';
import type { Property } from '../portal/property.ts';
import type { Version } from '../portal/property-history.ts';
import type { InvalidValue } from '../portal/property-value.ts';
import type { CrmRecord, Value, Values } from '../portal/record.ts';
import type { RecordStore } from '../portal/record-store.ts';
import type { RecordTable } from '../portal/record-table.ts';
import type { SalesKind } from '../portal/sales-properties.ts';

/** What is wrong with the value of a property. */
export type ValueProblem = InvalidValue & { readonly name: string };

/** A type of record as in paths. */
export type ObjectName = 'contacts' | 'companies' | SalesKind;

/** All in which the calls for contacts, for companies and for what sales keeps differ. */
export interface RecordType<T extends CrmRecord> {
  /** As in paths. */
  readonly name: ObjectName;
  /** As in messages. */
  readonly word: string;
  /** `0-1`. */
  readonly typeId: string;
  /** Needed for every call, besides those below. */
  readonly alsoScope?: Scope;
  readonly scopes: Readonly<Record<'read' | 'write' | 'readSchema' | 'writeSchema', Scope>>;
  readonly store: RecordStore<T>;
  readonly table: RecordTable<T>;
  /** What a property held, oldest first; undefined for types of which nothing is kept but the present. */
  readonly versions?: (record: T, property: Property) => readonly Version[];
  /** What nobody can create one without. */
  readonly required: readonly string[];
  /** What comes back where a call names no properties. */
  readonly standard: readonly string[];
  /** Where a search looks for words that name no property. */
  readonly searched: readonly string[];
  /** The property, besides the id, that names one record. */
  readonly unique: { readonly name: string; find(value: string): T | undefined } | undefined;
  /** Puts valid values into the form in which they are kept, and says what is wrong with them for this type alone. */
  tidy(values: Record<string, Value | undefined>): ValueProblem[];
  /** The error where another record has what one alone may have; undefined as record for a new one. */
  conflict(values: Values, record: T | undefined): HubSpotError | undefined;
  create(values: Values): T;
  write(record: T, values: Values): void;
  remove(record: T): void;
  /** Undefined for what cannot be merged. */
  readonly merge: ((primary: T, other: T) => T) | undefined;
}
