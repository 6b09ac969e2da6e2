import { z } from 'zod';
import { RetryableError } from '../../../base/errors.ts';
import type { CallKind } from '../../api-budget.ts';
import type { CallOptions } from '../../crm.ts';
import { type ApiAnswer, dataPath, type SalesforceApi } from './api.ts';
import { SalesforceRefusal } from './error-table.ts';
import { throwProblems } from './judge.ts';
import { parseProblems } from './problems.ts';
import { asQueryError, QueryTooSlowError } from './query-errors.ts';
import { type Page, queryPath, readPage } from './query-page.ts';
import { readAs } from './read-as.ts';

export interface QueryOptions extends CallOptions {
  readonly kind: CallKind;
  /** Deleted records, merge losers and archived activities too. */
  readonly all?: boolean;
}

export interface Query<Row> {
  readonly soql: string;
  readonly row: z.ZodType<Row>;
  readonly all?: boolean;
}

/**
 * The rows of a query, page by page, as many as there are.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm
 * @throws QueryRestartError (retryable) where Salesforce no longer keeps the rest of the pages; QueryTooSlowError (retryable)
 *   where it gave up after two minutes; SalesforceRefusal for a query that it does not understand, `fields` naming what of it.
 */
export async function* queryPages<Row>(
  api: SalesforceApi,
  soql: string,
  row: z.ZodType<Row>,
  options: QueryOptions,
): AsyncIterable<Row[]> {
  yield* pagesFrom(api, queryPath(soql, options.all), row, options);
}

/**
 * The rows of up to five queries, which one composite request carries: one call of the API's limit. What does not fit on the
 * first page of each is read by calls of its own.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite_post.htm
 * @throws as `queryPages`, where any of the queries fails.
 */
export function queryTogether<Rows extends readonly unknown[]>(
  api: SalesforceApi,
  queries: readonly [...{ readonly [Place in keyof Rows]: Query<Rows[Place]> }],
  options: Omit<QueryOptions, 'all'>,
): Promise<{ -readonly [Place in keyof Rows]: Rows[Place][] }>;
export async function queryTogether(
  api: SalesforceApi,
  queries: readonly Query<unknown>[],
  options: Omit<QueryOptions, 'all'>,
): Promise<unknown[][]> {
  const answers = await queryEach(api, queries, options);
  return answers.map((answer) => {
    if (Array.isArray(answer)) return answer;
    throw answer;
  });
}

/** The rows of a query, or what is wrong with it. */
export type QueryAnswer = unknown[] | SalesforceRefusal | QueryTooSlowError;

/** The same, but what is wrong with one query stands in place of its rows. @throws for what is wrong with all of them */
export async function queryEach(
  api: SalesforceApi,
  queries: readonly Query<unknown>[],
  options: Omit<QueryOptions, 'all'>,
): Promise<QueryAnswer[]> {
  if (queries.length === 0) return [];
  if (queries.length > MOST_TOGETHER) throw new TypeError(`at most ${MOST_TOGETHER} queries go together`);
  const compositeRequest = queries.map(({ soql, all }, place) => ({
    method: 'GET',
    url: queryPath(soql, all),
    referenceId: `query${place}`,
  }));
  const { body } = await api.call({
    ...options,
    method: 'POST',
    path: dataPath('/composite'),
    body: { allOrNone: false, compositeRequest },
    repeatable: true,
  });
  const { compositeResponse } = readAs(composite, body, 'queries together');
  const answers = new Map(compositeResponse.map((answer) => [answer.referenceId, answer]));

  const found: QueryAnswer[] = [];
  for (const [place, query] of queries.entries()) {
    const answer = answers.get(`query${place}`);
    if (answer === undefined) throw new RetryableError('Salesforce left a query out of its answer');
    found.push(await allRows(api, query, answer, options).catch(unlessOfQuery));
  }
  return found;
}

type Subanswer = z.output<typeof composite>['compositeResponse'][number];

async function allRows(
  api: SalesforceApi,
  query: Query<unknown>,
  answer: Subanswer,
  options: Omit<QueryOptions, 'all'>,
): Promise<unknown[]> {
  const { rows, next } = firstPage(query, answer);
  if (next !== undefined)
    for await (const page of pagesFrom(api, next, query.row, options)) for (const row of page) rows.push(row);
  return rows;
}

/** For `catch`. */
function unlessOfQuery(error: unknown): SalesforceRefusal | QueryTooSlowError {
  if (error instanceof SalesforceRefusal || error instanceof QueryTooSlowError) return error;
  throw error;
}

/** Salesforce's own limit of queries in a composite request. */
export const MOST_TOGETHER = 5;

const composite = z.object({
  compositeResponse: z.array(z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() })),
});

function firstPage(query: Query<unknown>, { httpStatusCode, body }: Subanswer) {
  if (httpStatusCode < 300) return readPage(body, query.row);
  try {
    return throwProblems('a query', httpStatusCode, parseProblems(body));
  } catch (error) {
    return asQueryError(error);
  }
}

async function* pagesFrom<Row>(
  api: SalesforceApi,
  first: string,
  row: z.ZodType<Row>,
  { all: _, ...options }: QueryOptions,
): AsyncIterable<Row[]> {
  for (let path: string | undefined = first; path !== undefined; ) {
    const answer: ApiAnswer = await api.call({ ...options, method: 'GET', path }).catch(asQueryError);
    const { rows, next }: Page<Row> = readPage(answer.body, row);
    if (next === path) throw new RetryableError('Salesforce named the same page of a query as the next one');
    if (rows.length > 0) yield rows;
    path = next;
  }
}
