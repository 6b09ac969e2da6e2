import type { Column } from './row.ts';

export interface VisibleField {
  /** As Salesforce writes it. */
  readonly name: string;
  /** As describe names it. */
  readonly type: string;
  /** A formula or a roll-up: its value changes without a trace in the record's time of change. */
  readonly calculated: boolean;
}

/** The fields of an object that our user may see, by their names in small letters: Salesforce does not tell names apart by case. */
export type VisibleFields = ReadonlyMap<string, VisibleField>;

export function visibleFields(fields: readonly VisibleField[]): VisibleFields {
  const readable = fields.filter(({ type }) => !COMPOUND.has(type));
  return new Map(readable.map((field) => [field.name.toLowerCase(), field]));
}

/** Made of several values: Bulk refuses a query for one, and it has no text. Their parts are fields of their own. */
const COMPOUND: ReadonlySet<string> = new Set(['address', 'location', 'complexvalue', 'base64']);

/** Undefined for a field that is not there, or not for us. `parent` goes before its name: `Account.`. */
export function columnOf(visible: VisibleFields, name: string, parent = ''): Column | undefined {
  const field = visible.get(name.toLowerCase());
  return field === undefined ? undefined : { name: `${parent}${field.name}`, type: field.type };
}

export function hasField(visible: VisibleFields, name: string): boolean {
  return visible.has(name.toLowerCase());
}
