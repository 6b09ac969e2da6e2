import type { z } from 'zod';
import { nearestWord } from '../base/nearest-word.ts';
import { meantSuggestion, meantWord } from './other-words.ts';
import { label, missing, show, wrongKind, wrongType } from './plain-words.ts';
import type { SchemaProblem } from './schema-problems.ts';
import { exampleAt } from './schema-walk.ts';
import type { KnownKeys } from './unknown-key.ts';
import type { Path } from './yaml-locate.ts';

type Issue = z.core.$ZodIssue;
type UnionIssue = z.core.$ZodIssueInvalidUnion;

interface Check {
  readonly schema: z.ZodType;
  readonly known: KnownKeys;
}

/** What the form that was most likely meant has against the value, and the keys that other forms would allow. */
interface Form {
  readonly issues: readonly Issue[];
  readonly others: readonly string[];
}

/** Of several forms that a value may have, chooses the one to speak about; or says what is wrong, where that is about all. */
export function likelyForm(
  issue: UnionIssue,
  path: Path,
  { schema, known }: Check,
): Form | { readonly problem: SchemaProblem } {
  const about = (message: string) => ({ problem: { path, atKey: false, message } });
  if (issue.message) return about(issue.message);
  const forms = issue.errors.filter((issues) => issues.length > 0);
  if (forms.length === 0) return { problem: explainChoice(issue, path) };
  const words = forms.flat().flatMap((one) => (isWrongWord(one) ? one.values : []));
  if (typeof issue.input === 'string' && meantWord(issue.input, words.map(String)) !== undefined) {
    return about(wrongKind(label(path), [], words, issue.input));
  }
  const fitting = forms.filter((issues) => !issues.some(isWrongKind));
  if (fitting.length === 0) {
    return about(explainKinds(forms.flat().flatMap(innermost), path, issue.input, exampleAt(schema, path)));
  }
  const costs = fitting.map((issues) => issues.reduce((sum, one) => sum + costOf(one, known), 0));
  const lowest = Math.min(...costs);
  const [best = [], ...equals] = fitting.filter((_, index) => costs[index] === lowest);
  const lacking = [best, ...equals].flatMap((issues) => (issues.length === 1 ? issues.filter(lacksKey) : []));
  if (equals.length > 0 && lacking.length === equals.length + 1) {
    const keys = new Set(lacking.map((one) => `"${String(one.path.at(-1))}"`));
    return about(`missing key: one of ${[...keys].join(', ')}`);
  }
  const others = new Set(fitting.flatMap((issues) => issues.flatMap((one) => allowedBy(one, known))));
  return { issues: best, others: fitting.length > 1 ? [...others] : [] };
}

function allowedBy(issue: Issue, known: KnownKeys): readonly string[] {
  return issue.code === 'unrecognized_keys' && issue.path.length === 0 ? (known.get(issue.keys) ?? []) : [];
}

function lacksKey(issue: Issue): boolean {
  return issue.code !== 'custom' && issue.path.length > 0 && issue.input === undefined;
}

/** The form is of another kind altogether: text where it wants a list, say. */
function isWrongKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return issue.errors.every((issues) => issues.some(isWrongKind));
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

/** Of forms within a form. */
function innermost(issue: Issue): readonly Issue[] {
  return issue.code === 'invalid_union' && issue.path.length === 0 ? issue.errors.flat().flatMap(innermost) : [issue];
}

function isWrongWord(issue: Issue): issue is z.core.$ZodIssueInvalidValue {
  return issue.code === 'invalid_value' && issue.path.length === 0;
}

/** How much a form has against a value: a key that it does not know tells most, what is wrong further in tells least. */
function costOf(issue: Issue, known: KnownKeys): number {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    const allowed = known.get(issue.keys) ?? [];
    return issue.keys.reduce((sum, key) => sum + (meantWord(key, allowed) === undefined ? 20 : 8), 0);
  }
  if (lacksKey(issue) && issue.path.length === 1) return 9;
  return issue.path.length === 1 && issue.code === 'invalid_value' ? 6 : 2;
}

/** No form was even of the right kind: names all that would have been. */
function explainKinds(issues: readonly Issue[], path: Path, input: unknown, example: unknown): string {
  if (input === undefined) return missing(path);
  const values = issues.flatMap((one) => (isWrongWord(one) ? one.values : []));
  const own = issues.find((one) => one.message !== '');
  if (own !== undefined) return [own.message, ...values.map(show)].join(', or ');
  const kinds = issues.flatMap((one) => (one.code === 'invalid_type' && one.path.length === 0 ? [one.expected] : []));
  const [kind, ...more] = new Set(kinds);
  return kind !== undefined && more.length === 0 && values.length === 0
    ? wrongType(label(path), kind, input, example)
    : wrongKind(label(path), kinds, values, input, example);
}

/** A key such as `type`, whose word decides what else belongs there, has none of its words. */
function explainChoice(issue: UnionIssue, path: Path): SchemaProblem {
  const words = 'options' in issue && issue.options !== undefined ? issue.options : [];
  const { discriminator: key, input } = issue;
  if (key === undefined || typeof input !== 'object' || input === null) {
    return { path, atKey: false, message: wrongKind(label(path), [], words, input) };
  }
  const value: unknown = Reflect.get(input, key);
  if (value !== undefined) return { path, atKey: false, message: wrongKind(label(path), [], words, value) };
  const meant = nearestWord(key, Object.keys(input));
  if (meant === undefined) return { path, atKey: false, message: missing(path) };
  const message = `unknown key "${meant}"${meantSuggestion(meant, [key])}`;
  return { path: [...path.slice(0, -1), meant], atKey: true, message };
}
