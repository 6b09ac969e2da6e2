import type { Field, FieldValue } from './field.ts';
import type { Org } from './org.ts';
import type { SalesforceRecord } from './record.ts';

/** What a write made of a field. */
export interface FieldEdit {
  readonly field: Field;
  readonly from: FieldValue;
  readonly to: FieldValue;
}

export interface Edited {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The user's id. */
  readonly by: string;
}

/** By the object, the object that keeps its history. */
const HISTORIES: Readonly<Record<string, string>> = { Lead: 'LeadHistory', Contact: 'ContactHistory' };

/** The object of which this is the history; undefined for what is none. */
export function subjectOf(history: string): string | undefined {
  return Object.keys(HISTORIES).find((object) => HISTORIES[object] === history);
}

/**
 * The name of FieldDefinition under which an administrator chooses a field: the parts of a name or an address are chosen as one.
 * https://help.salesforce.com/s/articleView?id=sf.tracking_field_history.htm
 */
export function definitionOf(field: string): string {
  if (['FirstName', 'LastName', 'Salutation'].includes(field)) return 'Name';
  const [, prefix] = /^(Mailing|Billing|)(?:Street|City|State|PostalCode|Country)$/.exec(field) ?? [];
  return prefix === undefined ? field : `${prefix}Address`;
}

/** Keeps the edits of tracked fields. What a record is made with is none. */
export function keepHistory(org: Org, record: SalesforceRecord, edits: readonly FieldEdit[], edited: Edited): void {
  const tracked = trackedOf(org, record);
  for (const { field, from, to } of edits) {
    if (!tracked.includes(definitionOf(field.name))) continue;
    if (field.type !== 'reference') {
      add(org, record, { Field: field.name, DataType: field.type, ...valuesOf(field, from, to) }, edited);
      continue;
    }
    // Once by the names of the other records, and once by their ids.
    const Field = field.name.replace(/Id$/, '');
    const nameOf = (id: FieldValue) => org.findAny(String(id))?.get('Name') ?? null;
    add(org, record, { Field, DataType: 'Text', OldValue: nameOf(from), NewValue: nameOf(to) }, edited);
    add(org, record, { Field, DataType: 'EntityId', OldValue: from, NewValue: to }, edited);
  }
}

/** A row without values, such as `created` or `leadConverted`; where any field of the object is tracked. */
export function keepMilestone(org: Org, record: SalesforceRecord, milestone: string, edited: Edited): void {
  if (trackedOf(org, record).length > 0) add(org, record, { Field: milestone }, edited);
}

function trackedOf({ settings }: Org, { type }: SalesforceRecord): readonly string[] {
  return settings.tracked[type.name] ?? [];
}

/** Of a long text and of several choices it is kept that they changed, and not what they were. */
function valuesOf({ type, length }: Field, from: FieldValue, to: FieldValue): Readonly<Record<string, FieldValue>> {
  if (length > 255 || type === 'multipicklist') return {};
  const told = (value: FieldValue) =>
    type === 'datetime' && typeof value === 'number' ? new Date(value).toISOString() : value;
  return { OldValue: told(from), NewValue: told(to) };
}

function add(
  org: Org,
  record: SalesforceRecord,
  values: Readonly<Record<string, FieldValue>>,
  { at, by }: Edited,
): void {
  const history = HISTORIES[record.type.name];
  if (history === undefined) return;
  const subject = { [`${record.type.name}Id`]: record.id };
  org.seed(org.type(history), { ...subject, ...values }, { created: at, modified: at, by });
}
