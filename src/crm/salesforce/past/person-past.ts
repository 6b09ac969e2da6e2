import { HOUR } from '../../../base/clock.ts';
import { type Past, type PastValue, withoutRepeats } from '../../../leads/lead-at.ts';
import type { FieldColumn } from '../field-columns.ts';
import { type Column, columnText, type Row, textOf, timeOf } from '../row.ts';
import { timeOnDay } from '../streams/time-on-day.ts';
import type { HistoryTable } from './history-table.ts';
import type { MarkColumn } from './past-marks.ts';

/** How the past of records of one kind is read. */
export interface PastSource {
  /** Where our fields come from. */
  readonly fields: readonly FieldColumn[];
  /** What holds when a lead last came to be an MQL. */
  readonly marks: readonly MarkColumn[];
  /** Those of them of which a history is kept. */
  readonly kept: ReadonlySet<Column>;
  readonly history: HistoryTable;
}

/** A record as a query gave it. */
export interface PastRow {
  readonly source: PastSource;
  readonly row: Row;
}

/** When the record was made, in milliseconds since 1970. */
export function madeAt(row: Row): number {
  return timeOf(row, 'CreatedDate') ?? 0;
}

/** What the record's fields held, for those of which a history is kept. */
export function ownPast({ source, row }: PastRow): Past {
  const kept = source.fields.filter(({ column }) => source.kept.has(column));
  return Object.fromEntries(kept.map(({ field, column }) => [field, valuesOf(source, row, column)]));
}

/**
 * The past of a Contact that was a Lead before: the Lead's until the Contact was made, and its own since. Nobody edits a Lead that was
 * converted, so that all of its fields tell, whether a history of them is kept or not.
 */
export function pastOfConverted(lead: PastRow, contact: PastRow): Past {
  const handover = madeAt(contact.row);
  if (madeAt(lead.row) >= handover) return ownPast(contact);
  const before = new Map(lead.source.fields.map(({ field, column }) => [field, column]));
  const after = new Map(contact.source.fields.map(({ field, column }) => [field, column]));
  const fields = [...new Set([...before.keys(), ...after.keys()])];
  const past = fields.flatMap((field) => {
    const [was, is] = [before.get(field), after.get(field)];
    if (was === undefined && !(is !== undefined && contact.source.kept.has(is))) return [];
    const then = was === undefined ? [] : valuesOf(lead.source, lead.row, was).filter(({ since }) => since < handover);
    const now = is === undefined ? [{ value: undefined, since: handover }] : valuesOf(contact.source, contact.row, is);
    const since = now.map((each) => ({ ...each, since: Math.max(each.since, handover) }));
    return [[field, withoutRepeats([...then, ...since])] as const];
  });
  return Object.fromEntries(past);
}

/** When a Lead was converted to this Contact: Salesforce keeps the day, and the moment where the conversion made the Contact. */
export function convertedAt(lead: Row, contact: Row): number | undefined {
  const day = textOf(lead, 'ConvertedDate')?.slice(0, 10);
  if (day === undefined) return undefined;
  const made = madeAt(contact);
  if (timeOnDay(day, made) === made) return made;
  return Date.parse(`${day}T00:00:00Z`) - FIRST_ZONE;
}

/** Nobody tells whose day it was: it begins in UTC+14 first. */
const FIRST_ZONE = 14 * HOUR;

/** What was there before the first change that is known counts from the start; a field without any change was always as it is. */
function valuesOf({ kept, history }: PastSource, row: Row, column: Column): PastValue[] {
  const made = madeAt(row);
  const changes = kept.has(column) ? history.changesOf(textOf(row, 'Id') ?? '', column) : [];
  const [first] = changes;
  if (first === undefined) return [{ value: columnText(row, column), since: made }];
  const start = { value: first.from, since: Math.min(made, first.at) };
  return withoutRepeats([start, ...changes.map(({ to, at }) => ({ value: to, since: at }))]);
}
