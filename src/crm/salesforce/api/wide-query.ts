import { z } from 'zod';
import type { SalesforceApi } from './api.ts';
import { type QueryOptions, queryPages } from './query.ts';
import { queryPath } from './query-page.ts';
import { readAs } from './read-as.ts';
import { oneOf } from './soql.ts';

export interface WideQuery<Row> {
  /** Such as `Lead`. */
  readonly object: string;
  /** As many as there are; `Id` comes along. */
  readonly fields: readonly string[];
  /** What stands behind the object: `WHERE SystemModstamp >= …`. */
  readonly where: string;
  readonly row: z.ZodType<Row>;
}

/**
 * `queryPages` for more fields than one request has room for: each page is asked for in several parts, whose rows are put
 * together by their ids. A row that was purged between two parts is left out.
 * @throws as `queryPages`.
 */
export async function* queryWide<Row>(
  api: SalesforceApi,
  { object, fields, where, row }: WideQuery<Row>,
  options: QueryOptions,
): AsyncIterable<Row[]> {
  const fits = (part: readonly string[], rest: string): boolean => {
    const { length } = queryPath(select(object, part, rest), options.all);
    return length <= LONGEST_URI;
  };
  const [first = ['Id'], ...parts] = splitFields(fields, (part) => fits(part, where) && fits(part, FULL_LIST));
  for await (const page of queryPages(api, select(object, first, where), partRow, options)) {
    const whole = new Map(page.map((part) => [part.Id, part]));
    for (const part of parts) {
      const found = new Set<string>();
      for (const ids of slices([...whole.keys()], ROWS_AT_ONCE)) {
        const soql = select(object, part, `WHERE Id IN ${oneOf(ids)}`);
        for await (const rows of queryPages(api, soql, partRow, options)) {
          for (const more of rows) {
            const before = whole.get(more.Id);
            if (before !== undefined) putTogether(before, more);
            found.add(more.Id);
          }
        }
      }
      for (const id of whole.keys()) if (!found.has(id)) whole.delete(id);
    }
    const rows = readAs(z.array(row), [...whole.values()], 'a query');
    if (rows.length > 0) yield rows;
  }
}

/** The fields in as few parts as `fits` allows, each with `Id` in front; a field that does not fit by itself is alone. */
export function splitFields(
  fields: readonly string[],
  fits: (fields: readonly string[]) => boolean,
): [string[], ...string[][]] {
  const parts: [string[], ...string[][]] = [['Id']];
  let last = parts[0];
  for (const field of new Set(fields)) {
    if (field === 'Id') continue;
    if (last.length > 1 && !fits([...last, field])) {
      last = ['Id'];
      parts.push(last);
    }
    last.push(field);
  }
  return parts;
}

/** Salesforce takes 16,384 bytes for URI and headers together; the access token alone may have 2,000. */
const LONGEST_URI = 11_000;
const ROWS_AT_ONCE = 200;
const FULL_LIST = `WHERE Id IN ${oneOf(Array.from({ length: ROWS_AT_ONCE }, () => '0'.repeat(18)))}`;

/** Fields of a parent, such as `Account.Name`, may stand in several parts. */
function putTogether(before: Record<string, unknown>, more: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(more)) {
    const known = before[name];
    if (isRecord(known) && isRecord(value)) putTogether(known, value);
    else before[name] = value;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const partRow = z.looseObject({ Id: z.string() });

function select(object: string, fields: readonly string[], rest: string): string {
  return `SELECT ${fields.join(',')} FROM ${object} ${rest}`.trim();
}

function* slices<T>(items: readonly T[], size: number): Iterable<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
