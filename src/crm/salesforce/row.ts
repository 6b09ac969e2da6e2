import { z } from 'zod';

/**
 * A record as a query gives it: REST nests the fields of a parent (`Account: { Name }`) and has values of JSON, Bulk names them
 * `Account.Name` and has nothing but text.
 */
export type Row = Readonly<Record<string, unknown>>;

export const rowSchema: z.ZodType<Row> = z.record(z.string(), z.unknown());

/** A field to select: `Title`, or `Account.Industry` of a parent. */
export interface Column {
  readonly name: string;
  /** As describe names it: `string`, `currency`, `datetime`. */
  readonly type: string;
}

/**
 * The value of a column as text, the same whichever API gave it: without blanks around it, numbers and times written in one way.
 * Undefined where there is none.
 */
export function columnText(row: Row, { name, type }: Column): string | undefined {
  const text = textOf(row, name);
  if (text === undefined) return undefined;
  if (NUMBERS.has(type)) return numberText(text);
  if (type === 'datetime') return timeText(text);
  // Bulk may end the lines of a long text in another way than REST.
  return text.replaceAll('\r\n', '\n');
}

/** The same for a field that needs no type, such as an id. */
export function textOf(row: Row, name: string): string | undefined {
  const value = rawValue(row, name);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // An address or a place is an object, and Bulk knows neither: they count as empty.
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

export function flagOf(row: Row, name: string): boolean {
  return textOf(row, name) === 'true';
}

/** A time in milliseconds since 1970. */
export function timeOf(row: Row, name: string): number | undefined {
  const text = textOf(row, name);
  return text === undefined ? undefined : readTime(text);
}

/** What a field of the record or of its parent holds, as it came. */
export function rawValue(row: Row, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name];
  const dot = name.indexOf('.');
  const parent = dot === -1 ? undefined : row[name.slice(0, dot)];
  return isRow(parent) ? rawValue(parent, name.slice(dot + 1)) : undefined;
}

const NUMBERS: ReadonlySet<string> = new Set(['int', 'long', 'double', 'currency', 'percent']);

/** Bulk writes a large number as `1.5E7`. */
function numberText(text: string): string | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? String(value) : undefined;
}

function timeText(text: string): string | undefined {
  const time = readTime(text);
  return time === undefined ? undefined : new Date(time).toISOString();
}

/** `2026-11-16T09:00:00.000+0000` as REST writes it, or `2026-11-16T09:00:00.000Z` as Bulk does. */
function readTime(text: string): number | undefined {
  const time = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(time) ? undefined : time;
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
