import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { duration } from '../../../src/base/duration.ts';
import { checkYaml, readYaml } from '../../../src/settings/yaml-file.ts';
import { problemsOf } from './problems-of.ts';

/** Of every kind that our config has: text, numbers, words, durations, lists, keys of one's own, refinements. */
const SHELF = z
  .strictObject({
    shelf: z.string().regex(/^[a-z-]+$/, 'write it in small letters and dashes'),
    label: z.string().min(1).optional(),
    width: z.int().min(0).max(1000).optional(),
    weight: z.number().gt(0).lt(5).optional(),
    step: z.number().multipleOf(5).optional(),
    since: duration.optional(),
    open: z.boolean().optional(),
    site: z.url().optional(),
    sort: z.enum(['title', 'author', 'year']).optional(),
    version: z.literal(1).optional(),
    tags: z.array(z.string().min(1)).min(1).max(3).optional(),
    books: z.array(z.strictObject({ id: z.string(), pages: z.int() })).optional(),
    sizes: z.record(z.string().regex(/^\d+-\d+$/, 'write a range such as 1-10'), z.number()).optional(),
    marks: z.partialRecord(z.enum(['A', 'B', 'C']), z.number()).optional(),
    pair: z.tuple([z.number(), z.number()]).optional(),
  })
  .superRefine((shelf, context) => {
    if (shelf.label === shelf.shelf)
      context.addIssue({ code: 'custom', path: ['label'], message: 'the label is the name' });
  });

const KEYS = 'shelf, label, width, weight, step, since, open, site, sort, version, tags, books, sizes, marks, pair';

