import type { CallKind } from '../api-budget.ts';
import type { CallOptions } from '../crm.ts';
import type { SalesforceApi } from './api/api.ts';
import { queryTogether } from './api/query.ts';
import { type Row, rowSchema } from './row.ts';

/** A query, deleted records included, and who is told of its rows. */
export interface Question {
  readonly soql: string;
  tell(row: Row): void;
}

/** Up to five questions in one call of the API's limit; no call where there is none. */
export async function askTogether(
  api: SalesforceApi,
  questions: readonly Question[],
  options: CallOptions & { readonly kind: CallKind },
): Promise<void> {
  const queries = questions.map(({ soql }) => ({ soql, row: rowSchema, all: true }));
  const answers = await queryTogether<Row[]>(api, queries, options);
  for (const [place, { tell }] of questions.entries()) for (const row of answers[place] ?? []) tell(row);
}
