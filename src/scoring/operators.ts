import { z } from 'zod';
import { suggestion } from '../base/nearest-word.ts';
import { countriesNamed } from '../leads/country.ts';
import { DOMAIN_KINDS, DOMAIN_LISTS, PUBLISHED_DOMAINS } from '../leads/email-domain.ts';
import { FUNCTIONS } from '../leads/job-function-table.ts';
import { SENIORITIES } from '../leads/seniority-table.ts';
import { countryProblem } from './country-problem.ts';
import { type Operator, row } from './operator-row.ts';
import { anyWords, oneOrMore, onlyTrue, singleWord, words } from './operator-values.ts';
import { expressionProblem, expressionTest } from './regular-expression.ts';
import { key } from './schema-key.ts';

/** Every operator on a field. To add one, add its row here and its test. */
const rows = {
  is: row({
    schema: key(
      singleWord,
      'The field is exactly this; case and surrounding blanks do not matter. "" stands for no value.',
      'Germany',
    ),
    read: 'text',
    test: (value) => (text) => text === value,
    whenMissing: (value) => value === '',
  }),
  in: row({
    schema: key(
      anyWords,
      'The field is one of these; case and surrounding blanks do not matter. "" stands for no value.',
      ['now', '0-3 months'],
      ['platform', ''],
    ),
    read: 'text',
    test: (values) => isOneOf(values),
    whenMissing: (values) => values.includes(''),
  }),
  not_in: row({
    schema: key(words, 'The field has a value, and it is none of these.', ['partner', 'customer']),
    read: 'text',
    test: (values) => {
      const found = isOneOf(values);
      return (text) => !found(text);
    },
  }),
  contains: row({
    schema: key(words, 'The text of the field has one of these in it.', 'bank', ['bank', 'insurance']),
    read: 'text',
    test: (values) => (text) => values.some((value) => text.includes(value)),
  }),
  matches: row({
    schema: key(
      z.string().min(1).max(500),
      'A regular expression (RE2) is found somewhere in the text of the field; case does not matter. ^ and $ stand for its start and end.',
      '^(head|chief) of \\w+$',
    ),
    read: 'text',
    test: (expression) => expressionTest(expression),
    problems: (expression) => problem(expressionProblem(expression)),
  }),
  at_least: row({
    schema: key(
      z.number(),
      'The number in the field is this or more; of a range such as 11-50, its low end. Beside an activity: it took so many minutes or more.',
      50,
    ),
    read: 'number',
    test: (value) => (range) => range.low >= value,
  }),
  at_most: row({
    schema: key(
      z.number(),
      'The number in the field is this or less; of a range such as 11-50, its high end. Beside an activity: it took so many minutes or less.',
      10,
    ),
    read: 'number',
    test: (value) => (range) => range.high <= value,
  }),
  between: row({
    schema: key(
      z.tuple([z.number(), z.number()]),
      'The number in the field lies between these two, both included; a range must lie within them. Beside an activity: so many minutes.',
      [50, 500],
    ),
    read: 'number',
    test:
      ([low, high]) =>
      (range) =>
        range.low >= low && range.high <= high,
    problems: ([low, high]) =>
      problem(low > high ? `nothing is between ${low} and ${high}: write [${high}, ${low}]` : undefined),
  }),
  exists: row({
    schema: key(onlyTrue('missing'), 'The field has a value.', true),
    read: 'text',
    test: () => () => true,
  }),
  missing: row({
    schema: key(onlyTrue('exists'), 'The field has no value.', true),
    read: 'text',
    test: () => () => false,
    whenMissing: () => true,
  }),
  in_list: row({
    schema: key(
      z.string().trim().min(1),
      'The field is in this list of config/lists/, by its file name without .txt. Of a web or e-mail address, its domain is looked for too.',
      'target-accounts',
    ),
    read: 'listKeys',
    test: (name, { lists }) => {
      const list = lists.get(name);
      return (keys) => {
        if (list !== undefined) for (const one of keys) if (list.has(one)) return true;
        return false;
      };
    },
    data: (name, { lists }) => [[name, lists.get(name) ?? []]],
    problems: (name, { lists }) =>
      problem(
        lists.has(name) ? undefined : `there is no list "${name}" in config/lists${suggestion(name, lists.keys())}`,
      ),
  }),
  domain: row({
    schema: key(
      oneOrMore(DOMAIN_KINDS),
      'The e-mail address is at a domain of this kind: personal, disposable, education or government.',
      'personal',
      ['education', 'government'],
    ),
    read: 'domain',
    test: (kinds) => (kind) => kinds.includes(kind),
    data: (_, { lists }) => [
      ['published domains', [PUBLISHED_DOMAINS]],
      ...Object.values(DOMAIN_LISTS).map((name) => [name, lists.get(name) ?? []] as const),
    ],
  }),
  seniority: row({
    schema: key(oneOrMore(SENIORITIES), 'The job title is of one of these ranks.', 'director', ['c-level', 'vp']),
    read: 'seniority',
    test: (ranks) => (rank) => ranks.includes(rank),
    // Of several of a company's own phrases the first counts, so their order is kept.
    data: (_, { titles }) => [['ranks of titles', [JSON.stringify(titles.seniority)]]],
  }),
  function: row({
    schema: key(oneOrMore(FUNCTIONS), 'The job title is of one of these lines of work.', 'engineering', [
      'marketing',
      'sales',
    ]),
    read: 'function',
    test: (functions) => (one) => functions.includes(one),
    data: (_, { titles }) => [['functions of titles', [JSON.stringify(titles.function)]]],
  }),
  country: row({
    schema: key(
      words,
      'The field names one of these countries, or a country in one of these regions; by any of their names or their codes.',
      'dach',
      ['dach', 'United States'],
    ),
    read: 'country',
    test: (names) => {
      const codes = new Set(names.flatMap((name) => [...(countriesNamed(name) ?? [])]));
      return (code) => codes.has(code);
    },
    data: (names) => [
      [`countries ${[...names].sort().join()}`, names.flatMap((name) => [...(countriesNamed(name) ?? [])])],
    ],
    problems: (names) =>
      names.flatMap((name, entry) => problem(countryProblem(name)).map(({ message }) => ({ entry, message }))),
  }),
};

export type OperatorName = keyof typeof rows;
export type OperatorValues = {
  readonly [Name in OperatorName]: (typeof rows)[Name] extends Operator<infer Value> ? Value : never;
};

/** Every operator on a field, by the key that it has in YAML. */
export const operators: { readonly [Name in OperatorName]: Operator<OperatorValues[Name]> } = rows;

export const operatorNames: readonly OperatorName[] = Object.keys(rows).filter(isOperatorName);

function isOperatorName(name: string): name is OperatorName {
  return Object.hasOwn(rows, name);
}

function isOneOf(values: readonly string[]): (text: string) => boolean {
  const set = new Set(values);
  return (text) => set.has(text);
}

function problem(message: string | undefined) {
  return message === undefined ? [] : [{ message }];
}
