import { nearestWord } from '../base/nearest-word.ts';
import { COUNTRY_WORDS, countriesNamed } from '../leads/country.ts';

/** What is wrong with the name of a country or region, in plain words. */
export function countryProblem(name: string): string | undefined {
  // Of an address such as "Vienna, Austria" the end is read, so several countries in one text would be the last alone.
  const parts = name.split(',').map((part) => part.trim());
  if (parts.length > 1 && parts.every((part) => countriesNamed(part) !== undefined)) {
    return `"${name}" names several: write [${parts.join(', ')}]`;
  }
  if (countriesNamed(name) !== undefined) return undefined;
  const nearest = nearestWord(name, COUNTRY_WORDS);
  const advice =
    nearest === undefined
      ? 'write a name such as Germany, a code such as DE, or a region such as dach'
      : `did you mean "${nearest}"?`;
  return `"${name}" is no country or region that is known: ${advice}`;
}
