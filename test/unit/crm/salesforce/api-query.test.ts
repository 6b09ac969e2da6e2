import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { FatalError, RateLimitedError, RetryableError } from '../../../../src/base/errors.ts';
import { SalesforceRefusal } from '../../../../src/crm/salesforce/api/error-table.ts';
import { queryPages, queryTogether } from '../../../../src/crm/salesforce/api/query.ts';
import { QueryRestartError, QueryTooSlowError } from '../../../../src/crm/salesforce/api/query-errors.ts';
import { queryWide, splitFields } from '../../../../src/crm/salesforce/api/wide-query.ts';
import {
  createBench,
  failure,
  ORG,
  org,
  playTranscripts,
  problem,
  signsIn,
  startOrg,
  TOKENS,
} from '../../../support/salesforce-transcript.ts';

playTranscripts();

const QUERY = '/services/data/v68.0/query';
const QUERY_ALL = '/services/data/v68.0/queryAll';
const COMPOSITE = '/services/data/v68.0/composite';
const SOQL = 'SELECT Id FROM Lead';
const row = z.object({ Id: z.string() });
const READ = { kind: 'read' } as const;

/** As many leads as named, as a page of a query. */
function page(ids: readonly string[], next?: string, totalSize = 5) {
  const records = ids.map((Id) => ({
    attributes: { type: 'Lead', url: `/services/data/v68.0/sobjects/Lead/${Id}` },
    Id,
  }));
  return { totalSize, done: next === undefined, ...(next === undefined ? {} : { nextRecordsUrl: next }), records };
}

function idsOf(rows: readonly { readonly Id: string }[]): string[] {
  return rows.map(({ Id }) => Id);
}

describe('a query', () => {
  beforeEach(() => signsIn(TOKENS[0]));

  test('is read to its end, however few rows a page has', async () => {
    const { api, calls } = createBench();
    org()
      .get(QUERY)
      .query({ q: SOQL })
      .reply(200, page(['a', 'b'], `${QUERY}/01gxx-2000`));
    org()
      .get(`${QUERY}/01gxx-2000`)
      .reply(200, page([], `${QUERY}/01gxx-2001`));
    org()
      .get(`${QUERY}/01gxx-2001`)
      .reply(200, page(['c']));
    const pages = await Array.fromAsync(queryPages(api, SOQL, row, { kind: 'search' }));
    expect(pages.map(idsOf)).toEqual([['a', 'b'], ['c']]);
    expect(calls).toEqual(['search', 'search', 'search']);
  });

  test('reads deleted rows too where it is told to', async () => {
    const { api } = createBench();
    org()
      .get(QUERY_ALL)
      .query({ q: SOQL })
      .reply(200, page(['a']));
    const pages = await Array.fromAsync(queryPages(api, SOQL, row, { ...READ, all: true }));
    expect(pages).toHaveLength(1);
  });

  test('asks for no page more than it is asked for', async () => {
    const { api, calls } = createBench();
    org()
      .get(QUERY)
      .query(true)
      .reply(200, page(['a'], `${QUERY}/01gxx-2000`));
    for await (const _ of queryPages(api, SOQL, row, READ)) break;
    expect(calls).toHaveLength(1);
  });

  test('whose pages are no longer kept says that it must start again', async () => {
    const { api } = createBench();
    org()
      .get(QUERY)
      .query(true)
      .reply(200, page(['a'], `${QUERY}/01gxx-2000`));
    org().get(`${QUERY}/01gxx-2000`).reply(400, problem('INVALID_QUERY_LOCATOR', 'invalid query locator'));
    const pages: string[][] = [];
    const error = await failure(
      (async () => {
        for await (const rows of queryPages(api, SOQL, row, READ)) pages.push(idsOf(rows));
      })(),
    );
    expect(error).toBeInstanceOf(QueryRestartError);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toContain('start it again from its cursor');
    expect(pages).toEqual([['a']]);
  });

  test('that took too long says so', async () => {
    const { api } = createBench();
    org().get(QUERY).query(true).reply(400, problem('QUERY_TIMEOUT'));
    expect(await failure(Array.fromAsync(queryPages(api, SOQL, row, READ)))).toBeInstanceOf(QueryTooSlowError);
  });

  test.each([
    { says: 'where the rest is', answer: { done: false, totalSize: 3, records: [] } },
    {
      says: 'at records.1.Id',
      answer: { done: true, totalSize: 2, records: [{ Id: 'a' }, { id: 'ada@example.com' }] },
    },
    { says: 'at nextRecordsUrl', answer: { done: false, records: [], nextRecordsUrl: 'https://elsewhere.example/x' } },
    { says: 'has another shape', answer: 'nothing' },
  ])('whose answer does not say $says is tried again later', async ({ answer }) => {
    const { api } = createBench();
    org().get(QUERY).query(true).reply(200, JSON.stringify(answer), { 'Content-Type': 'application/json' });
    const error = await failure(Array.fromAsync(queryPages(api, SOQL, row, READ)));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).not.toContain('ada@');
  });

  test('does not go round in circles', async () => {
    const { api } = createBench();
    org()
      .get(QUERY)
      .query(true)
      .reply(200, page(['a'], `${QUERY}/01gxx-2000`));
    org()
      .get(`${QUERY}/01gxx-2000`)
      .reply(200, page(['b'], `${QUERY}/01gxx-2000`));
    const error = await failure(Array.fromAsync(queryPages(api, SOQL, row, READ)));
    expect(error.message).toContain('the same page');
  });
});

