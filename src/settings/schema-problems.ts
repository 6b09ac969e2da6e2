import { z } from 'zod';
import { nearestWord, suggestion } from '../base/nearest-word.ts';
import { label, missing, plainWords, show, wrongKind, wrongType } from './plain-words.ts';
import type { Path } from './yaml-locate.ts';

export interface SchemaProblem {
  readonly path: Path;
  /** Whether the key at the path is what is wrong, rather than its value. */
  readonly atKey: boolean;
  readonly message: string;
}

export type Checked<T> = { readonly value: T } | { readonly problems: readonly SchemaProblem[] };

/** Holds a value against a schema. Messages that the schema brings along are kept, all others are put in plain words. */
export function checkSchema<S extends z.ZodType>(schema: S, input: unknown): Checked<z.output<S>> {
  const known: KnownKeys = new Map();
  const result = schema.safeParse(input, { reportInput: true, error: (issue) => rememberKeys(issue, known) });
  if (result.success) return { value: result.data };
  return { problems: explainAll(result.error.issues, [], known) };
}

type Issue = z.core.$ZodIssue;
type IssueOf<C extends Issue['code']> = Extract<Issue, { code: C }>;

/** The keys that the object which an issue came from allows; zod tells it to an error map alone. */
type KnownKeys = Map<readonly string[], readonly string[]>;

/** Returns no message, which marks the issue as one that the schema has no words of its own for. */
function rememberKeys(issue: z.core.$ZodRawIssue, known: KnownKeys): string {
  if (issue.code === 'unrecognized_keys') known.set(issue.keys, keysOf(issue.inst));
  return '';
}

function keysOf(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
}

function explainAll(
  issues: readonly Issue[],
  base: Path,
  known: KnownKeys,
  others: readonly string[] = [],
): SchemaProblem[] {
  const unknownAt = new Set<string>();
  const mistyped = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    unknownAt.add(JSON.stringify(issue.path));
    for (const key of issue.keys) {
      const meant = nearestWord(key, known.get(issue.keys) ?? []);
      if (meant !== undefined) mistyped.add(JSON.stringify([...issue.path, meant]));
    }
  }
  // A mistyped key is one problem, though its right form is missing too and rules about the whole object fail for want of it.
  const consequence = (issue: Issue) =>
    (isMissing(issue) && mistyped.has(JSON.stringify(issue.path))) ||
    (issue.code === 'custom' && unknownAt.has(JSON.stringify(issue.path)));
  return issues.filter((issue) => !consequence(issue)).flatMap((issue) => explain(issue, base, known, others));
}

function explain(issue: Issue, base: Path, known: KnownKeys, others: readonly string[]): SchemaProblem[] {
  const path = [...base, ...issue.path];
  if (isMissing(issue)) return [{ path, atKey: false, message: missing(path) }];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const here = known.get(issue.keys) ?? [];
      return issue.keys.map((key) => ({
        path: [...path, key],
        atKey: true,
        message: unknownKey(key, here, others, issue),
      }));
    }
    case 'invalid_union':
      return explainUnion(issue, path, known);
    case 'invalid_key':
      return [{ path, atKey: true, message: explainKey(issue, path, known) }];
    case 'invalid_element':
      return explainAll(issue.issues, path, known);
    default:
      return [{ path, atKey: false, message: issue.message ? withText(issue, path) : plainWords(issue, path) }];
  }
}

/** A schema's own message, with what it is about where it does not say. */
function withText({ message, input }: Issue, path: Path): string {
  const text = String(input);
  const subjects = [label(path), show(input), ...(text.length > 3 ? [text] : [])];
  const shown = typeof input === 'object' || subjects.some((subject) => message.includes(subject));
  return shown ? message : `${label(path)} is ${show(input)}: ${message}`;
}

function unknownKey(key: string, here: readonly string[], others: readonly string[], issue: Issue): string {
  if (others.includes(key)) {
    const present = Object.keys(issue.input ?? {}).filter((other) => other !== key && here.includes(other));
    if (present.length > 0) return `"${key}" cannot stand together with ${present.map(quote).join(' and ')}`;
  }
  const near = nearestWord(key, here) ?? nearestWord(key, others);
  return `unknown key "${key}"${suggestion(key, near === undefined ? here : [near])}`;
}

function quote(word: string): string {
  return `"${word}"`;
}

function explainKey(issue: IssueOf<'invalid_key'>, path: Path, known: KnownKeys): string {
  const [first] = issue.issues;
  const key = String(path.at(-1));
  if (first?.code === 'invalid_value') return `unknown key "${key}"${suggestion(key, first.values.map(String))}`;
  const reason = first && (first.message || explain(first, path, known, [])[0]?.message);
  return reason?.includes(key) ? reason : `"${key}" cannot be a key here${reason === undefined ? '' : `: ${reason}`}`;
}

