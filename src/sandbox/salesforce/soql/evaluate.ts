import type { Org } from '../org/org.ts';
import { aggregateAnswer, isAggregate } from './aggregate.ts';
import type { Answer } from './answer.ts';
import { compileColumns, makeRow } from './columns.ts';
import { csvValue } from './csv-value.ts';
import { parse } from './parse.ts';
import { type Asking, scopeOf } from './scope.ts';
import { selectRecords } from './select-records.ts';

export type { Asking } from './scope.ts';

/**
 * Answers a query over the records of the org as they are now.
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql.htm
 * @throws SoqlError with the code and message that the API answers
 */
export function evaluate(org: Org, soql: string, asking: Asking): Answer {
  const query = parse(soql);
  const scope = scopeOf(org, query.sObject ?? '', asking, query.sObjectAlias);
  if (isAggregate(query)) return aggregateAnswer(scope, query, selectRecords(scope, { where: query.where }));
  const columns = compileColumns(scope, query.fields ?? []);
  const records = selectRecords(scope, query);
  return {
    type: scope.type.name,
    totalSize: records.length,
    isCount: false,
    columns: columns.flat.map(({ name }) => name),
    rows: (from = 0, to = records.length) => records.slice(from, to).map((record) => makeRow(columns, record)),
    csv: (from = 0, to = records.length) =>
      records.slice(from, to).map((record) => columns.flat.map(({ last, read }) => csvValue(last.type, read(record)))),
  };
}
