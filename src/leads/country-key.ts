/** Words that are left out or put in as people please. */
const FILLERS = new Set(['the', 'and', 'of']);

const SHORTENED: ReadonlyMap<string, string> = new Map([
  ['st', 'saint'],
  ['is', 'islands'],
  ['isl', 'islands'],
  ['island', 'islands'],
  ['rep', 'republic'],
  ['dem', 'democratic'],
  ['fed', 'federal'],
]);

/** Shortened only where they begin a name: `N. Macedonia`. */
const COMPASS: ReadonlyMap<string, string> = new Map([
  ['n', 'north'],
  ['s', 'south'],
]);

/** Letters that stay as they are when accents are taken off, and how they are written without them. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
]);

const OTHER_LETTERS = /[^\x20-\x7e]/;

/**
 * The words of a place's name as they are compared: no accents, dots or apostrophes, `St.` in full, no `the`, `and` and `of`.
 * So `St. Kitts & Nevis` and `Saint Kitts and Nevis` are one, and so are `U.S.A.` and `USA`.
 */
export function countryWords(text: string): readonly string[] {
  const plain = text.toLowerCase().replaceAll('&', ' and ');
  const words = OTHER_LETTERS.test(plain)
    ? plainLetters(plain).match(/[\p{L}\p{N}]+/gu)
    : plain.replace(/[.'`]/g, '').match(/[a-z0-9]+/g);
  // A word that stands alone is a code: AND is Andorra, IS is Iceland, ST is São Tomé.
  if (words === null || words.length < 2) return words ?? [];
  const [first = '', second = ''] = words;
  const compass = second.length > 3 ? COMPASS.get(first) : undefined;
  return (compass === undefined ? words : [compass, ...words.slice(1)])
    .filter((word) => !FILLERS.has(word))
    .map((word) => SHORTENED.get(word) ?? word);
}

/** One text for all ways to write a name; blanks do not count, so `Viet Nam` is `Vietnam`. */
export function countryKey(text: string): string {
  return countryWords(text).join('');
}

function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}.'`’‘´]/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => PLAIN.get(letter) ?? letter);
}
