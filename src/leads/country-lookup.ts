import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import { countryKey } from './country-key.ts';
import { GERMAN, LANGUAGES } from './country-languages.ts';
import { ENGLISH_NAMES, NO_CODES, OTHER_NAMES, US_STATES } from './country-names.ts';

/** The alpha-2 code by every name and code of a country, as `countryKey` writes them and in lower case as they are. */
export const CODES_BY_NAME: ReadonlyMap<string, string> = byName();

function byName(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  // Whoever comes first has the name.
  const add = (name: string, code: string): void => {
    const key = countryKey(name);
    if (!found.has(key)) found.set(key, code);
    // As most leads have it, so that nothing needs to be taken apart.
    found.set(name.trim().toLowerCase(), found.get(key) ?? code);
  };
  // Codes first: whatever a language calls a country, DE in a country field is Germany.
  for (const [alpha2 = '', alpha3 = ''] of codes) {
    if (!NO_CODES.has(alpha2)) add(alpha2, alpha2);
    add(alpha3, alpha2);
  }
  for (const names of [ENGLISH_NAMES, OTHER_NAMES]) {
    for (const [code, text] of Object.entries(names)) for (const name of text.split(';')) add(name, code);
  }
  for (const names of LANGUAGES) {
    for (const [code, name] of Object.entries(names)) for (const one of [name].flat()) add(one, code);
  }
  // Germans without their keyboard write Oesterreich.
  for (const [code, name] of Object.entries(GERMAN)) for (const one of [name].flat()) add(withoutUmlauts(one), code);
  for (const state of Object.values(US_STATES)) add(state, 'US');
  return found;
}

function withoutUmlauts(name: string): string {
  return name.replace(/[äöü]/gi, (letter) => `${letter.normalize('NFD')[0]}e`);
}
