import { expect, test } from 'vitest';
import { z } from 'zod';
import { problemsOf } from './problems-of.ts';

const MALFORMED: readonly (readonly [what: string, text: string, problem: string])[] = [
  ['a tab below a key', 'a:\n\tb: 1\n', 'f:2:1 there is a tab here: indent with blanks only'],
  ['a tab between blanks', 'a:\n  b: 1\n\tc: 2\n', 'f:3:1 there is a tab here: indent with blanks only'],
  ['a key twice', 'a: 1\nb: 2\na: 3\n', 'f:3:1 the key "a" is here twice, first in line 1: keep one of them'],
  [
    'two questions in one',
    'when: { field: a, is: x, field: b }\n',
    'f:1:26 the key "field" is here twice, first in line 1: two questions go under all: [{ … }, { … }]',
  ],
  ['a quoted key twice', 'a: 1\n"a": 2\n', 'f:2:1 the key "a" is here twice, first in line 1: keep one of them'],
  [
    'a colon in a text',
    'name: Demo: request\n',
    'f:1:7 there is a second ":" in "Demo: request": put the text in quotes, or begin a new line',
  ],
  [
    'no blank after the first colon',
    'points:10\nb: 1\n',
    'f:1:1 "points:10" is not "key: value": is the blank after the colon missing?',
  ],
  [
    'no blank after a later colon',
    'a: 1\npoints:10\n',
    'f:2:1 "points:10" is not "key: value": is the blank after the colon missing?',
  ],
  [
    'a key indented too little',
    'a:\n  b: 1\n c: 2\n',
    'f:3:2 "c: 2" is indented differently from the lines it belongs to: line them up',
  ],
  [
    'a key indented too far',
    'a: 1\n  b: 2\n',
    'f:2:3 "b: 2" is indented as if it belonged to the line above: line it up with its neighbours',
  ],
  [
    'a list entry that loses its place',
    'a:\n - x: 1\n   y: 2\n  z: 3\n',
    'f:4:3 "z: 3" is in a list but begins with no "- ": line it up with the entry it belongs to',
  ],
  ['a list beside its key', 'a: - x\n', 'f:1:4 a list with dashes begins on the line below its key'],
  ['a word between entries', 'a:\n- x\nb\n', 'f:3:1 "b" is not "key: value": is the blank after the colon missing?'],
  [
    'a credential in the wrong place',
    'a: 1\ntoken:pat-na1-12345678-abcd\n',
    'f:2:1 "token:pat-…" is not "key: value": is the blank after the colon missing?',
  ],
  ['an @', 'a: @x\n', 'f:1:4 "@x" begins with @: put it in quotes'],
  ['a %', 'a: %x\n', 'f:1:4 "%x" begins with %: put it in quotes'],
  ['a backtick', 'a: `x`\n', 'f:1:4 "`x`" begins with `: put it in quotes'],
  ['a path with stars', 'url: *pricing*\n', 'f:1:6 "*pricing*" begins with *: put it in quotes'],
  ['an exclamation mark', 'a: !important x\n', 'f:1:4 "!important" begins with !: put it in quotes'],
  ['a list left open', 'a: [1, 2\nb: 3\n', 'f:1:4 this [ is never closed: add its ]'],
  ['a brace left open', 'a: { b: 1\nc: 2\n', 'f:1:4 this { is never closed: add its }'],
  ['a brace left open at the end', 'a: {', 'f:1:4 this { is never closed: add its }'],
  ['a brace never opened', 'a: }\n', 'f:1:4 } closes what was never opened'],
  ['double quotes left open', 'a: "abc\nb: 2\n', 'f:1:4 "abc begins with a quotation mark that is never closed'],
  ['single quotes left open', "a: it\nb: 'x\nc: 1\n", "f:2:4 'x begins with a quotation mark that is never closed"],
  ['an apostrophe', "a: 'it's'\n", 'f:1:8 "s\'" follows a closing quotation mark: put the whole text in one pair'],
  ['a backslash', 'a: "C:\\data"\n', 'f:1:7 \\d has no meaning in double quotes: use single quotes'],
  ['a missing comma', 'a: { b: 1 c: 2 }\n', 'f:1:9 a comma is missing before or within "1 c: 2 }"'],
  ['a comma too many', 'a: [1,,2]\n', 'f:1:7 there is a comma too many before ",2]"'],
  ['text beside a |', 'a: |x\n  b\n', 'f:1:5 nothing may follow | or > on its line'],
  ['a list for a key', '? [a]\n: 1\n', 'f:1:3 "[a]" is no key: a key is a plain word'],
  ['a # without a blank', 'b: "x"#y\n', 'f:1:7 a comment needs a blank before its #; a text with # needs quotes'],
  ['two documents', 'a: 1\n---\nb: 2\n', 'f:2:1 "---" begins a second document: a file holds one'],
  [
    'a merge conflict',
    'a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> mine\n',
    'f:2:1 a merge conflict was left here: keep one side of it',
  ],
  ['a part that holds itself', 'a: &a [*a]\n', 'f:1:8 *a repeats the part that it is in'],
  [
    'repeats of repeats',
    'a: &a [x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e]\n',
    'f:6:8 the file repeats its parts with * too often: write them out, or split the file',
  ],
  ['an unknown directive', '%YAML 9\n---\na: 1', 'f:1:7 "9" is not valid YAML'],
];

test.each(MALFORMED)('%s is named where it stands', (_what, text, problem) => {
  expect(problemsOf(text, z.unknown())).toEqual([problem]);
});

test('lines are counted alike with the line ends of Windows', () => {
  expect(problemsOf('a: 1\r\nb: [\r\nc: 1\r\n', z.unknown())).toEqual(['f:2:4 this [ is never closed: add its ]']);
});

test('twenty thousand nested lists are refused, not followed', () => {
  const [problem, ...more] = problemsOf(`a: ${'['.repeat(20_000)}`, z.unknown());
  expect(problem).toMatch(/^f:1:\d+ the file is nested too deeply$/);
  expect(more).toEqual([]);
});

test('every key that is there twice is told at once', () => {
  expect(problemsOf('a: 1\na: 2\nb: 1\nb: 2\n', z.unknown())).toEqual([
    'f:2:1 the key "a" is here twice, first in line 1: keep one of them',
    'f:4:1 the key "b" is here twice, first in line 3: keep one of them',
  ]);
});

test('a part may be marked once and repeated', () => {
  expect(
    problemsOf('a: &sizes [1, 2]\nb: *sizes\n', z.strictObject({ a: z.array(z.int()), b: z.array(z.int()) })),
  ).toEqual([]);
});
