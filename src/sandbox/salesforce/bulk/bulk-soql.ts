import { apiError } from './bulk-error.ts';

/** What a query in bulk says of itself, before it is evaluated. */
export interface BulkSoql {
  /** ORDER BY and LIMIT are taken, and make Salesforce read everything in one go: no chunking by primary key. */
  readonly isChunked: boolean;
}

const COMPOUND = /^(?:\w+\.)*(?:Mailing|Other|Billing|Shipping|Person\w*)?Address$/i;
const AGGREGATE = /\b(?:COUNT|COUNT_DISTINCT|SUM|AVG|MIN|MAX|GROUPING)\s*\(/i;

/**
 * Reads as much of a query as the Bulk API cares for.
 * https://developer.salesforce.com/docs/platform/api-asynch/guide/queries.html
 * @throws API_ERROR for what cannot be queried in bulk
 */
export function readBulkSoql(soql: string): BulkSoql {
  const bare = soql.replace(/'(?:\\.|[^'\\])*'/g, "''");
  const outer = withoutBrackets(bare);
  const parts = /^\s*SELECT\s+([\s\S]+?)\s+FROM\s+\w+([\s\S]*)$/i.exec(outer);
  if (parts === null) throw apiError('The query cannot be read: it needs SELECT and FROM');
  const [, list = '', rest = ''] = parts;
  if (/\bTYPEOF\b/i.test(list)) throw notSupported('TYPEOF');
  // What brackets held is gone by now: without the name of a function before them it was a query of child records.
  const columns = list.split(',').map((column) => column.trim());
  if (columns.includes('()')) {
    throw apiError('Aggregate Relationships not supported in Bulk V2 Query with CSV content type');
  }
  if (AGGREGATE.test(list)) throw notSupported('Aggregate functions');
  if (/\bGROUP\s+BY\b/i.test(rest)) throw notSupported('GROUP BY');
  if (/\bOFFSET\b/i.test(rest)) throw notSupported('OFFSET');
  if (columns.some((column) => COMPOUND.test(column)))
    throw apiError('Selecting compound data not supported in Bulk Query');
  return { isChunked: !/\b(?:ORDER\s+BY|LIMIT)\b/i.test(rest) };
}

/** Text in quotes must be gone before: it could hold brackets. */
function withoutBrackets(bare: string): string {
  for (let text = bare; ; ) {
    const next = text.replace(/\((?:[^()]|\(\))+\)/g, '()');
    if (next === text) return text;
    text = next;
  }
}

function notSupported(what: string) {
  return apiError(`${what} is not supported in Bulk V2 Query`);
}
