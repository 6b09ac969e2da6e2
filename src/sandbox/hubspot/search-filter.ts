import { z } from 'zod';
import { invalid } from '../http/answer.ts';
import type { PropertyType } from '../portal/property.ts';
import { readInstant } from '../portal/property-value.ts';
import type { Value } from '../portal/record.ts';

const OPERATORS = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const filter = z.object({
  propertyName: z.string(),
  operator: z.enum(OPERATORS),
  value: text.optional(),
  highValue: text.optional(),
  values: z.array(text).optional(),
});
export type Filter = z.infer<typeof filter>;

/** https://developers.hubspot.com/docs/api-reference/search/guide */
export const searchBody = z.object({
  filterGroups: z.array(z.object({ filters: z.array(filter) })).default([]),
  filters: z.array(filter).optional(),
  sorts: z
    .array(z.union([z.string(), z.object({ propertyName: z.string(), direction: z.string().optional() })]))
    .default([]),
  query: z.string().optional(),
  properties: z.array(z.string()).default([]),
  limit: z.number().int().optional(),
  after: z.union([z.string(), z.number()]).optional(),
});
export type SearchBody = z.infer<typeof searchBody>;

/** Whether a value passes. */
export type Test = (value: Value | undefined) => boolean;

/** The test that a filter means for a property of this type; case never matters. A record without a value passes NEQ and the like. */
export function testOf(filter: Filter, type: PropertyType): Test {
  const { operator, propertyName } = filter;
  const read = (given: string | undefined): Value => comparable(given, type, filter);
  switch (operator) {
    case 'HAS_PROPERTY':
      return (value) => value !== undefined;
    case 'NOT_HAS_PROPERTY':
      return (value) => value === undefined;
    case 'IN':
    case 'NOT_IN': {
      if (filter.values === undefined || filter.values.length === 0)
        throw invalid(`${operator} filter on ${propertyName} needs values`);
      const wanted = new Set(filter.values.map(read));
      return operator === 'IN'
        ? (value) => value !== undefined && wanted.has(folded(value))
        : (value) => value === undefined || !wanted.has(folded(value));
    }
    case 'BETWEEN': {
      const [low, high] = [read(filter.value), read(filter.highValue)];
      return (value) => value !== undefined && folded(value) >= low && folded(value) <= high;
    }
    case 'CONTAINS_TOKEN':
    case 'NOT_CONTAINS_TOKEN': {
      const token = String(read(filter.value)).replaceAll('*', '');
      const contains: Test = (value) => value !== undefined && String(folded(value)).includes(token);
      return operator === 'CONTAINS_TOKEN' ? contains : (value) => !contains(value);
    }
  }
  const wanted = read(filter.value);
  switch (operator) {
    case 'EQ':
      return (value) => value !== undefined && folded(value) === wanted;
    case 'NEQ':
      return (value) => value === undefined || folded(value) !== wanted;
    case 'LT':
      return (value) => value !== undefined && folded(value) < wanted;
    case 'LTE':
      return (value) => value !== undefined && folded(value) <= wanted;
    case 'GT':
      return (value) => value !== undefined && folded(value) > wanted;
    case 'GTE':
      return (value) => value !== undefined && folded(value) >= wanted;
  }
}

/** The range of whole milliseconds that a filter on a date-time means, both ends included; undefined where it is no range. */
export function boundsOf(filter: Filter): readonly [number, number] | undefined {
  const read = (given: string | undefined): number => Number(comparable(given, 'datetime', filter));
  switch (filter.operator) {
    case 'EQ':
      return [read(filter.value), read(filter.value)];
    case 'GT':
      return [Math.floor(read(filter.value)) + 1, Number.POSITIVE_INFINITY];
    case 'GTE':
      return [read(filter.value), Number.POSITIVE_INFINITY];
    case 'LT':
      return [Number.NEGATIVE_INFINITY, Math.ceil(read(filter.value)) - 1];
    case 'LTE':
      return [Number.NEGATIVE_INFINITY, read(filter.value)];
    case 'BETWEEN':
      return [read(filter.value), read(filter.highValue)];
    default:
      return undefined;
  }
}

function comparable(given: string | undefined, type: PropertyType, filter: Filter): Value {
  if (given === undefined) throw invalid(`${filter.operator} filter on ${filter.propertyName} needs a value`);
  if (type === 'datetime' || type === 'number') {
    const number = type === 'datetime' ? (readInstant(given) ?? Number.NaN) : Number(given);
    if (!Number.isFinite(number) || given.trim() === '')
      throw invalid(`${given} is not a value that ${filter.propertyName} can have`);
    return number;
  }
  return given.toLowerCase();
}

function folded(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
