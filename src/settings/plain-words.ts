import type { z } from 'zod';
import { excerpt } from '../base/excerpt.ts';
import { noWhy } from '../scoring/no-why.ts';
import { flowText } from './flow-text.ts';
import { calledHere, meantSuggestion, meantWord } from './other-words.ts';
import { rewriting, severalWords } from './rewriting.ts';
import type { Path } from './yaml-locate.ts';

type Issue = z.core.$ZodIssue;
type Simple = Exclude<Issue, { code: 'invalid_union' | 'unrecognized_keys' | 'invalid_key' | 'invalid_element' }>;

/**
 * What is wrong with one value, for somebody who edits YAML and has never heard of schemas. @param example of what may stand
 * there, where there is one.
 */
export function plainWords(issue: Simple, path: Path, example?: unknown): string {
  const name = label(path);
  if (issue.input === undefined) return missing(path);
  const why = path.at(-1) === 'disqualify' ? noWhy(issue.input) : undefined;
  if (why !== undefined) return why;
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(name, issue.expected, issue.input, example);
    case 'invalid_value':
      return wrongKind(name, [], issue.values, issue.input, example);
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
  return `"${excerpt(String(last))}"`;
}

export function missing(path: Path): string {
  const last = path.at(-1);
  return last === undefined ? 'the file is empty' : `missing key "${String(last)}"`;
}

/** A value where only other kinds of values, or some words or numbers, would do. */
export function wrongKind(
  name: string,
  kinds: readonly string[],
  values: readonly unknown[],
  input: unknown,
  example?: unknown,
): string {
  const words = values.filter((value) => typeof value === 'string');
  if (typeof input === 'string' && (words.length > 1 || meantWord(input, words) !== undefined)) {
    const several = severalWords(input, words);
    return `${show(input)} is not allowed for ${name}${several === undefined ? meantSuggestion(input, words) : `: write ${several}`}`;
  }
  const nouns = PLAIN_VALUE.every((kind) => kinds.includes(kind)) ? ['a word or a number'] : kinds.map(nounOf);
  const choices = new Set([...nouns, ...someOf(values.map(show))]);
  const kind = values.includes(true) ? 'boolean' : (kinds[0] ?? '');
  const switched = typeof input === 'boolean' ? calledHere(String(input), words) : undefined;
  if (switched !== undefined) return `${misfit(name, [...choices].join(' or '), input)}: write ${switched}`;
  return `${misfit(name, [...choices].join(' or '), input)}${advice(kind, input, kinds.length > 0 ? example : undefined)}`;
}

const MOST_NAMED = 8;

function someOf(words: readonly string[]): readonly string[] {
  const more = words.length - MOST_NAMED;
  return more > 0 ? [`one of ${words.slice(0, MOST_NAMED).join(', ')}`, `${more} more`] : words;
}

export function wrongType(name: string, expected: string, input: unknown, example?: unknown): string {
  return `${misfit(name, nounOf(expected), input)}${advice(expected, input, example)}`;
}

function misfit(name: string, allowed: string, input: unknown): string {
  return input === null ? `${name} is empty: give it ${allowed}` : `${name} must be ${allowed}, not ${show(input)}`;
}

function advice(expected: string, input: unknown, example: unknown): string {
  // A text is no entry of a list of keys with values.
  const isEntry = typeof input !== 'string' || !Array.isArray(example) || typeof example[0] !== 'object';
  const right = isEntry ? rewriting(expected, input) : undefined;
  if (right !== undefined) return `: ${right}`;
  const text = example === undefined ? '' : flowText(example);
  return text === '' || text.length > LONGEST_EXAMPLE ? '' : `${input === null ? ',' : ':'} such as ${text}`;
}

const LONGEST_EXAMPLE = 90;

/** What somebody wrote, as short as recognises it. */
export function show(input: unknown): string {
  if (input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'keys with values';
  return typeof input === 'string' ? JSON.stringify(excerpt(input)) : String(input);
}

/** Kinds that together stand for whatever may be written without keys and dashes. */
const PLAIN_VALUE = ['string', 'number', 'boolean'];

function nounOf(kind: string): string {
  return NOUNS[kind] ?? kind;
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

/** What there is instead; of nothing at all it need not be said. */
function found({ origin, input }: { readonly origin: string; readonly input?: unknown }): string {
  if (typeof input === 'string') return input.trim() === '' ? '' : `, not ${input.length}: ${show(input)}`;
  if (Array.isArray(input)) return input.length === 0 ? '' : `, not ${input.length}`;
  return origin === 'string' || origin === 'array' ? '' : `, not ${show(input)}`;
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