describe('queries together', () => {
  beforeEach(() => signsIn(TOKENS[0]));

  const answer = (referenceId: string, body: unknown, httpStatusCode = 200) => ({
    body,
    httpHeaders: {},
    httpStatusCode,
    referenceId,
  });

  test('are one call, and only what does not fit is read by calls of its own', async () => {
    const { api, calls } = createBench();
    let sent: unknown;
    org()
      .post(COMPOSITE, (body) => {
        sent = body;
        return true;
      })
      .reply(200, {
        compositeResponse: [
          answer('query1', page(['c'], `${QUERY_ALL}/01gxx-2000`)),
          answer('query0', page(['a', 'b'])),
        ],
      });
    org()
      .get(`${QUERY_ALL}/01gxx-2000`)
      .reply(200, page(['d']));
    const other = z.object({ Id: z.string() }).transform(({ Id }) => Id.toUpperCase());
    const [leads, contacts] = await queryTogether(
      api,
      [
        { soql: SOQL, row },
        { soql: "SELECT Id FROM Contact WHERE Email = 'a+b@example.com'", row: other, all: true },
      ],
      READ,
    );
    expect(leads).toEqual([{ Id: 'a' }, { Id: 'b' }]);
    expect(contacts).toEqual(['C', 'D']);
    expect(calls).toEqual(['read', 'read']);
    expect(sent).toEqual({
      allOrNone: false,
      compositeRequest: [
        { method: 'GET', url: `${QUERY}?q=SELECT%20Id%20FROM%20Lead`, referenceId: 'query0' },
        {
          method: 'GET',
          url: `${QUERY_ALL}?q=SELECT%20Id%20FROM%20Contact%20WHERE%20Email%20%3D%20'a%2Bb%40example.com'`,
          referenceId: 'query1',
        },
      ],
    });
  });

  test('are asked for again where their answer got lost', async () => {
    const { api } = createBench();
    org().post(COMPOSITE).reply(504);
    org()
      .post(COMPOSITE)
      .reply(200, { compositeResponse: [answer('query0', page(['a']))] });
    await expect(queryTogether(api, [{ soql: SOQL, row }], READ)).resolves.toEqual([[{ Id: 'a' }]]);
  });

  test.each([
    {
      status: 400,
      body: problem('INVALID_FIELD', "No such column 'A__c' on entity 'Lead'."),
      error: SalesforceRefusal,
    },
    { status: 400, body: problem('QUERY_TIMEOUT'), error: QueryTooSlowError },
    { status: 403, body: problem('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'), error: RateLimitedError },
    { status: 500, body: problem('UNKNOWN_EXCEPTION'), error: RetryableError },
    { status: 403, body: problem('API_DISABLED_FOR_ORG'), error: FatalError },
    { status: 502, body: null, error: RetryableError },
  ])('fail as one of them does: $body.0.errorCode', async ({ status, body, error }) => {
    const { api } = createBench();
    org()
      .post(COMPOSITE)
      .reply(200, { compositeResponse: [answer('query0', page(['a'])), answer('query1', body, status)] });
    const queries = [
      { soql: SOQL, row },
      { soql: SOQL, row },
    ];
    expect(await failure(queryTogether(api, queries, READ))).toBeInstanceOf(error);
  });
});

