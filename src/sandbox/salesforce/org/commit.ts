import { actorOf } from './actor-of.ts';
import { behaviourOf } from './behaviours/behaviours.ts';
import type { Draft } from './draft.ts';
import type { FieldValue } from './field.ts';
import { keepHistory, keepMilestone } from './field-history.ts';
import type { Org, OrgChange, Writing } from './org.ts';
import type { SalesforceRecord } from './record.ts';

/**
 * Makes a write whose values are known to be good: stores them, stamps the record, tells the listeners. A write that changes
 * no value stamps the record all the same, as Salesforce does.
 */
export function commit(org: Org, draft: Draft, how: Writing): SalesforceRecord {
  const at = org.now();
  const by = actorOf(org, how);
  const { before } = draft;
  const edits = [...draft.changes]
    .map(([field, to]) => ({ field, from: before?.slots[field.slot] ?? null, to }))
    .filter(({ from, to }) => from !== to);
  const fields = edits.map(({ field }) => field.name);
  const record = before === undefined ? add(draft, at, by) : writeOver(before, draft, at, by);
  if (before === undefined) keepMilestone(org, record, 'created', { at, by });
  else keepHistory(org, record, edits, { at, by });
  if (fields.includes('IsConverted') && record.flag('IsConverted')) {
    keepMilestone(org, record, 'leadConverted', { at, by });
  }
  finish(org, { kind: before === undefined ? 'created' : 'updated', record, at, by, fields }, how);
  return record;
}

/** Moves the record's times of change, as every write does. */
export function stamp(record: SalesforceRecord, at: number, by: string): void {
  writeValue(record, 'LastModifiedDate', at);
  writeValue(record, 'LastModifiedById', by);
  writeValue(record, 'SystemModstamp', at);
}

/** Stores one value, where the object has the field. */
export function writeValue(record: SalesforceRecord, name: string, value: FieldValue): void {
  const field = record.type.field(name);
  if (field !== undefined) record.type.write(record, field, value);
}

function add({ objectType, changes }: Draft, at: number, by: string): SalesforceRecord {
  const slots = objectType.emptySlots();
  for (const [{ slot }, value] of changes) slots[slot] = value;
  const record = objectType.add(slots);
  writeValue(record, 'CreatedDate', at);
  writeValue(record, 'CreatedById', by);
  stamp(record, at, by);
  return record;
}

function writeOver(record: SalesforceRecord, { changes }: Draft, at: number, by: string): SalesforceRecord {
  for (const [field, value] of changes) {
    if (value !== (record.slots[field.slot] ?? null)) record.type.write(record, field, value);
  }
  stamp(record, at, by);
  return record;
}

/** What hangs on the record follows before anybody hears of it. */
function finish(org: Org, change: OrgChange, how: Writing): void {
  behaviourOf(change.record.type.name).follow?.(org, change, how);
  org.changed(change);
}
