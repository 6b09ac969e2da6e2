import { kindOfQuery } from '../http/call-kind.ts';
import type { Answer, Call, Route, SentCall } from '../http/route.ts';
import { refusal } from '../http/salesforce-error.ts';
import type { Org } from '../org/org.ts';
import { evaluate } from '../soql/evaluate.ts';
import { restRow } from '../soql/rest-row.ts';
import { SoqlError } from '../soql/soql-error.ts';
import { columnMetadata } from './column-metadata.ts';
import { asksOfDefinitions, definitionsOf } from './field-definitions.ts';
import { pageSize } from './page-size.ts';
import type { Cursor, QueryCursors } from './query-cursors.ts';

const DATA = '/services/data/{version}';
/** In characters. https://developer.salesforce.com/docs/platform/salesforce-app-limits-cheatsheet/guide/salesforce-app-limits-platform-soslsoql.html */
const LONGEST_QUERY = 100_000;

/** https://developer.salesforce.com/docs/platform/api-rest/guide/resources-query.html */
export function queryRoutes(org: Org, cursors: QueryCursors): Route[] {
  return ['query', 'queryAll'].flatMap((resource): Route[] => [
    {
      method: 'GET',
      template: `${DATA}/${resource}`,
      kind: ({ query }) => kindOfQuery(query.get('q') ?? ''),
      handle: (call) => first(org, cursors, resource, call),
    },
    {
      method: 'GET',
      template: `${DATA}/${resource}/{locator}`,
      kind: ({ params }: SentCall) => cursors.kindOf(params.locator ?? ''),
      handle: (call) => more(cursors, call),
    },
  ]);
}

function first(org: Org, cursors: QueryCursors, resource: string, { query, headers, params, session }: Call): Answer {
  const soql = query.get('q');
  if (soql === null) throw refusal('MALFORMED_QUERY', 'A query string has to be specified');
  if (soql.length > LONGEST_QUERY)
    throw refusal('MALFORMED_QUERY', 'SOQL statements cannot be longer than 100000 characters.');
  // Definitions are given as the user sees them.
  const asked = asksOfDefinitions(soql)
    ? { source: definitionsOf(org, session.userId), user: undefined }
    : { source: org, user: session.userId };
  const found = answered(() => evaluate(asked.source, soql, { user: asked.user, all: resource === 'queryAll' }));
  const { type, columns, totalSize } = found;
  if (query.get('columns') === 'true') return { status: 200, body: columnMetadata(asked.source.type(type), columns) };
  const dataPath = `/services/data/${params.version}`;
  const cursor: Cursor = {
    kind: kindOfQuery(soql),
    resource,
    totalSize: found.isCount ? 0 : totalSize,
    pageSize: pageSize(org, { type, columns, options: headers['sforce-query-options'] }),
    rows: (from, to) => found.rows(from, to).map((row) => restRow(row, dataPath)),
  };
  if (found.isCount) return { status: 200, body: { totalSize, done: true, records: [] } };
  const id = cursor.totalSize > cursor.pageSize ? cursors.open(cursor) : undefined;
  return page(cursor, id, 0, dataPath);
}

function more(cursors: QueryCursors, { params }: Call): Answer {
  const { id, cursor, from } = cursors.find(params.locator ?? '');
  return page(cursor, id, from, `/services/data/${params.version}`);
}

function page(cursor: Cursor, id: string | undefined, from: number, dataPath: string): Answer {
  const { totalSize, pageSize: size, resource, rows } = cursor;
  const end = Math.min(totalSize, from + size);
  const done = end === totalSize;
  const next = done || id === undefined ? {} : { nextRecordsUrl: `${dataPath}/${resource}/${id}-${end}` };
  return { status: 200, body: { totalSize, done, ...next, records: rows(from, end) } };
}

function answered<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw error instanceof SoqlError ? refusal(error.code, error.message) : error;
  }
}