const MISFITS: readonly (readonly [what: string, text: string, ...problems: string[]])[] = [
  ['nothing', '', 'f:1:1 the file is empty'],
  ['comments alone', '# a shelf\n', 'f:1:1 the file is empty'],
  ['a sentence', 'hello there\n', 'f:1:1 the file must be keys with values, not "hello there"'],
  ['a list', '- a\n', 'f:1:1 the file must be keys with values, not a list: write its keys without "- "'],
  ['a missing key', '# a shelf\nlabel: x\n', 'f:2:1 missing key "shelf"'],
  ['a mistyped key', 'shelf: a\nlabl: x\n', 'f:2:1 unknown key "labl": did you mean "label"?'],
  ['a mistyped key that is needed', 'shefl: a\n', 'f:1:1 unknown key "shefl": did you mean "shelf"?'],
  ['a key of another world', 'shelf: a\nzebra: 1\n', `f:2:1 unknown key "zebra": use one of ${KEYS}`],
  ['a key in capitals', 'shelf: a\nWidth: 1\n', 'f:2:1 unknown key "Width": did you mean "width"?'],
  ['a credential', 'shelf: a\ntoken: pat-na1-123\n', `f:2:1 unknown key "token": use one of ${KEYS}`],
  ['a key of every object', 'shelf: a\n__proto__: 1\n', `f:2:1 "__proto__" cannot be a key: use another word`],
  ['a key without a value', 'shelf: a\nlabel:\n', 'f:2:1 "label" is empty: give it text'],
  ['a value that became a comment', 'shelf: a\nlabel: #1\n', 'f:2:1 "label" is empty: give it text'],
  ['a blank text', 'shelf: a\nlabel: ""\n', 'f:2:8 "label" must not be blank'],
  ['a number for a text', 'shelf: a\nlabel: 5\n', 'f:2:8 "label" must be text, not 5: put it in quotes, "5"'],
  ['a yes for a text', 'shelf: a\nlabel: true\n', 'f:2:8 "label" must be text, not true: put it in quotes, "true"'],
  ['a list for a text', 'shelf: a\nlabel: [x]\n', 'f:2:8 "label" must be text, not a list'],
  ['keys for a text', 'shelf: a\nlabel:\n  x: 1\n', 'f:3:3 "label" must be text, not keys with values'],
  ['a text in another form', 'shelf: My Shelf\n', 'f:1:8 "shelf" is "My Shelf": write it in small letters and dashes'],
  ['a number with a comma', 'shelf: a\nwidth: 1,000\n', 'f:2:8 "width" must be a number, not "1,000": write 1000'],
  ['a number in words', 'shelf: a\nwidth: five\n', 'f:2:8 "width" must be a number, not "five"'],
  ['part of a number', 'shelf: a\nwidth: 1.5\n', 'f:2:8 "width" must be a whole number, not 1.5'],
  ['no number', 'shelf: a\nweight: .nan\n', 'f:2:9 .nan is no number to count with: write one in digits'],
  ['too little', 'shelf: a\nwidth: -1\n', 'f:2:8 "width" must be at least 0, not -1'],
  ['too much', 'shelf: a\nwidth: 1001\n', 'f:2:8 "width" must be at most 1000, not 1001'],
  ['just too little', 'shelf: a\nweight: 0\n', 'f:2:9 "weight" must be more than 0, not 0'],
  ['just too much', 'shelf: a\nweight: 5\n', 'f:2:9 "weight" must be less than 5, not 5'],
  ['an odd step', 'shelf: a\nstep: 7\n', 'f:2:7 "step" must be a multiple of 5, not 7'],
  [
    'a time without a unit',
    'shelf: a\nsince: 30\n',
    'f:2:8 30 is not a length of time: write its unit too, such as 30m for minutes or 30d for days',
  ],
  ['a time in words', 'shelf: a\nsince: 6 weeks\n', 'f:2:8 "6 weeks" is not a length of time: write 6w'],
  ['yes for true', 'shelf: a\nopen: yes\n', 'f:2:7 "open" must be true or false, not "yes": write true'],
  [
    'half a web address',
    'shelf: a\nsite: acme\n',
    'f:2:7 "site" must be a web address such as https://example.com, not "acme"',
  ],
  ['a mistyped word', 'shelf: a\nsort: autor\n', 'f:2:7 "autor" is not allowed for "sort": did you mean "author"?'],
  [
    'a word of another world',
    'shelf: a\nsort: z\n',
    'f:2:7 "z" is not allowed for "sort": use one of title, author, year',
  ],
  ['a number for a word', 'shelf: a\nsort: 3\n', 'f:2:7 "sort" must be "title" or "author" or "year", not 3'],
  ['the wrong number', 'shelf: a\nversion: 2\n', 'f:2:10 "version" must be 1, not 2'],
  ['a text for a list', 'shelf: a\ntags: x\n', 'f:2:7 "tags" must be a list, not "x": write [x]'],
  ['an empty list', 'shelf: a\ntags: []\n', 'f:2:7 "tags" must have at least 1 entry'],
  ['a list too long', 'shelf: a\ntags: [a, b, c, d]\n', 'f:2:7 "tags" must have at most 3 entries, not 4'],
  [
    'wrong entries',
    'shelf: a\ntags: [x, 1, ""]\n',
    'f:2:11 entry 2 of "tags" must be text, not 1: put it in quotes, "1"',
    'f:2:14 entry 3 of "tags" must not be blank',
  ],
  [
    'wrong things further in',
    'shelf: a\nbooks:\n  - id: x\n    page: 1\n  - pages: 2\n',
    'f:4:5 unknown key "page": did you mean "pages"?',
    'f:5:5 missing key "id"',
  ],
  [
    'a wrong range',
    'shelf: a\nsizes: { 1-x: 3, 1-10: 2 }\n',
    'f:2:10 "1-x" cannot be a key here: write a range such as 1-10',
  ],
  ['a small letter', 'shelf: a\nmarks: { b: 1 }\n', 'f:2:10 unknown key "b": did you mean "B"?'],
  ['a wrong mark', 'shelf: a\nmarks: { C: x }\n', 'f:2:13 "C" must be a number, not "x"'],
  ['half a pair', 'shelf: a\npair: [1]\n', 'f:2:7 "pair" must have at least 2 entries, not 1'],
  ['a rule of its own', 'shelf: a\nlabel: a\n', 'f:2:8 the label is the name'],
  [
    'a credential in the wrong place',
    'shelf: pat-na1-12345678-abcd\n',
    'f:1:8 "shelf" is "pat-…": write it in small letters and dashes',
  ],
  [
    'an endless text',
    `shelf: ${'A'.repeat(5000)}\n`,
    `f:1:8 "shelf" is "${'A'.repeat(40)}…": write it in small letters and dashes`,
  ],
];

