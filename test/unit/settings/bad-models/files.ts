/** A file that is no model at all: what it is, what is in it, and what people are told, from line and column on. */
export type BadFile = readonly [what: string, content: string | Buffer, message: string];

const KB = 1024;

const LAUGHS = ['a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]'].concat(
  Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]`),
);

function nested(levels: number, open: string, inmost: string, close: string): string {
  return `when: ${open.repeat(levels)}${inmost}${close.repeat(levels)}\n`;
}

export const files: readonly BadFile[] = [
  ['an empty file', '', '1:1 the file is empty'],
  ['blank lines', '\n\n  \n', '1:1 the file is empty'],
  ['remarks alone', '# to be written\n', '1:1 the file is empty'],
  ['three dashes', '---\n', '1:1 the file is empty'],
  ['a word', 'hello\n', '1:1 the file must be keys with values, not "hello"'],
  ['a list', '- model: platform\n', '1:1 the file must be keys with values, not a list: write its keys without "- "'],
  [
    'a picture',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
    '2:1 a character stands here that no text has: is it the right file, and saved as UTF-8?',
  ],
  [
    'a workbook',
    Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(500, 0xfe)]),
    '1:3 a character stands here that no text has: is it the right file, and saved as UTF-8?',
  ],
  [
    'UTF-16 as Windows saves it',
    Buffer.from('\uFEFFmodel: platform\n', 'utf16le'),
    '1:1 the file is UTF-16 text: save it as UTF-8 in your editor',
  ],
  [
    'UTF-16 without its mark',
    Buffer.from('model: platform\n', 'utf16le'),
    '1:2 a character stands here that no text has: is it the right file, and saved as UTF-8?',
  ],
  [
    'Latin-1',
    Buffer.from('model: platform\nname: Caf\xe9\n', 'latin1'),
    '2:10 the file is not UTF-8 text: save it as UTF-8 in your editor',
  ],
  [
    'a web page',
    '<!DOCTYPE html>\n<html><body>Not found</body></html>\n',
    '1:1 the file must be keys with values, not "<!DOCTYPE html> <html><body>Not found</b…"',
  ],
  [
    'a table',
    'id,points\ntitle-executive,25\n',
    '1:1 the file must be keys with values, not "id,points title-executive,25"',
  ],
  [
    'JSON that is broken off',
    '{\n  "model": "platform",\n  "fit": { "max": 100 },\n',
    '1:1 this { is never closed: add its }',
  ],
  [
    'JSON with a remark',
    '{\n  "model": "platform" // ours\n}\n',
    '2:23 "// ours" is no remark: a remark begins with #',
  ],
  [
    'a file of ten megabytes',
    'a: 1\n'.repeat(2 * KB * KB),
    '1:1 the file has 10 MB, more than the 256 kB that it may have. Is it the right file?',
  ],
  [
    'a file just too large',
    `# ${'x'.repeat(256 * KB)}\n`,
    '1:1 the file has 257 kB, more than the 256 kB that it may have. Is it the right file?',
  ],
  [
    'an alias bomb',
    `${LAUGHS.join('\n')}\n`,
    '4:45 the file repeats its parts with * too often: write them out, or split the file',
  ],
  ['a part that holds itself', 'fit: &fit\n  groups: *fit\n', '2:11 *fit repeats the part that it is in'],
  [
    'ten thousand conditions, one in the other',
    nested(10_000, '{ not: ', '{ field: x, is: y }', ' }'),
    '1:695 the file is nested too deeply',
  ],
  [
    'two hundred conditions, one in the other',
    nested(200, '{ not: ', '{ field: x, is: y }', ' }'),
    '1:695 the file is nested too deeply',
  ],
  ['ten thousand brackets', nested(10_000, '[', '', ''), '1:106 the file is nested too deeply'],
  ['ten thousand dashes', `when:\n  ${'- '.repeat(10_000)}x\n`, '2:201 the file is nested too deeply'],
  [
    'a quarter of a megabyte of tabs',
    `fit:\n${'\tmax: 1\n'.repeat(30 * KB)}`,
    '2:1 there is a tab here: indent with blanks only',
  ],
  [
    'a key of a quarter of a megabyte',
    `${'k'.repeat(200 * KB)}: 1\n`,
    '1:1 this key is far too long: is a line break missing?',
  ],
  ['brackets that close nothing, many', ']'.repeat(200 * KB), '1:1 ] closes what was never opened'],
];
