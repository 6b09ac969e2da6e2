import { distance } from 'fastest-levenshtein';

/** The option that was probably meant, or undefined where none is near. Case, `_`, `-` and blanks do not count. */
export function nearestWord(word: string, options: Iterable<string>): string | undefined {
  const typed = plain(word);
  let nearest: { option: string; apart: number } | undefined;
  for (const option of options) {
    const apart = distanceTo(typed, plain(option));
    if (apart !== undefined && apart < (nearest?.apart ?? Number.POSITIVE_INFINITY)) nearest = { option, apart };
  }
  return nearest?.option;
}

/** `: did you mean "when"?`, else `: use one of a, b, c`, to append to what is wrong with a word. */
export function suggestion(word: string, options: Iterable<string>): string {
  const known = [...options];
  const nearest = nearestWord(word, known);
  if (nearest !== undefined) return `: did you mean "${nearest}"?`;
  if (known.length < 2) return known.map((only) => `: only "${only}" is allowed`).join('');
  const more = known.length > MOST_NAMED ? ` or ${known.length - MOST_NAMED} more` : '';
  return `: use one of ${known.slice(0, MOST_NAMED).join(', ')}${more}`;
}

const MOST_NAMED = 15;
/** A longer word is no typo, and comparing it is slow. */
const LONGEST = 100;

function plain(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, '');
}

/** Undefined where the two are too far apart to be one word mistyped. A part of the word ("title" in "jobtitle") comes after every typo. */
function distanceTo(typed: string, option: string): number | undefined {
  const longest = Math.max(typed.length, option.length);
  if (longest > LONGEST) return undefined;
  const apart = swapped(typed, option) ? 1 : distance(typed, option);
  if (apart < longest && apart <= Math.max(1, Math.floor(longest / 3))) return apart;
  const shortest = Math.min(typed.length, option.length);
  return shortest >= 4 && (option.includes(typed) || typed.includes(option)) ? LONGEST + apart : undefined;
}

/** The same letters in another order, as in "feild". */
function swapped(typed: string, option: string): boolean {
  return typed.length === option.length && typed !== option && sorted(typed) === sorted(option);
}

function sorted(word: string): string {
  return [...word].sort().join('');
}
