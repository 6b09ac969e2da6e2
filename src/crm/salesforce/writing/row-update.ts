import { isSalesforceId } from '../api/record-id.ts';
import type { FieldValue } from '../outputs.ts';
import type { StageMove } from './stage-moves.ts';
import type { ContactPlace } from './write-context.ts';

export type WrittenObject = 'Lead' | 'Contact' | 'Account';

/** One record to write, by the fields that change. */
export interface RowUpdate {
  /** The record that it is about, as the caller knows it: a Lead, a Contact or an Account. */
  readonly id: string;
  readonly object: WrittenObject;
  /** The record that is written: of a person account its Account, of a converted Lead its Contact. */
  readonly recordId: string;
  /** The record whose change time tells of the write: of a person account its Contact. */
  readonly readId: string;
  /** Rows of one account are written together: the org locks the account for each. */
  readonly accountId: string | undefined;
  /** By the names that Leads and Contacts have. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** How the stage was to move, for the Contact of a Lead that turns out to be converted; absent where it was not. */
  readonly move?: StageMove | undefined;
}

/** Which record holds the fields of this lead. `person` is its Lead or Contact. */
export function updateOf(
  id: string,
  person: string,
  place: ContactPlace | undefined,
  fields: RowUpdate['fields'],
): RowUpdate {
  const accountId = place?.accountId;
  const base = { id, readId: person, accountId, fields };
  if (isLeadId(person)) return { ...base, object: 'Lead', recordId: person };
  if (place?.isPersonAccount === true && accountId !== undefined)
    return { ...base, object: 'Account', recordId: accountId };
  return { ...base, object: 'Contact', recordId: person };
}

/** As a collection takes it. */
export function toRecord(update: RowUpdate): Record<string, unknown> {
  return { attributes: { type: update.object }, Id: update.recordId, ...fieldsOf(update) };
}

/** The custom fields of contacts end in `__pc` on a person account. */
export function fieldsOf({ object, readId, fields }: RowUpdate): RowUpdate['fields'] {
  if (object !== 'Account' || isAccountId(readId)) return fields;
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.replace(/__c$/, '__pc'), value]));
}

/** By object, as a collection may change it ten times at most; then by account, so that its rows share one lock. */
export function inLockOrder(updates: readonly RowUpdate[]): RowUpdate[] {
  const keyed = updates.map((update) => ({ update, key: [update.object, update.accountId ?? '', update.recordId] }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ update }) => update);
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const other = b[index] ?? '';
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}

/** An id says what it is the id of; undefined for none of these, and for what is no id at all. */
export function objectOf(id: string): WrittenObject | undefined {
  return isSalesforceId(id) ? OBJECTS[id.slice(0, 3)] : undefined;
}

const OBJECTS: Readonly<Record<string, WrittenObject>> = { '00Q': 'Lead', '003': 'Contact', '001': 'Account' };

export const isLeadId = (id: string) => objectOf(id) === 'Lead';
export const isContactId = (id: string) => objectOf(id) === 'Contact';
export const isAccountId = (id: string) => objectOf(id) === 'Account';

/** The ids of each object, where there are any. */
export function byObject(ids: Iterable<string>): [WrittenObject, string[]][] {
  const groups = Map.groupBy(new Set(ids), objectOf);
  return [...groups].flatMap(([object, each]) => (object === undefined ? [] : [[object, each]]));
}
