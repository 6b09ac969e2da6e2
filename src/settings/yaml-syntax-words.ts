import type { YAMLError } from 'yaml';
import { excerpt } from '../base/excerpt.ts';

/** What to tell the person for a code, or for the parser's message where one code means several things. */
const WORDS: readonly (readonly [match: RegExp, words: (here: string, isFirst: boolean) => string])[] = [
  [/^TAB_AS_INDENT/, () => 'there is a tab here: indent with blanks only'],
  [/^BLOCK_AS_IMPLICIT_KEY Nested/, nestedKey],
  [/^BLOCK_AS_IMPLICIT_KEY|block-seq-ind on same line/, dashes],
  [/^(MULTILINE_IMPLICIT_KEY|MISSING_CHAR Implicit)/, noKey],
  [/^BAD_INDENT All/, badIndent],
  [/^(BAD_INDENT|MISSING_CHAR) Flow sequence/, () => 'this [ is never closed: add its ]'],
  [/^(BAD_INDENT|MISSING_CHAR) Flow map/, () => 'this { is never closed: add its }'],
  [
    /^MISSING_CHAR Sequence/,
    (here) => `"${here}" is in a list but begins with no "- ": line it up with the entry it belongs to`,
  ],
  [/^MISSING_CHAR Missing closing/, (here) => `${here} begins with a quotation mark that is never closed`],
  [/^MISSING_CHAR Missing (,|space)/, () => 'a comma, or a blank after a colon, is missing here'],
  [/^MISSING_CHAR Comments/, () => 'a comment needs a blank before its #; a text with # needs quotes'],
  [/^(BAD_SCALAR_START|TAG_RESOLVE_FAILED|MULTIPLE_TAGS|MULTIPLE_ANCHORS|BAD_ALIAS|ALIAS_PROPS)/, badStart],
  [/^MULTIPLE_DOCS/, () => '"---" begins a second document: a file holds one'],
  [/^BLOCK_IN_FLOW/, (here) => `a comma is missing before or within "${here}"`],
  [/^UNEXPECTED_TOKEN Unexpected (,|empty)/, (here) => `there is a comma too many before "${here}"`],
  [/^UNEXPECTED_TOKEN Unexpected flow/, (here) => `${here.charAt(0)} closes what was never opened`],
  [
    /^UNEXPECTED_TOKEN Unexpected scalar at node end/,
    (here) => `"${here}" follows a closing quotation mark: put the whole text in one pair`,
  ],
  [/^UNEXPECTED_TOKEN Block scalar/, () => 'nothing may follow | or > on its line'],
  [/^BAD_DQ_ESCAPE/, (here) => `${here.slice(0, 2)} has no meaning in double quotes: use single quotes`],
  [/^NON_STRING_KEY/, (here) => `"${here}" is no key: a key is a plain word`],
  [/^KEY_OVER_1024_CHARS/, () => 'this key is far too long: is a line break missing?'],
  [/^RESOURCE_EXHAUSTION/, () => 'the file is nested too deeply'],
];

/** The parser's complaint about the text at `offset`, for somebody who does not know YAML's grammar. */
export function syntaxWords(error: YAMLError, text: string, offset: number): string {
  const here = restOfLine(text, offset);
  if (/^(<{7}|={7}|>{7})/.test(here)) return 'a merge conflict was left here: keep one side of it';
  if (/^\/[/*]/.test(here)) return `"${here}" is no remark: a remark begins with #`;
  const complaint = `${error.code} ${error.message}`;
  const words = WORDS.find(([match]) => match.test(complaint))?.[1];
  const isFirst = /(^|\n) *$/.test(text.slice(Math.max(0, offset - 200), offset));
  return words?.(here, isFirst) ?? (here === '' ? 'this is not valid YAML' : `"${here}" is not valid YAML`);
}

function dashes(here: string): string {
  const [, number] = /^-\s+(\d+)/.exec(here) ?? [];
  return number === undefined
    ? 'a list with dashes begins on the line below its key'
    : `a number below 0 has no blank after its minus: write -${number}`;
}

function noKey(here: string): string {
  const [, key, value] = /^([\w-]+)(?:\s*=\s*|\s+)(\S+)$/.exec(here) ?? [];
  if (key !== undefined) return `"${here}" is not "key: value": write ${key}: ${value}`;
  return `"${here}" is not "key: value": is the blank after the colon missing?`;
}

function badIndent(here: string): string {
  return /^-[^\s-]/.test(here)
    ? `"${here}" has no blank after its dash: write - ${here.slice(1)}`
    : `"${here}" is indented differently from the lines it belongs to: line them up`;
}

function badStart(here: string): string {
  const [text = here] = here.split(/\s|[,\]}]/);
  if (/^[<>]/.test(text)) return `"${text}" compares nothing here: write at_least or at_most`;
  return `"${text}" begins with ${here.charAt(0)}: put it in quotes`;
}

/** A key within a value, on the line of that value or on one that reads as more of it. */
function nestedKey(here: string, isFirst: boolean): string {
  if (isFirst) return `"${here}" is indented as if it belonged to the line above: line it up with its neighbours`;
  if (!here.includes(':'))
    return `the line below "${here}" is indented as if it belonged to it: line it up with its neighbours`;
  return `there is a second ":" in "${here}": put the text in quotes, or begin a new line`;
}

function restOfLine(text: string, offset: number): string {
  return excerpt((text.slice(offset, offset + 200).split(/\r?\n/, 1)[0] ?? '').trim());
}
