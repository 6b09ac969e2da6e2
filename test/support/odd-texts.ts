import fc from 'fast-check';

/** What JavaScript's own objects have, and what breaks whoever takes a name for an address among them. */
export const INHERITED = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'then',
  'length',
];

/** Halves of a character, characters nobody sees, ones that grow when their case changes, other alphabets, texts that programs take for more. */
const ODD = [
  '\ud800',
  '\udfff',
  '\ud83d',
  '\ud83d\ude00',
  '\u0000',
  '\u0007',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\u00a0',
  '\u200b',
  '\u202e',
  '\u0301'.repeat(40),
  '\u0130',
  '\u00df',
  '\ufb01',
  '\ufdfa',
  '\u03a3',
  '\u212a',
  '\u4e2d\u6587',
  '\u0634\u0631\u0643\u0629',
  '\ud83c\udde9\ud83c\uddea',
  '\ud83c\udff4\u{e0067}\u{e007f}',
  '\r\n',
  '\t',
  ' ',
  '%',
  '%ff',
  '%E0%A4%A',
  '%00',
  '%2e%2e%2f',
  '../..',
  '<script>',
  '=1+1',
  '{{',
  "${'",
  '"',
  "'",
  '\\',
  '*',
  '(a+)+$',
  'null',
  'undefined',
  'true',
  'NaN',
  'Infinity',
  '-0',
  '1e999',
  '0x10',
  '9007199254740993',
  '00000000000000000000000000000001',
  '-',
  '',
  ...INHERITED,
];

/**
 * Texts that people, programs and attackers send: plain, of any characters, half characters, odd ones, and many times the same.
 * @param words that mean something to what reads them, mixed with the rest.
 */
export function oddText(words: readonly string[] = [], longest = 2_000): fc.Arbitrary<string> {
  const word = fc.oneof(
    { weight: words.length === 0 ? 0 : 6, arbitrary: fc.constantFrom(...(words.length === 0 ? [''] : words)) },
    { weight: 2, arbitrary: fc.constantFrom(...ODD) },
    { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
  );
  const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 });
  const some = fc.array(word, { maxLength: 12 });
  return fc.oneof(
    { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: units.map((codes) => String.fromCharCode(...codes)) },
    { weight: 3, arbitrary: some.map((parts) => parts.join(' ')) },
    { weight: 5, arbitrary: some.map((parts) => parts.join('')) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(word, word, fc.nat(longest), word)
        .map(
          ([first, again, times, last]) => first + again.repeat(Math.ceil(times / Math.max(1, again.length))) + last,
        ),
    },
  );
}

/** Values of any shape, under keys that JavaScript's own objects have among others. @param texts in them. */
export function oddValue(texts: fc.Arbitrary<string> = oddText([], 200)): fc.Arbitrary<unknown> {
  const key = fc.oneof(fc.constantFrom(...INHERITED), texts);
  return fc.letrec((again) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(texts, oddNumber, fc.boolean(), fc.constant(null)),
      fc.array(again('value'), { maxLength: 5 }),
      fc.array(fc.tuple(key, again('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
    ),
  })).value;
}

/** Numbers at the ends of what a program can count. */
export const oddNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    0.1,
    2 ** 31,
    2 ** 53,
    2 ** 53 + 2,
    -(2 ** 53),
    1e21,
    1e308,
    -1e308,
    5e-324,
    8.64e15 + 1,
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** A text with some of its parts taken out, doubled, cut short, put elsewhere or replaced by others. */
export function mangled(text: fc.Arbitrary<string>, words: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const change = fc.record({
    at: place,
    length: fc.oneof(fc.nat(3), fc.nat(80)),
    to: place,
    word: words,
    how: fc.constantFrom('insert', 'remove', 'replace', 'double', 'move', 'cut'),
  });
  return fc.tuple(text, fc.array(change, { minLength: 1, maxLength: 4 })).map(([whole, changes]) =>
    changes.reduce((now, { at, length, to, word, how }) => {
      const start = Math.floor(at * now.length);
      const before = now.slice(0, start);
      const part = now.slice(start, start + length);
      const after = now.slice(start + length);
      if (how === 'insert') return before + word + part + after;
      if (how === 'remove') return before + after;
      if (how === 'replace') return before + word + after;
      if (how === 'double') return before + part + part + after;
      if (how === 'cut') return before;
      const rest = before + after;
      const there = Math.floor(to * rest.length);
      return rest.slice(0, there) + part + rest.slice(there);
    }, whole),
  );
}