test.each(MISFITS)('%s is named where it stands', (_what, text, ...problems) => {
  expect(problemsOf(text, SHELF)).toEqual(problems);
});

test('what is wrong with the shape is told together with what is there twice, in the order of the file', () => {
  expect(problemsOf('labl: x\nshelf: a\nshelf: b\nwidth: x\n', SHELF)).toEqual([
    'f:1:1 unknown key "labl": did you mean "label"?',
    'f:3:1 the key "shelf" is here twice, first in line 2: keep one of them',
    'f:4:8 "width" must be a number, not "x"',
  ]);
});

test('a file of comments alone is fine where every key may be left out', () => {
  expect(checkYaml('# nothing\n', 'f', z.strictObject({ a: z.int().default(1) })).value).toEqual({ a: 1 });
});

test('keys that look like numbers and words that look like answers stay text', () => {
  const schema = z.strictObject({ grades: z.record(z.string(), z.int()), country: z.string() });
  expect(checkYaml('grades: { 1: 75, 2: 50 }\ncountry: no\n', 'f', schema).value).toEqual({
    grades: { '1': 75, '2': 50 },
    country: 'no',
  });
});

describe('a place in a file', () => {
  const text = 'shelf: a\nbooks:\n  - id: x\n    pages: 3\nmarks: { A: 1 }\n';
  const { locate, locateKey } = checkYaml(text, 'f', SHELF);

  test.each([
    [['books', 0, 'pages'], 'f:4:12', 'f:4:5'],
    [['books', 0], 'f:3:5', 'f:3:5'],
    [['marks', 'A'], 'f:5:13', 'f:5:10'],
    [['shelf'], 'f:1:8', 'f:1:1'],
    [[], 'f:1:1', 'f:1:1'],
  ])('%j is found', (path, value, key) => {
    expect(written(locate(path))).toBe(value);
    expect(written(locateKey(path))).toBe(key);
  });

  test.each([
    [['books', 0, 'author'], 'f:3:5'],
    [['books', 7], 'f:3:3'],
    [['zebra'], 'f:1:1'],
  ])('%j, which is not there, is where it should be', (path, value) => {
    expect(written(locate(path))).toBe(value);
  });

  test('what is repeated with * is found where it is written out', () => {
    const repeated = checkYaml('a: &x { n: 1 }\nb: *x\n', 'f', z.unknown());
    expect(written(repeated.locate(['b', 'n']))).toBe('f:1:12');
  });
});

describe('a file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'leadgauge-'));
  const file = join(dir, 'shelf.yaml');
  afterAll(() => rmSync(dir, { recursive: true }));

  test('is read', () => {
    writeFileSync(file, '\uFEFFshelf: a\n');
    expect(readYaml(file, SHELF).value).toEqual({ shelf: 'a' });
  });

  test.each([
    [
      'that is not there',
      'none.yaml',
      undefined,
      ' there is no such file: check its path; a relative one begins in the folder where the command runs',
    ],
    ['that is a folder', '.', undefined, ' this is a folder, not a file'],
    [
      'of ten megabytes',
      'large.yaml',
      Buffer.alloc(10 * 1024 * 1024, 'a: 1\n'),
      '1:1 the file has 10 MB, more than the 256 kB that it may have. Is it the right file?',
    ],
    [
      'in another encoding',
      'latin.yaml',
      Buffer.from('shelf: caf\xe9\n', 'latin1'),
      '1:11 the file is not UTF-8 text: save it as UTF-8 in your editor',
    ],
  ])('%s is refused', (_what, name, content, message) => {
    const path = join(dir, name);
    if (content !== undefined) writeFileSync(path, content);
    expect(() => readYaml(path, SHELF)).toThrow(`${path}:${message}`);
  });
});

function written({ file, line, column }: { file: string; line?: number; column?: number }): string {
  return [file, line, column].join(':');
}
