import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkCalls } from '../../openapi/check-calls.ts';
import { createChecker, type Exchange } from '../../openapi/check-exchange.ts';
import { type Operation, readSpecs } from '../../openapi/read-specs.ts';

/** A description of our own, in the form of HubSpot's. */
const LIBRARY = {
  openapi: '3.0.1',
  paths: {
    '/library/2026-09/books/{bookId}': {
      get: {
        parameters: [
          { name: 'bookId', in: 'path', required: true },
          { name: 'lang', in: 'query' },
        ],
        responses: { 200: { content: { '*/*': { schema: { $ref: '#/components/schemas/Book' } } } } },
      },
    },
    '/library/2026-09/books/newest': { get: { responses: { 200: { description: 'nothing is said of it' } } } },
  },
  components: {
    schemas: {
      Book: {
        type: 'object',
        required: ['title'],
        properties: {
          title: { type: 'string', example: null },
          lentTo: { type: 'string', nullable: true },
          tags: { type: 'object', additionalProperties: { $ref: '#/components/schemas/Tag' } },
        },
      },
      Tag: { type: 'object', properties: { name: { type: 'string' } } },
    },
  },
};

let folder: string;
let operations: Operation[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  mkdirSync(join(folder, 'Books', '2026-09'), { recursive: true });
  mkdirSync(join(folder, 'Books', '2026-09-beta'), { recursive: true });
  writeFileSync(join(folder, 'Books', '2026-09', 'books.json'), JSON.stringify(LIBRARY));
  writeFileSync(join(folder, 'Books', '2026-09-beta', 'books.json'), JSON.stringify(LIBRARY));
  writeFileSync(join(folder, 'Books', 'a collection of something else.json'), '{"info": {}}');
  operations = readSpecs(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const exchange = (answer: unknown, more: Partial<Exchange> = {}): Exchange => ({
  method: 'GET',
  path: '/library/2026-09/books/12',
  query: new URLSearchParams(),
  request: undefined,
  status: 200,
  answer,
  ...more,
});
const problemsOf = (one: Exchange) => checkCalls(operations, [one], createChecker())[0]?.problems;

test('files of a beta, and files that are no OpenAPI, are left out', () => {
  expect(operations.map(({ file, method }) => `${method} ${file}`)).toEqual([
    `GET ${join('Books', '2026-09', 'books.json')}`,
    `GET ${join('Books', '2026-09', 'books.json')}`,
  ]);
});

test('an answer as described has no problems, null where it may be included', () => {
  const answer = { title: 'Emma', lentTo: null, tags: { old: { name: 'Old' } } };
  expect(problemsOf(exchange(answer, { query: new URLSearchParams('lang=en') }))).toEqual([]);
});

test.each([
  ['lacks what must be there', { lentTo: null }, 'title'],
  ['has another type', { title: 7 }, '/title must be string'],
  ['has what nobody described', { title: 'Emma', pages: 9 }, '"pages"'],
  ['has such a thing inside', { title: 'Emma', tags: { old: { colour: 'red' } } }, '"colour"'],
])('an answer that %s is told', (_, answer, told) => {
  expect(problemsOf(exchange(answer))).toEqual([expect.stringContaining(told)]);
});

test('an undescribed parameter and an undescribed status are told', () => {
  const odd = exchange({ title: 'Emma' }, { status: 202, query: new URLSearchParams('sort=title') });
  expect(problemsOf(odd)).toEqual([expect.stringContaining('"sort"'), expect.stringContaining('202')]);
});

test('the path with the most literal words describes a call, and a call that none describes is told as such', () => {
  const calls = ['/library/2026-09/books/newest', '/library/2026-09/authors'].map((path) => exchange({}, { path }));
  const checked = checkCalls(operations, calls, createChecker());
  expect(checked.map(({ call }) => call)).toEqual([
    'GET /library/2026-09/books/newest',
    'GET /library/2026-09/authors',
  ]);
  expect(checked.map(({ file }) => file === undefined)).toEqual([false, true]);
});