test('queries together are at most five', async () => {
  const { api, calls } = createBench();
  const queries = Array.from({ length: 6 }, () => ({ soql: SOQL, row }));
  await expect(queryTogether(api, queries, READ)).rejects.toThrow(TypeError);
  await expect(queryTogether(api, [], READ)).resolves.toEqual([]);
  expect(calls).toEqual([]);
});

/** Each field says its own name, those of the account in a record of their own. */
function recordOf(Id: string, fields: readonly string[]) {
  const of = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `${name} of ${Id}`]));
  const parents = fields.filter((name) => name.startsWith('Account.')).map((name) => name.slice('Account.'.length));
  return { ...of(fields.filter((name) => name.endsWith('__c'))), Id, Account: of(parents) };
}

describe('more fields than a request has room for', () => {
  test('are asked for in parts below 16,384 bytes, whose rows come together by their ids', async () => {
    const fields = Array.from({ length: 900 }, (_, place) => `A_rather_long_field_name_${place}__c`);
    const ids = ['00Q000000000001AAA', '00Q000000000002AAA', '00Q000000000003AAA'];
    const asked: { fields: string[]; rest: string }[] = [];
    // Like Salesforce, Node refuses a request whose address and headers have more than 16,384 bytes.
    const signIn = await startOrg(({ url = '' }, response) => {
      const soql = new URL(url, ORG).searchParams.get('q') ?? '';
      const [, list = '', rest = ''] = /^SELECT (.*) FROM Contact (.*)$/.exec(soql) ?? [];
      asked.push({ fields: list.split(','), rest });
      // The third record is purged before its second part is read.
      const found = asked.length === 1 ? ids : ids.slice(0, 2);
      const records = found.toReversed().map((Id) => recordOf(Id, list.split(',')));
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ totalSize: found.length, done: true, records }));
    });
    const { api } = createBench({ signIn });
    const wide = {
      object: 'Contact',
      fields: ['Account.Name', ...fields, 'Account.Industry'],
      where: 'WHERE SystemModstamp >= 2026-11-16T09:00:00Z',
      row: z.looseObject({ Id: z.string(), Account: z.record(z.string(), z.string()) }),
    };
    const [rows = []] = await Array.fromAsync(queryWide(api, wide, READ));
    expect(asked.length).toBeGreaterThan(2);
    expect(asked[0]?.rest).toBe(wide.where);
    expect(asked.slice(1).every(({ rest }) => rest.startsWith('WHERE Id IN ('))).toBe(true);
    expect(new Set(asked.flatMap((each) => each.fields))).toEqual(new Set(['Id', ...wide.fields]));
    expect(idsOf(rows).sort()).toEqual(ids.slice(0, 2));
    for (const each of rows) {
      expect(each.Account).toEqual({
        Name: `Name of ${each.Id}`,
        Industry: `Industry of ${each.Id}`,
      });
      for (const name of fields) expect(each[name]).toBe(`${name} of ${each.Id}`);
    }
  });

  test('are split into as few parts as there must be, each with the id', () => {
    const threeAtMost = (part: readonly string[]) => part.length <= 3;
    expect(splitFields(['A', 'Id', 'B', 'A', 'C'], threeAtMost)).toEqual([
      ['Id', 'A', 'B'],
      ['Id', 'C'],
    ]);
    expect(splitFields([], threeAtMost)).toEqual([['Id']]);
    expect(splitFields(['A', 'B'], () => false)).toEqual([
      ['Id', 'A'],
      ['Id', 'B'],
    ]);
  });
});
