import { z } from 'zod';
import { suggestion } from '../base/nearest-word.ts';
import { DOMAIN_KINDS, DOMAIN_LISTS, PUBLISHED_DOMAINS } from '../leads/email-domain.ts';
import type { Lists } from '../leads/lists.ts';
import { SENIORITIES } from '../leads/seniority-table.ts';
import { type Predicate, type Readings, type Slots, slotOf } from './facts.ts';

/** One way to ask something of a field: what YAML may say, how the field is read for it, and the test. */
interface Row<Value, Kind extends keyof Readings> {
  readonly schema: z.ZodType<Value>;
  readonly read: Kind;
  /** Builds the test once, of a field that could be read so. */
  readonly test: (value: Value, lists: Lists) => (reading: Readings[Kind]) => boolean;
  /** The answer for a field without a value, or one that cannot be read so: no, unless said otherwise. */
  readonly whenMissing?: true;
  /** What is wrong with the value, in plain words. */
  readonly problem?: (value: Value, lists: Lists) => string | undefined;
  /** What the test looks into besides the lead: it is part of the model's version. */
  readonly data?: (value: Value, lists: Lists) => readonly (readonly [string, Iterable<string>])[];
}

export interface Operator<Value> {
  readonly schema: z.ZodType<Value>;
  readonly problem: (value: Value, lists: Lists) => string | undefined;
  readonly data: (value: Value, lists: Lists) => readonly (readonly [string, Iterable<string>])[];
  readonly compile: (value: Value, field: string, slots: Slots, lists: Lists) => Predicate;
}

const word = z
  .union([z.string().trim().min(1), z.number(), z.boolean()])
  .transform((value) => String(value).toLowerCase());
const words = z
  .union([word, z.array(word).min(1)])
  .transform((value): readonly string[] => (Array.isArray(value) ? value : [value]));

/** Every operator on a field. To add one, add its row here and its test. */
const rows = {
  is: row({
    schema: word.describe('The field is exactly this; case and surrounding blanks do not matter.'),
    read: 'text',
    test: (value) => (text) => text === value,
  }),
  in: row({
    schema: words.describe('The field is one of these; case and surrounding blanks do not matter.'),
    read: 'text',
    test: (values) => isOneOf(values),
  }),
  not_in: row({
    schema: words.describe('The field has a value, and it is none of these.'),
    read: 'text',
    test: (values) => {
      const found = isOneOf(values);
      return (text) => !found(text);
    },
  }),
  contains: row({
    schema: words.describe('The text of the field has one of these in it.'),
    read: 'text',
    test: (values) => (text) => values.some((value) => text.includes(value)),
  }),
  at_least: row({
    schema: z.number().describe('The number in the field is this or more; of a range such as 11-50, its low end.'),
    read: 'number',
    test: (value) => (range) => range.low >= value,
  }),
  at_most: row({
    schema: z.number().describe('The number in the field is this or less; of a range such as 11-50, its high end.'),
    read: 'number',
    test: (value) => (range) => range.high <= value,
  }),
  between: row({
    schema: z
      .tuple([z.number(), z.number()])
      .describe('The number in the field lies between these two, both included; a range must lie within them.'),
    read: 'number',
    test:
      ([low, high]) =>
      (range) =>
        range.low >= low && range.high <= high,
    problem: ([low, high]) =>
      low > high ? `nothing is between ${low} and ${high}: write [${high}, ${low}]` : undefined,
  }),
  exists: row({
    schema: z.literal(true).describe('The field has a value.'),
    read: 'text',
    test: () => () => true,
  }),
  missing: row({
    schema: z.literal(true).describe('The field has no value.'),
    read: 'text',
    test: () => () => false,
    whenMissing: true,
  }),
  in_list: row({
    schema: z
      .string()
      .trim()
      .min(1)
      .describe(
        'The field is in this list of config/lists/, by its file name without .txt. Of a web or e-mail address, its domain is looked for too.',
      ),
    read: 'listKeys',
    test: (name, lists) => {
      const list = lists.get(name);
      return (keys) => list !== undefined && keys.some((key) => list.has(key));
    },
    data: (name, lists) => [[name, lists.get(name) ?? []]],
    problem: (name, lists) =>
      lists.has(name) ? undefined : `there is no list "${name}" in config/lists${suggestion(name, lists.keys())}`,
  }),
  domain: row({
    schema: oneOrMore(DOMAIN_KINDS).describe(
      'The e-mail address is at a domain of this kind: personal, disposable, education or government.',
    ),
    read: 'domain',
    test: (kinds) => (kind) => kinds.includes(kind),
    data: (_, lists) => [
      ['published domains', [PUBLISHED_DOMAINS]],
      ...Object.values(DOMAIN_LISTS).map((name) => [name, lists.get(name) ?? []] as const),
    ],
  }),
  seniority: row({
    schema: oneOrMore(SENIORITIES).describe('The job title is of one of these ranks.'),
    read: 'seniority',
    test: (ranks) => (rank) => ranks.includes(rank),
  }),
};

export type OperatorName = keyof typeof rows;
export type OperatorValues = {
  readonly [Name in OperatorName]: (typeof rows)[Name] extends Operator<infer Value> ? Value : never;
};

/** Every operator on a field, by the key that it has in YAML. */
export const operators: { readonly [Name in OperatorName]: Operator<OperatorValues[Name]> } = rows;

export const operatorNames: readonly OperatorName[] = Object.keys(rows).filter(isOperatorName);

function isOperatorName(key: string): key is OperatorName {
  return Object.hasOwn(rows, key);
}

function row<Value, Kind extends keyof Readings>(definition: Row<Value, Kind>): Operator<Value> {
  const { schema, read, test, whenMissing = false, problem = () => undefined, data = () => [] } = definition;
  return {
    schema,
    problem,
    data,
    compile: (value, field, slots, lists) => {
      const slot = slotOf(slots, read, field);
      const passes = test(value, lists);
      return (facts) => {
        const reading = facts[read][slot];
        return reading === undefined ? whenMissing : passes(reading);
      };
    },
  };
}

function isOneOf(values: readonly string[]): (text: string) => boolean {
  const set = new Set(values);
  return (text) => set.has(text);
}

function oneOrMore<const Words extends readonly string[]>(allowed: Words) {
  return z
    .union([z.enum(allowed), z.array(z.enum(allowed)).min(1)])
    .transform((value): readonly Words[number][] => [value].flat());
}
