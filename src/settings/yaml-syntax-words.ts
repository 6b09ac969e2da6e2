import type { YAMLError } from 'yaml';
import { excerpt } from './excerpt.ts';

/** What to tell the person for a code, or for the parser's message where one code means several things. */
const WORDS: readonly (readonly [match: RegExp, words: (here: string) => string])[] = [
  [/^TAB_AS_INDENT/, () => 'there is a tab here: indent with blanks only'],
  [/^DUPLICATE_KEY/, (here) => `the key "${word(here)}" is here twice: keep one of them`],
  [/^BLOCK_AS_IMPLICIT_KEY Nested/, (here) => (here.includes(':') ? secondColon(here) : tooFarIn(here))],
  [/^BLOCK_AS_IMPLICIT_KEY|block-seq-ind on same line/, () => 'a list with dashes begins on the line below its key'],
  [
    /^(MULTILINE_IMPLICIT_KEY|MISSING_CHAR Implicit)/,
    (here) => `"${here}" is not "key: value": is the blank after the colon missing?`,
  ],
  [/^BAD_INDENT All/, () => 'this line is indented differently from those it belongs to: line them up'],
  [/^BAD_INDENT Flow sequence/, () => 'a [ before this line is not closed: add its ]'],
  [/^BAD_INDENT Flow map/, () => 'a { before this line is not closed: add its }'],
  [/^MISSING_CHAR Flow sequence/, () => 'a [ before this is not closed: add its ]'],
  [/^MISSING_CHAR Flow map/, () => 'a { before this is not closed: add its }'],
  [
    /^MISSING_CHAR Sequence/,
    () => 'this line is in a list but begins with no "- ": line it up with the entry it belongs to',
  ],
  [/^MISSING_CHAR Missing closing/, () => 'a quotation mark opens here and is never closed'],
  [/^MISSING_CHAR Missing (,|space)/, () => 'a comma, or a blank after a colon, is missing here'],
  [/^MISSING_CHAR Comments/, () => 'a comment needs a blank before its #; a text with # needs quotes'],
  [/^BAD_SCALAR_START/, (here) => `a text cannot begin with ${here.charAt(0)}: put it in quotes`],
  [/^(TAG_RESOLVE_FAILED|MULTIPLE_TAGS)/, () => 'a text cannot begin with !: put it in quotes'],
  [/^MULTIPLE_ANCHORS|^BAD_ALIAS|^ALIAS_PROPS/, () => 'a text cannot begin with & or *: put it in quotes'],
  [/^MULTIPLE_DOCS/, () => '"---" begins a second document: a file holds one'],
  [/^BLOCK_IN_FLOW/, (here) => `a comma is missing before or within "${here}"`],
  [/^UNEXPECTED_TOKEN Unexpected (,|empty)/, () => 'there is a comma too many'],
  [/^UNEXPECTED_TOKEN Unexpected flow/, (here) => `${here.charAt(0)} closes what was never opened`],
  [
    /^UNEXPECTED_TOKEN Unexpected scalar at node end/,
    (here) => `"${here}" follows a closing quotation mark: put the whole text in one pair`,
  ],
  [/^UNEXPECTED_TOKEN Block scalar/, () => 'nothing may follow | or > on its line'],
  [/^BAD_DQ_ESCAPE/, (here) => `${here.slice(0, 2)} has no meaning in double quotes: use single quotes`],
  [/^NON_STRING_KEY/, () => 'a key must be a plain word'],
  [/^KEY_OVER_1024_CHARS/, () => 'this key is far too long: is a line break missing?'],
  [/^RESOURCE_EXHAUSTION/, () => 'the file is nested too deeply'],
];

/** The parser's complaint about the text at `offset`, for somebody who does not know YAML's grammar. */
export function syntaxWords(error: YAMLError, text: string, offset: number): string {
  const here = restOfLine(text, offset);
  if (/^(<{7}|={7}|>{7})/.test(here)) return 'a merge conflict was left here: keep one side of it';
  const complaint = `${error.code} ${error.message}`;
  const words = WORDS.find(([match]) => match.test(complaint))?.[1];
  return words?.(here) ?? (here === '' ? 'this is not valid YAML' : `"${here}" is not valid YAML`);
}

function secondColon(here: string): string {
  return `there is a second ":" in "${here}": put the text in quotes, or begin a new line`;
}

function tooFarIn(here: string): string {
  return `the line below "${here}" is indented as if it belonged to it: line it up with its neighbours`;
}

function restOfLine(text: string, offset: number): string {
  return excerpt((text.slice(offset, offset + 200).split(/\r?\n/, 1)[0] ?? '').trim());
}

function word(here: string): string {
  return (here.split(/:(\s|$)/, 1)[0] ?? here).replace(/^(["'])(.*)\1$/, '$2');
}
