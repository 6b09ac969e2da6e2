import type { z } from 'zod';
import { excerpt } from '../base/excerpt.ts';
import { calledHere, meantSuggestion, meantWord } from './other-words.ts';
import { label } from './plain-words.ts';
import { type Home, homeOf, keysOf } from './schema-walk.ts';
import type { Path } from './yaml-locate.ts';

/** The keys that the object which an issue came from allows; zod tells it to an error map alone. */
export type KnownKeys = Map<readonly string[], readonly string[]>;

/** To look for what was meant takes time, and nobody reads what is said of more keys of one place. */
export const MOST_EXPLAINED = 100;

/** Returns no message, which marks the issue as one that the schema has no words of its own for. */
export function rememberKeys(issue: z.core.$ZodRawIssue, known: KnownKeys): string {
  if (issue.code === 'unrecognized_keys') known.set(issue.keys, keysOf(issue.inst));
  return '';
}

interface Context {
  readonly issue: z.core.$ZodIssueUnrecognizedKeys;
  /** Of the object that has the key. */
  readonly path: Path;
  readonly schema: z.ZodType;
  readonly known: KnownKeys;
  /** Keys that other forms of the object would allow. */
  readonly others: readonly string[];
}

/** What to say of a key that is not known where it stands: what was meant, or where it belongs. */
export function unknownKey(key: string, { issue, path, schema, known, others }: Context): string {
  const here = known.get(issue.keys) ?? [];
  if (others.includes(key)) {
    const present = Object.keys(issue.input ?? {}).filter((other) => other !== key && here.includes(other));
    if (present.length > 0) return `"${key}" cannot stand together with ${present.map(quote).join(' and ')}`;
  }
  const stray = strayValue(key, issue.input ?? {});
  if (stray !== undefined) return stray;
  const called = calledHere(key, here);
  const home = called === undefined && others.length === 0 ? homeOf(schema, path, key) : undefined;
  if (home !== undefined) return `"${key}" does not belong here but ${placeText(home)}`;
  const meant = called ?? meantWord(key, here) ?? meantWord(key, others);
  const unknown = `unknown key "${excerpt(key)}"`;
  return meant === undefined ? `${unknown}${meantSuggestion(key, here)}` : `${unknown}: did you mean "${meant}"?`;
}

/** Between braces, what follows a comma is a key: part of a number such as 1,000, or the second of several values. */
function strayValue(key: string, input: Readonly<Record<string, unknown>>): string | undefined {
  if (input[key] !== null) return undefined;
  if (/^\d{3}$/.test(key)) return `"${key}" is a key here, for the comma before it: write numbers without commas`;
  const keys = Object.keys(input);
  const before = keys[keys.indexOf(key) - 1];
  const value = before === undefined ? undefined : input[before];
  return typeof value === 'string'
    ? `"${excerpt(key)}" is a key here, for the comma before it: write ${before}: [${excerpt(value)}, ${excerpt(key)}]`
    : undefined;
}

/** What to say of a key that has not the form which keys must have there. @param reason in other words, where there are some. */
export function unfitKey(first: z.core.$ZodIssue | undefined, path: Path, reason: string | undefined): string {
  const key = String(path.at(-1));
  if (first?.code === 'invalid_value') {
    return `unknown key "${excerpt(key)}"${meantSuggestion(key, first.values.map(String))}`;
  }
  const why = first?.message || reason;
  return why?.includes(key) ? why : `"${excerpt(key)}" cannot be a key here${why === undefined ? '' : `: ${why}`}`;
}

function placeText({ path, inList }: Home): string {
  if (path.length === 0) return 'to the left, at the edge of the file';
  return `${inList ? 'in an entry of' : 'in'} ${label(path)}: indent it as the lines there`;
}

function quote(word: string): string {
  return `"${word}"`;
}
