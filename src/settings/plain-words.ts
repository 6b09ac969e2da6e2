import type { z } from 'zod';
import { nearestWord, suggestion } from '../base/nearest-word.ts';
import { excerpt } from './excerpt.ts';
import type { Path } from './yaml-locate.ts';

type Issue = z.core.$ZodIssue;
type Simple = Exclude<Issue, { code: 'invalid_union' | 'unrecognized_keys' | 'invalid_key' | 'invalid_element' }>;

/** What is wrong with one value, for somebody who edits YAML and has never heard of schemas. */
export function plainWords(issue: Simple, path: Path): string {
  const name = label(path);
  if (issue.input === undefined) return missing(path);
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(name, issue.expected, issue.input);
    case 'invalid_value':
      return wrongKind(name, [], issue.values, issue.input);
    case 'too_small':
      return `${name} ${limit(issue.origin, Number(issue.minimum), issue.inclusive !== false, 'least')}${found(issue)}`;
    case 'too_big':
      return `${name} ${limit(issue.origin, Number(issue.maximum), issue.inclusive !== false, 'most')}${found(issue)}`;
    case 'not_multiple_of':
      return `${name} must be a multiple of ${issue.divisor}, not ${show(issue.input)}`;
    case 'invalid_format':
      return `${name} must be ${FORMATS[issue.format] ?? 'written in another way'}, not ${show(issue.input)}`;
    case 'custom':
      return `${name} cannot be ${show(issue.input)}`;
  }
}

/** `"points"`, `entry 2 of "in"`, or `the file` for its top. */
export function label(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last === 'number') return `entry ${last + 1} of ${label(path.slice(0, -1))}`;
  return `"${String(last)}"`;
}

export function missing(path: Path): string {
  const last = path.at(-1);
  return last === undefined ? 'the file is empty' : `missing key "${String(last)}"`;
}

/** A value where only other kinds of values, or some words or numbers, would do. */
export function wrongKind(name: string, kinds: readonly string[], values: readonly unknown[], input: unknown): string {
  const words = values.filter((value) => typeof value === 'string');
  if (typeof input === 'string' && (words.length > 1 || nearestWord(input, words) !== undefined)) {
    return `${show(input)} is not allowed for ${name}${suggestion(input, words)}`;
  }
  const choices = new Set([...kinds.map((kind) => NOUNS[kind] ?? kind), ...values.map(show)]);
  return misfit(name, [...choices].join(' or '), input);
}

export function wrongType(name: string, expected: string, input: unknown): string {
  return `${misfit(name, NOUNS[expected] ?? expected, input)}${advice(expected, input)}`;
}

function misfit(name: string, allowed: string, input: unknown): string {
  return input === null ? `${name} is empty: give it ${allowed}` : `${name} must be ${allowed}, not ${show(input)}`;
}

/** What somebody wrote, as short as recognises it. */
export function show(input: unknown): string {
  if (input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'keys with values';
  return typeof input === 'string' ? JSON.stringify(excerpt(input)) : String(input);
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'keys with values',
  record: 'keys with values',
};

const FORMATS: Readonly<Record<string, string>> = {
  url: 'a web address such as https://example.com',
  email: 'an e-mail address',
  datetime: 'a date and time such as 2026-01-31T12:00:00Z',
  date: 'a date such as 2026-01-31',
};

function advice(expected: string, input: unknown): string {
  if (expected === 'string' && (typeof input === 'number' || typeof input === 'boolean')) {
    return `: put it in quotes, "${String(input)}"`;
  }
  if ((expected === 'number' || expected === 'int') && typeof input === 'string') {
    const digits = input.replace(/[\s,_'%]/g, '');
    return /^[+-]?\d+(\.\d+)?$/.test(digits) ? `: write ${Number(digits)}` : '';
  }
  if (expected === 'boolean' && typeof input === 'string') {
    return /^(yes|on|y)$/i.test(input) ? ': write true' : /^(no|off|n)$/i.test(input) ? ': write false' : '';
  }
  if (expected === 'array' && typeof input === 'string') return `: write [${input.length > 40 ? '…' : input}]`;
  return '';
}

function found(issue: { readonly origin: string; readonly input?: unknown }): string {
  return issue.origin === 'string' || issue.origin === 'array' ? '' : `, not ${show(issue.input)}`;
}

function limit(origin: string, bound: number, inclusive: boolean, end: 'least' | 'most'): string {
  if (origin === 'string') {
    return end === 'least' && bound === 1 ? 'must not be blank' : `must have at ${end} ${count(bound, 'character')}`;
  }
  if (origin === 'array' || origin === 'set') return `must have at ${end} ${count(bound, 'entry')}`;
  if (origin === 'object' || origin === 'record' || origin === 'map')
    return `must have at ${end} ${count(bound, 'key')}`;
  if (inclusive) return `must be at ${end} ${bound}`;
  return end === 'least' ? `must be more than ${bound}` : `must be less than ${bound}`;
}

function count(bound: number, noun: string): string {
  if (bound === 1) return `${bound} ${noun}`;
  return `${bound} ${noun === 'entry' ? 'entries' : `${noun}s`}`;
}
