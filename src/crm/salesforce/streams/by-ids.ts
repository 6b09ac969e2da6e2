import type { z } from 'zod';
import { batches } from '../../../base/batches.ts';
import type { CallOptions } from '../../crm.ts';
import type { SalesforceApi } from '../api/api.ts';
import { MOST_TOGETHER, queryTogether } from '../api/query.ts';
import { oneOf } from '../api/soql.ts';

/** The address of a query may have 16,384 signs, and an id takes 27 of them. */
const IDS_IN_QUERY = 400;

/** A query for the records that have one of some ids in a field. */
export interface ByIds<Row> {
  /** `SELECT … WHERE EmailMessageId IN ${ids}`. */
  readonly soql: (ids: string) => string;
  readonly row: z.ZodType<Row>;
}

/** The rows of all these ids, the deleted too: 2,000 ids in one call. */
export async function rowsByIds<Row>(
  api: SalesforceApi,
  ids: readonly string[],
  { soql, row }: ByIds<Row>,
  options?: CallOptions,
): Promise<Row[]> {
  const queries = [...batches([...new Set(ids)], IDS_IN_QUERY)].map((some) => ({
    soql: soql(oneOf(some)),
    row,
    all: true,
  }));
  const found: Row[][][] = [];
  for (const together of batches(queries, MOST_TOGETHER))
    found.push(await queryTogether<Row[]>(api, together, { ...options, kind: 'activity' }));
  return found.flat(2);
}
