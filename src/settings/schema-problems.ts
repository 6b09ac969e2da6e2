import type { z } from 'zod';
import { causesOf, isMissing } from './issue-causes.ts';
import { label, plainWords, show } from './plain-words.ts';
import { exampleAt } from './schema-walk.ts';
import { likelyForm } from './union-form.ts';
import { type KnownKeys, MOST_EXPLAINED, rememberKeys, unfitKey, unknownKey } from './unknown-key.ts';
import type { Path } from './yaml-locate.ts';

export interface SchemaProblem {
  readonly path: Path;
  /** Whether the key at the path is what is wrong, rather than its value. */
  readonly atKey: boolean;
  readonly message: string;
}

export type Checked<T> = { readonly value: T } | { readonly problems: readonly SchemaProblem[]; readonly left: number };

/** More than anybody reads at once; to look for what was meant takes time. */
const MOST_ISSUES = 200;

/**
 * Holds a value against a schema. Messages that the schema brings along are kept, all others are put in plain words.
 * `left` counts what is wrong further on, of a value with which very much is wrong.
 */
export function checkSchema<S extends z.ZodType>(schema: S, input: unknown): Checked<z.output<S>> {
  const known: KnownKeys = new Map();
  const result = schema.safeParse(asWritten(input), {
    reportInput: true,
    error: (issue) => rememberKeys(issue, known),
  });
  if (result.success) return { value: result.data };
  const { issues } = result.error;
  const told = issues.slice(0, MOST_ISSUES);
  return { problems: explainAll(told, [], { schema, known }, []), left: issues.length - told.length };
}

/**
 * Without what every object of JavaScript's has: nobody wrote a `constructor`, and what is called `toString` makes no text. A schema that asks
 * how long something is would fail over a key `length`.
 */
function asWritten(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(asWritten);
  if (typeof input !== 'object' || input === null) return input;
  const own = Object.entries(input).map(
    ([key, value]) => [key, { value: asWritten(value), enumerable: true }] as const,
  );
  return Object.create(BARE, Object.fromEntries(own));
}

const BARE: object = Object.create(null, { [Symbol.toPrimitive]: { value: () => '' } });

interface Check {
  readonly schema: z.ZodType;
  readonly known: KnownKeys;
}

/** @param others keys that other forms of the same value would allow. */
function explainAll(
  issues: readonly z.core.$ZodIssue[],
  base: Path,
  check: Check,
  others: readonly string[],
): SchemaProblem[] {
  const causes = causesOf(issues, check.known);
  const lacking = Map.groupBy(causes.filter(isMissing), ({ path }) => JSON.stringify(path.slice(0, -1)));
  return [
    ...[...lacking.values()].flatMap((group) => lackingProblem(group, base)),
    ...causes.filter((issue) => !isMissing(issue)).flatMap((issue) => explain(issue, base, check, others)),
  ];
}

/** What is not there is not there in one place: one problem for all the keys that an object lacks. */
function lackingProblem(group: readonly z.core.$ZodIssue[], base: Path): SchemaProblem[] {
  const [first] = group;
  if (first === undefined) return [];
  const path = [...base, ...first.path];
  const keys = group.map((issue) => `"${String(issue.path.at(-1))}"`);
  return [{ path, atKey: false, message: `missing key${keys.length > 1 ? 's' : ''} ${keys.join(', ')}` }];
}

function explain(issue: z.core.$ZodIssue, base: Path, check: Check, others: readonly string[]): SchemaProblem[] {
  const path = [...base, ...issue.path];
  const about = (message: string, atKey = false) => [{ path, atKey, message }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key, index) => ({
        path: [...path, key],
        atKey: true,
        message: index < MOST_EXPLAINED ? unknownKey(key, { issue, path, others, ...check }) : `unknown key "${key}"`,
      }));
    case 'invalid_union': {
      const form = likelyForm(issue, path, check);
      return 'problem' in form ? [form.problem] : explainAll(form.issues, path, check, form.others);
    }
    case 'invalid_key': {
      const [first] = issue.issues;
      return about(unfitKey(first, path, first && explain(first, path, check, [])[0]?.message), true);
    }
    case 'invalid_element':
      return explainAll(issue.issues, path, check, []);
    default:
      return about(issue.message ? withText(issue, path) : plainWords(issue, path, exampleAt(check.schema, path)));
  }
}

/** A schema's own message, with what it is about where it does not say. */
function withText({ message, input }: z.core.$ZodIssue, path: Path): string {
  const shown =
    message.includes(label(path)) ||
    (typeof input === 'string'
      ? message.includes(show(input)) || (input.length > 3 && message.includes(input))
      : typeof input === 'object' || message.split(/[\s"':,]+/).includes(String(input)));
  return shown ? message : `${label(path)} is ${show(input)}: ${message}`;
}
