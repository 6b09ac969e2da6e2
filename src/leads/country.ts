import { countryKey, countryWords } from './country-key.ts';
import { ENGLISH } from './country-languages.ts';
import { CODES_BY_NAME } from './country-lookup.ts';
import { ENGLISH_NAMES, US_STATES } from './country-names.ts';
import { REGIONS } from './region-table.ts';

/** Longer texts are no name of a country. */
const LONGEST = 100;

/**
 * The ISO 3166 alpha-2 code, in upper case, of a country written in any way: `Germany`, `Deutschland`, `DE`, `DEU`, `Federal Republic of
 * Germany`, `U.S.A.`, `Korea, Republic of`, `Berlin, Germany`, a flag. Undefined where it is none.
 *
 * A code alone is a country's (`CA` is Canada), a state's name alone is the United States' (`California`), but `Georgia` is the country. After a
 * place, where `San Francisco, CA` and `Toronto, CA` look alike, a code that is also a state's says nothing.
 * @param text as `normaliseText` gives it.
 */
export function countryOf(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const words = text.replace(FLAGS, ' ');
  return named(words) ?? fromParts(words) ?? fromTranslations(words) ?? fromFlag(text);
}

/**
 * The countries, as alpha-2 codes, that a word in a model stands for: a country by any name, or a region such as `EU`, `DACH` or `Latin America`.
 * Undefined where neither is known by it.
 */
export function countriesNamed(word: string): ReadonlySet<string> | undefined {
  const key = countryKey(word);
  const region =
    REGIONS_BY_KEY.get(key) ?? REGIONS_BY_KEY.get(key.replace(/(?:region|countries|states|nations|area)$/, ''));
  if (region !== undefined) return region;
  const country = countryOf(word);
  return country === undefined ? undefined : new Set([country]);
}

const REGIONS_BY_KEY: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  REGIONS.flatMap(({ names, countries }) => names.map((name) => [countryKey(name), new Set(countries)] as const)),
);

/** The words of `countriesNamed` that people would write in English, for "did you mean". Lists turned round, such as `Korea, Republic of`, are left out. */
export const COUNTRY_WORDS: readonly string[] = [
  ...new Set([
    ...Object.entries(ENGLISH).flatMap(([, names]) => [names].flat()),
    ...Object.values(ENGLISH_NAMES).flatMap((names) => names.split(';').map((name) => name.trim())),
    ...REGIONS.flatMap(({ names }) => names),
  ]),
].filter((name) => !/[,(]/.test(name));

function named(text: string): string | undefined {
  const code = CODES_BY_NAME.get(text);
  if (code !== undefined) return code;
  const words = countryWords(text);
  return CODES_BY_NAME.get(words.join('')) ?? withoutForm(words);
}

/** `Republic of Poland`, `Kingdom of Denmark`: what is left without the form of the state. */
function withoutForm(words: readonly string[]): string | undefined {
  const own = words.findIndex((word) => !FORMS.has(word));
  return own > 0 ? CODES_BY_NAME.get(words.slice(own).join('')) : undefined;
}

const FORMS = new Set(
  (
    'republic kingdom state commonwealth principality grand duchy sultanate union federation emirate federal federative democratic ' +
    'socialist islamic peoples united arab bolivarian plurinational hashemite independent sovereign cooperative oriental'
  ).split(' '),
);

/** Between a place and its country: `Berlin, Germany`, `Germany (DE)`, `Austria - Vienna`. */
const PARTED = /[,;|()\n]|\s[-–—]\s/;

/** The country stands last (`Berlin, Germany`), the name is turned round (`Korea, Republic of`), or the country stands first (`India, Mumbai`). */
function fromParts(text: string): string | undefined {
  const parts = text.split(PARTED).filter((part) => part.trim() !== '');
  const [first, ...others] = parts;
  const last = others.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (isCodeOfTwo(last)) {
    const country = named(first);
    return country === 'US' || country === named(last) ? country : undefined;
  }
  if (isState(last)) return 'US';
  return named(last) ?? named(`${last} ${first}`) ?? (isState(first) ? undefined : named(first));
}

/** The same country in several languages: `Schweiz/Suisse`. */
function fromTranslations(text: string): string | undefined {
  const countries = new Set(text.split('/').map((part) => named(part)));
  const [country] = countries;
  return countries.size === 1 ? country : undefined;
}

/** A state's code, or Georgia. */
function isState(part: string): boolean {
  const key = countryKey(part);
  return key === 'georgia' || Object.hasOwn(US_STATES, key.toUpperCase());
}

function isCodeOfTwo(part: string): boolean {
  return isState(part) && named(part) !== undefined;
}

/** A country's flag is made of the two letters of its code, that of England or Texas of hidden letters that begin with it. */
function fromFlag(text: string): string | undefined {
  const [flag] = text.match(FLAGS) ?? [];
  const letters = Array.from(flag ?? '', (sign) => {
    const point = sign.codePointAt(0) ?? 0;
    return point >= 0xe0061 ? String.fromCodePoint(point - 0xe0000) : String.fromCodePoint(point - 0x1f1e6 + 0x61);
  }).filter((letter) => letter >= 'a' && letter <= 'z');
  return CODES_BY_NAME.get(letters.slice(0, 2).join(''));
}

const FLAGS = /[\u{1F1E6}-\u{1F1FF}]{2}|\u{1F3F4}[\u{E0061}-\u{E007F}]+/gu;