/** Of several forms that a value may have, speaks about the one that was most likely meant. */
function explainUnion(issue: IssueOf<'invalid_union'>, path: Path, known: KnownKeys): SchemaProblem[] {
  if (issue.message) return [{ path, atKey: false, message: issue.message }];
  const branches = issue.errors.filter((issues) => issues.length > 0);
  if (branches.length === 0) return [explainChoice(issue, path)];
  const meant = branches.flat().flatMap((one) => (isWrongWord(one) ? one.values : []));
  if (typeof issue.input === 'string' && nearestWord(issue.input, meant.map(String)) !== undefined) {
    return [{ path, atKey: false, message: wrongKind(label(path), [], meant, issue.input) }];
  }
  const fitting = branches.filter((issues) => !issues.some(isWrongKind));
  if (fitting.length === 0) return [{ path, atKey: false, message: explainKinds(branches.flat(), path, issue.input) }];
  const costs = fitting.map((issues) => issues.reduce((sum, one) => sum + costOf(one, known), 0));
  const lowest = Math.min(...costs);
  const [best = [], ...equals] = fitting.filter((_, index) => costs[index] === lowest);
  const lacking = [best, ...equals].flatMap((issues) => (issues.length === 1 ? issues.filter(isMissing) : []));
  if (equals.length > 0 && lacking.length === equals.length + 1) {
    const keys = new Set(lacking.map((one) => quote(String(one.path.at(-1)))));
    return [{ path, atKey: false, message: `missing key: one of ${[...keys].join(', ')}` }];
  }
  const others = new Set(fitting.flatMap((issues) => issues.flatMap((one) => allowedBy(one, known))));
  return explainAll(best, path, known, [...others]);
}

function allowedBy(issue: Issue, known: KnownKeys): readonly string[] {
  return issue.code === 'unrecognized_keys' && issue.path.length === 0 ? (known.get(issue.keys) ?? []) : [];
}

function isMissing(issue: Issue): boolean {
  return issue.code !== 'custom' && issue.path.length > 0 && issue.input === undefined;
}

/** The form is of another kind altogether: text where it wants a list, say. */
function isWrongKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function isWrongWord(issue: Issue): issue is IssueOf<'invalid_value'> {
  return issue.code === 'invalid_value' && issue.path.length === 0;
}

/** How much a form has against a value: a key that it does not know tells most, what is wrong further in tells least. */
function costOf(issue: Issue, known: KnownKeys): number {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    const allowed = known.get(issue.keys) ?? [];
    return issue.keys.reduce((sum, key) => sum + (nearestWord(key, allowed) === undefined ? 20 : 8), 0);
  }
  if (isMissing(issue) && issue.path.length === 1) return 9;
  return issue.path.length === 1 && issue.code === 'invalid_value' ? 6 : 2;
}

/** No form was even of the right kind: names all that would have been. */
function explainKinds(issues: readonly Issue[], path: Path, input: unknown): string {
  if (input === undefined) return missing(path);
  const values = issues.flatMap((one) => (isWrongWord(one) ? one.values : []));
  const own = issues.find((one) => one.message !== '');
  if (own !== undefined) return [own.message, ...values.map(show)].join(', or ');
  const kinds = issues.flatMap((one) => (one.code === 'invalid_type' && one.path.length === 0 ? [one.expected] : []));
  const [kind, ...more] = new Set(kinds);
  return kind !== undefined && more.length === 0 && values.length === 0
    ? wrongType(label(path), kind, input)
    : wrongKind(label(path), kinds, values, input);
}

/** A key such as `type`, whose word decides what else belongs there, has none of its words. */
function explainChoice(issue: IssueOf<'invalid_union'>, path: Path): SchemaProblem {
  const words = 'options' in issue && issue.options !== undefined ? issue.options : [];
  const { discriminator: key, input } = issue;
  if (key === undefined || typeof input !== 'object' || input === null) {
    return { path, atKey: false, message: wrongKind(label(path), [], words, input) };
  }
  const value: unknown = Reflect.get(input, key);
  if (value !== undefined) return { path, atKey: false, message: wrongKind(label(path), [], words, value) };
  const meant = nearestWord(key, Object.keys(input));
  return meant === undefined
    ? { path, atKey: false, message: missing(path) }
    : { path: [...path.slice(0, -1), meant], atKey: true, message: unknownKey(meant, [key], [], issue) };
}
