/**
 * Bulk API 2.0 reads a large table in parts by its ids, and gives that up for a query that is ordered or limited; others it
 * refuses altogether.
 * https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/queries.htm
 * @throws TypeError for such a query.
 */
export function checkBulkSoql(soql: string): void {
  // What stands between quotes is a value, whatever it says.
  const bare = soql.replace(/'(?:[^'\\]|\\.)*'/gs, "''");
  const [word] = /\b(?:ORDER\s+BY|LIMIT|OFFSET|GROUP\s+BY|HAVING|TYPEOF)\b/i.exec(bare) ?? [];
  if (word !== undefined) throw new TypeError(`a bulk query has no ${word.toUpperCase()}`);
  const [list = ''] = bare.split(/\bFROM\b/i, 1);
  if (/\(\s*SELECT\b/i.test(list)) throw new TypeError('a bulk query has no subquery among its fields');
  if (/\b(?:COUNT|COUNT_DISTINCT|SUM|AVG|MIN|MAX)\s*\(/i.test(list))
    throw new TypeError('a bulk query has no aggregate');
}
