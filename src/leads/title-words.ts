import { masculine } from './title-endings.ts';

/** Stands between two parts of a title, whatever sign parted them there: comma, slash, bracket, dash. */
export const BREAK = ',';

/** Longer titles are no titles: only their beginning is read. */
const LONGEST = 200;

/**
 * The words of a title, spelled so that several ways to write one thing come out the same: without accents and umlauts, without
 * the dots of C.E.O., and in the masculine, so that "Entwickler:in", "Directrice" and "Director/a" meet the one form that a table
 * has. Plain numbers are left out.
 * @param title as `normaliseText` gives it.
 */
export function titleWords(title: string): string[] {
  const words: string[] = [];
  for (const sign of respelled(title.slice(0, LONGEST)).match(SIGNS) ?? []) {
    if (!BREAKS.has(sign)) {
      if (!NUMBER.test(sign)) words.push(masculine(sign));
    } else if (words.length > 0 && words.at(-1) !== BREAK) words.push(BREAK);
  }
  if (words.at(-1) === BREAK) words.pop();
  return words;
}

/** A dash parts a title only between blanks; the one in "co-founder" parts two words. */
const SIGNS = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*|[,;|/()[\]{}:·•–—\n@]|(?<=\s)-(?=\s)/gu;
const BREAKS = new Set(',;|/()[]{}:·•–—\n-');
const NUMBER = /^\d+$/;

function respelled(title: string): string {
  const plain = ASCII.test(title) ? title : withoutAccents(title);
  if (ORDINARY.test(plain)) return plain;
  return SPELLINGS.reduce((text, [pattern, instead]) => text.replace(pattern, instead), plain);
}

const ASCII = /^[\x20-\x7e]*$/;
const ORDINARY = /^[a-z0-9 ,-]*$/;

/** What is written in several ways, and the one way that we read; from first to last. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/[’‘´`]/g, "'"],
  [/(?<=\s)[&+](?=\s)/g, 'and'],
  // Geschäftsführer a.D., Leiter i.R.
  [/(?<= )(?:a\.\s?d|i\.\s?r)\.(?=\W*$)/, 'ausser dienst'],
  // Manager (m/w/d), Responsable H/F
  [/[([]?(?<![a-z])[mwfdhxi](?:[/|](?:[mwfdhxi]|div|nb)){1,3}(?![a-z])[)\]]?/g, ' '],
  // Entwickler:in, Entwickler/-in, directeur·rice, chargé(e), jefe/a
  [
    /(?<=[a-z]{3})(?:\/-?|[:*_·•‧.]|\(-?)(?:innen|inne|in|e|es|ne|ice|rice|trice|euse|se|ere|fe|a|as|ora|esa)\)?(?![a-z0-9-])/g,
    '',
  ],
  // ingenier@
  [/(?<=ier|gad|nic)@(?![a-z0-9])/g, 'o'],
  // C.E.O., V.P.
  [/(?<=(?<![a-z0-9])[a-z])\.(?=[a-z](?![a-z0-9]))/g, ''],
  // chef d'équipe
  [/(?<=(?<![a-z0-9])[dl])'(?=[a-z])/g, ' '],
];

function withoutAccents(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .slice(0, LONGEST);
}
