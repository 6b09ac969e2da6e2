import { z } from 'zod';
import type { SalesforceApi } from '../api/api.ts';
import { queryTogether } from '../api/query.ts';

/** One of the records to be read, with all that is read of it. */
export interface TriedQuery {
  readonly object: string;
  readonly fields: readonly string[];
}

/**
 * Tries in one call whether these fields of these objects may be read, five objects at most; their values are not looked at.
 * @throws SalesforceRefusal for the first that may not: INVALID_TYPE for an object, INVALID_FIELD for a field.
 */
export async function tryQueries(api: SalesforceApi, tried: readonly TriedQuery[]): Promise<void> {
  const queries = tried.map(({ object, fields }) => ({
    soql: `SELECT ${['Id', ...fields].join(',')} FROM ${object} LIMIT 1`,
    row: z.unknown(),
  }));
  await queryTogether(api, queries, { kind: 'setup' });
}
