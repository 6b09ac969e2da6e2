import { z } from 'zod';
import { RetryableError } from '../../../base/errors.ts';
import { dataPath } from './api.ts';
import { readAs } from './read-as.ts';

export interface Page<Row> {
  readonly rows: Row[];
  /** The path of the next page. */
  readonly next: string | undefined;
}

/** Where a query is asked: of 2,000 rows a page at most, and often fewer. */
export function queryPath(soql: string, all = false): string {
  return `${dataPath(all ? '/queryAll' : '/query')}?q=${encodeURIComponent(soql)}`;
}

/** @throws RetryableError for an answer that is no page of such rows, or that does not say how it goes on. */
export function readPage<Row>(body: unknown, row: z.ZodType<Row>): Page<Row> {
  const schema = z.object({ done: z.boolean(), nextRecordsUrl: locator.nullish(), records: z.array(row) });
  const { done, nextRecordsUrl, records } = readAs(schema, body, 'a query');
  if (done) return { rows: records, next: undefined };
  if (nextRecordsUrl == null) throw new RetryableError('Salesforce did not say where the rest of a query is');
  return { rows: records, next: nextRecordsUrl };
}

const locator = z.string().regex(/^\/services\/data\/v[\d.]+\/query(?:All)?\/[\w-]+$/);
